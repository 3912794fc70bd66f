import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "@tslab/typescript-for-tslab";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Driver, kernelEnvironment, requireBuilt, startDriver } from "./kernel-driver.js";

const { expandShorthand } = createRequire(import.meta.url)("../../src/setup/kernel/shorthand.cjs") as {
  expandShorthand(compiler: typeof ts, checker: ts.TypeChecker): ts.TransformerFactory<ts.SourceFile>;
};

/** Emits a cell as JavaScript, after cells that declared the values `x` and `y` and imported `z`. */
function emit(cell: string): string {
  const files: Record<string, string> = {
    "/cells/__prev__.d.ts": 'import { z } from "z";\ndeclare let x: any;\ndeclare const y: any;\nexport {};',
    "/cells/z.d.ts": "export declare const z: any;",
    "/cells/cell.ts": `export {};\n${cell}`,
  };
  const options = { target: ts.ScriptTarget.ES2022, noLib: true, types: [], newLine: ts.NewLineKind.LineFeed };
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    getSourceFile: (path, target) => (path in files ? ts.createSourceFile(path, files[path], target, true) : undefined),
    fileExists: (path) => path in files,
    readFile: (path) => files[path],
  };
  const program = ts.createProgram(["/cells/__prev__.d.ts", "/cells/cell.ts"], options, host);
  const source = program.getSourceFile("/cells/cell.ts") as ts.SourceFile;
  // The kernel looks up what a cell does not declare in the declarations of the cells before it, in the same way.
  Object.assign(source, { parent: program.getSourceFile("/cells/__prev__.d.ts") });
  const transformers = { before: [expandShorthand(ts, program.getTypeChecker())] };
  const outputs: string[] = [];
  program.emit(source, (_, text) => outputs.push(text), undefined, false, transformers);
  return outputs
    .join("")
    .replace(/^export \{\};\n/gm, "")
    .trim();
}

describe("expandShorthand", () => {
  it.each([
    ["a declared variable", "f({ x });", "f({ x: exports.x });"],
    ["an imported name", "f({ z });", "f({ z: exports.z });"],
    ["one property of several", "f({ a: 1, x, ...y });", "f({ a: 1, x: exports.x, ...y });"],
    ["an object in an object", "f({ a: { x }, b: [{ y }] });", "f({ a: { x: exports.x }, b: [{ y: exports.y }] });"],
    ["a nested function", "const g = () => ({ x });", "const g = () => ({ x: exports.x });"],
    ["a default value", "function g(o = { x }) { }", "function g(o = { x: exports.x }) { }"],
    ["the target of an assignment", "({ x } = f());", "({ x: exports.x } = f());"],
    ["a target with a default", "({ x = { y } } = f());", "({ x: exports.x = { y: exports.y } } = f());"],
  ])("writes out %s of an earlier cell", (_, cell, expected) => {
    expect(emit(cell)).toBe(expected);
  });

  it.each([
    ["a variable of the cell itself", "const a = 1;\nf({ a });"],
    ["a variable of the cell that hides an earlier one", "const x = 1;\nf({ x });"],
    ["a parameter that hides an earlier variable", "const g = (x) => ({ x });"],
    ["a variable of a block that hides an earlier one", "{\n    const y = 1;\n    f({ y });\n}"],
    ["a pattern that declares", "const { x } = f();"],
    ["a pattern of parameters", "const g = ({ x, y = 1 }) => x + y;"],
    ["a property that is written out", "f({ x: x, y: 2 });"],
    ["a method and an accessor", "f({ x() { }, get y() { return 1; } });"],
    ["a string", '"{ x }" + `{ x }`;'],
    ["a name that nothing declares", "f({ unknown });"],
  ])("leaves %s as it is", (_, cell) => {
    expect(emit(cell)).toBe(cell);
  });

  it("leaves the places of types to the compiler", () => {
    expect(emit("const a: { x: typeof x } = { x };\ntype T = { y };")).toBe("const a = { x: exports.x };");
  });
});

describe("the kernel", () => {
  let folder: string;
  let kernel: Driver;

  beforeAll(async () => {
    requireBuilt();
    folder = await mkdtemp(join(tmpdir(), "rekindle-shorthand-"));
    kernel = await startDriver(await kernelEnvironment(folder));
    const earlier = 'import { basename } from "node:path";\nlet seed = 7;\nconst { a, b: [c] } = { a: 1, b: [2] };';
    expect((await kernel.execute(earlier)).reply.status).toBe("ok");
  });

  afterAll(async () => {
    await kernel?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("takes `{ x }` of what an earlier cell declared, imported or destructured", async () => {
    const { reply, outputs } = await kernel.execute("JSON.stringify({ seed, a, c, t: typeof { basename }.basename })");
    expect(reply.status).toBe("ok");
    expect(outputs[0].content.text).toBe('{"seed":7,"a":1,"c":2,"t":"function"}\n');
  });

  it("takes it in functions, after an await, beside variables of the cell", async () => {
    const cell =
      "const own = await Promise.resolve(3);\nconst f = (c: number) => ({ own, seed, c });\nJSON.stringify(f(9))";
    expect((await kernel.execute(cell)).outputs[0].content.text).toBe('{"own":3,"seed":7,"c":9}\n');
    expect((await kernel.execute("JSON.stringify({ f, own })")).outputs[0].content.text).toBe('{"own":3}\n');
  });

  it("takes the value of the cell that declared the name last", async () => {
    expect((await kernel.execute("const seed = 8;\nJSON.stringify({ seed })")).outputs[0].content.text).toBe(
      '{"seed":8}\n',
    );
    expect((await kernel.execute("JSON.stringify({ seed })")).outputs[0].content.text).toBe('{"seed":8}\n');
  });

  it("reports a type error beside a shorthand at its place in the cell", async () => {
    const { reply, outputs } = await kernel.execute("const o = { seed, a };\nconst p = { seed, n: 1 + o.nothing };");
    expect(reply.ename).toBe("TypeScriptError");
    expect(outputs[0].content.traceback?.join("\n")).toContain("2:28  const p = { seed, n: 1 + o.nothing };");
  });

  it("quotes the shorthand of a line that throws as it was written", async () => {
    const { outputs } = await kernel.execute("(null as any).f({ seed, a });");
    expect(outputs[0].content.traceback?.join("\n")).toContain("null.f({ seed, a });");
  });

  it("completes and explains beside a shorthand at the place of the cursor", async () => {
    const code = "const o = { seed, n: basen };";
    const { matches, cursor_start } = await kernel.ask({ op: "complete", code, cursor: code.indexOf("basen") + 5 });
    expect([matches, cursor_start]).toEqual([expect.arrayContaining(["basename"]), code.indexOf("basen")]);
    const within = await kernel.ask({ op: "complete", code: "const o = { see };", cursor: 15 });
    expect(within).toMatchObject({ matches: expect.arrayContaining(["seed"]), cursor_start: 12, cursor_end: 15 });
    const hover = await kernel.ask({ op: "inspect", code: "const o = { a, seed };", cursor: 16 });
    expect(hover).toMatchObject({ found: true, data: { "text/plain": expect.stringContaining("seed: ") } });
  });
});
