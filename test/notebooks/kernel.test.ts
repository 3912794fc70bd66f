import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Driver, home, isAlive, kernelEnvironment, requireBuilt, startDriver } from "./kernel-driver.js";

let folder: string;
let env: Record<string, string | undefined>;
let kernel: Driver;

beforeAll(async () => {
  requireBuilt();
  folder = await mkdtemp(join(tmpdir(), "rekindle-kernel-"));
  env = await kernelEnvironment(folder);
  kernel = await startDriver(env);
});

afterAll(async () => {
  await kernel?.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the protocol", () => {
  it("says ok in kernel_info and names TypeScript", async () => {
    const info = await kernel.ask({ op: "info" });
    expect(info).toMatchObject({ status: "ok", language_info: { name: "typescript", version: "5.0.4" } });
  });

  it("is busy while a cell runs, also one that waited for another", async () => {
    const wait = "await new Promise((resolve) => setTimeout(resolve, 300));";
    const { states } = (await kernel.ask({ op: "states", codes: [wait, wait] })) as { states: [number, string][] };
    expect(states.slice(-3)).toEqual([
      [0, "idle"],
      [1, "busy"],
      [1, "idle"],
    ]);
  });

  it("publishes one error message with name, value and traceback, and fills the reply", async () => {
    const { reply, outputs } = await kernel.execute(
      'const price = -1;\nthrow new RangeError("Cannot price: it is " + price);',
    );
    expect(reply).toMatchObject({ status: "error", ename: "RangeError", evalue: "Cannot price: it is -1" });
    expect(outputs.map(({ type }) => type)).toEqual(["error"]);
    const { ename, evalue, traceback } = outputs[0].content;
    expect([ename, evalue]).toEqual(["RangeError", "Cannot price: it is -1"]);
    expect(traceback?.[0]).toBe("RangeError: Cannot price: it is -1");
    expect(traceback?.[1]).toMatch(/at cell \[\d+\]: throw new RangeError/);
    expect(traceback?.join("\n")).not.toContain("tslab");
  });

  it("gives what was thrown a name even if it is no error", async () => {
    const { reply } = await kernel.execute('throw "a text";');
    expect(reply).toMatchObject({ status: "error", ename: "Error", evalue: "a text" });
  });

  it("publishes the error of an awaited promise", async () => {
    const { reply } = await kernel.execute('const late = Promise.reject(new TypeError("awaited"));\nawait late;');
    expect(reply).toMatchObject({ status: "error", ename: "TypeError", evalue: "awaited" });
  });

  it("aborts the cells that were waiting when one fails", async () => {
    await kernel.execute('throw new Error("stop")', { stopOnError: true });
    const { reply } = await kernel.execute("1 + 1", { stopOnError: true });
    expect(reply.status).toBe("aborted");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await kernel.execute("1 + 1")).reply.status).toBe("ok");
  });

  it("sets the wait policy of OpenMP before anything loads", async () => {
    const { outputs } = await kernel.execute("process.env.OMP_WAIT_POLICY");
    expect(outputs[0].content.text).toBe("passive\n");
  });
});

describe("types", () => {
  it("reports a type error with its place, in strict mode", async () => {
    const { reply, outputs } = await kernel.execute('const a = 1;\nconst n: number = "text";');
    expect(reply).toMatchObject({ status: "error", ename: "TypeScriptError" });
    expect(reply.evalue).toContain("Type 'string' is not assignable to type 'number'");
    expect(outputs[0].content.traceback?.[1]).toContain('2:7  const n: number = "text";');
    const loose = await kernel.execute("const twice = (x) => x * 2;");
    expect(loose.reply.evalue).toContain("implicitly has an 'any' type");
  });

  it("resolves, runs, completes and explains our own modules by the package's name", async () => {
    const { reply } = await kernel.execute('import { openDuckDb } from "rekindle/engine";\ntypeof openDuckDb');
    expect(reply.status).toBe("ok");
    const { matches } = await kernel.ask({ op: "complete", code: "openDu", cursor: 6 });
    expect(matches).toContain("openDuckDb");
    const hover = await kernel.ask({ op: "inspect", code: "openDuckDb", cursor: 3 });
    expect(hover).toMatchObject({ found: true, data: { "text/plain": expect.stringContaining("Promise<Engine>") } });
    const wrong = await kernel.execute("await openDuckDb({ threads: true });");
    expect(wrong.reply.ename).toBe("TypeScriptError");
  });

  it("completes the members of a value that an earlier cell made", async () => {
    await kernel.execute("const engine = await openDuckDb({ threads: 1 });");
    const { matches } = await kernel.ask({ op: "complete", code: "engine.", cursor: 7 });
    expect(matches).toEqual(expect.arrayContaining(["rows", "close"]));
    await kernel.execute("await engine.close();");
  });

  // Its package.json has neither "main" nor "types", which is all that tslab alone would look at.
  it("resolves, runs, completes and explains a package that only has exports", async () => {
    const { reply, outputs } = await kernel.execute('import { normalizePath } from "vite";\nnormalizePath("a/../b")');
    expect([reply.status, outputs[0].content.text]).toEqual(["ok", "b\n"]);
    const { matches } = await kernel.ask({ op: "complete", code: "normalizeP", cursor: 10 });
    expect(matches).toContain("normalizePath");
    const hover = await kernel.ask({ op: "inspect", code: "normalizePath", cursor: 3 });
    expect(hover).toMatchObject({
      data: { "text/plain": expect.stringContaining("normalizePath(id: string): string") },
    });
  });

  it("explains the global display", async () => {
    const hover = await kernel.ask({ op: "inspect", code: "display(1)", cursor: 3 });
    expect(hover).toMatchObject({
      data: { "text/plain": expect.stringContaining("function display(value: unknown): Promise<void>") },
    });
    expect((await kernel.execute("display();")).reply.evalue).toContain("Expected 1 arguments");
  });

  it("completes the names of our modules in an import", async () => {
    const code = 'import { openDuckDb } from "rekindle/eng';
    const { matches, cursor_start } = await kernel.ask({ op: "complete", code, cursor: code.length });
    expect([matches, cursor_start]).toEqual([["engine"], code.length - 3]);
  });
});

describe("awaits at the top of a cell", () => {
  it.each([
    ["await (x as any).f();", "7\n"],
    ["await (async () => 5)()", "5\n"],
    ["const got = await (x.f());\ngot + 1", "8\n"],
    ["if (true) { await (x.f()); }\n9", "9\n"],
    ["for await (const v of [x.f()]) console.log(v);", "7\n"],
  ])("%s runs", async (code, text) => {
    await kernel.execute("const x = { f: async () => 7 };");
    const { reply, outputs } = await kernel.execute(code);
    expect([reply.status, outputs[0]?.content.text]).toEqual(["ok", text]);
  });

  it("fail the cell if what they wait for fails", async () => {
    const { reply } = await kernel.execute('await (Promise.reject(new Error("in brackets")));');
    expect(reply).toMatchObject({ status: "error", evalue: "in brackets" });
  });
});

describe("a failing cell", () => {
  it("keeps its imports, and what it declared before it failed", async () => {
    const code = `import { basename } from "node:path";
interface Named { name: string }
const first = 1;
const twice = (x: number) => 2 * x;
throw new Error("halfway");
const unreached = 3;`;
    expect((await kernel.execute(code)).reply.evalue).toBe("halfway");
    const { outputs } = await kernel.execute(
      "const named: Named = { name: basename('/a/b') };\n[named.name, twice(first)]",
    );
    expect(outputs[0].content.text).toBe("[ 'b', 2 ]\n");
    expect((await kernel.execute("unreached")).reply.evalue).toContain("Cannot find name 'unreached'");
    // An error of the compiler forgets nothing either.
    expect((await kernel.execute("twice(first)")).outputs[0].content.text).toBe("2\n");
  });

  it("leaves a variable that it would have declared again as it was", async () => {
    await kernel.execute("const price = 10;");
    await kernel.execute('await Promise.reject(new Error("before"));\nconst price = "ten";');
    expect((await kernel.execute("price.toFixed(1)")).outputs[0].content.text).toBe("10.0\n");
    await kernel.execute('const price = "ten";\nthrow new Error("after");');
    expect((await kernel.execute("price.length")).outputs[0].content.text).toBe("3\n");
  });

  it("is completed and explained after as before", async () => {
    await kernel.execute("const known = { margin: 0.3 };\nthrow new Error('x');");
    const { matches } = await kernel.ask({ op: "complete", code: "known.", cursor: 6 });
    expect(matches).toContain("margin");
  });
});

describe("interruption", () => {
  it("stops a busy loop, and the kernel continues", async () => {
    const { reply } = await kernel.execute("while (true) {}", { interruptAfter: 0.5 });
    expect(reply).toMatchObject({ status: "error", ename: "Interrupted" });
    expect((await kernel.execute("const after = 5;\nafter")).outputs[0].content.text).toBe("5\n");
  });

  it("stops a busy loop after an await, and the kernel continues", async () => {
    const code = "await new Promise((resolve) => { setTimeout(resolve, 10); });\nwhile (true) {}";
    const { reply } = await kernel.execute(code, { interruptAfter: 0.5 });
    expect(reply).toMatchObject({ status: "error", ename: "Interrupted" });
    expect((await kernel.execute("after")).outputs[0].content.text).toBe("5\n");
  });

  it("cancels an endless wait, and the kernel continues", async () => {
    const { reply } = await kernel.execute("await new Promise(() => {});", { interruptAfter: 0.5 });
    expect(reply).toMatchObject({ status: "error", ename: "Interrupted" });
    expect((await kernel.execute("after + 1")).outputs[0].content.text).toBe("6\n");
  });

  const loops = `const seen = { turns: 0 };
const pause = () => new Promise<void>((resolve) => { setTimeout(resolve, 20); });
const loop = async () => { for (;;) { await pause(); ++seen.turns; } };
const stubborn = async () => { for (let i = 0; i < 200; ++i) { try { await pause(); ++seen.turns; } catch {} } };
async function* ticks() { for (;;) { await pause(); yield 1; } }
const each = async () => { for await (const tick of ticks()) seen.turns += tick; };`;
  const turns = async () => Number((await kernel.execute("await pause();\nseen.turns")).outputs[0].content.text);

  it.each([
    ["a function of an earlier cell", "await loop();"],
    ["a loop that nothing waits for", "loop();\nawait new Promise(() => {});"],
    ["a function that catches errors", "await stubborn();"],
    ["for await", "await each();"],
    ["the cell itself", "for (;;) { try { await pause(); ++seen.turns; } catch {} }"],
  ])("stops at its next await: %s", async (_, code) => {
    expect((await kernel.execute(loops)).reply.status).toBe("ok");
    const { reply } = await kernel.execute(code, { interruptAfter: 0.5 });
    expect(reply).toMatchObject({ status: "error", ename: "Interrupted" });
    const before = await turns();
    expect(before).toBeGreaterThan(2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await turns()).toBe(before);
  });

  it.each([
    ["an interval", "setInterval(() => { ++seen.turns; }, 20);"],
    ["a timeout that starts the next", "function again() { ++seen.turns; setTimeout(again, 20); }\nagain();"],
    [
      "an async callback",
      "const next = async () => { ++seen.turns; await pause(); setTimeout(next, 20); };\nsetTimeout(next, 20);",
    ],
  ])("stops timers that the cell started: %s", async (_, code) => {
    expect((await kernel.execute(`${loops}\nseen.turns`)).reply.status).toBe("ok");
    await kernel.execute(`${code}\nawait new Promise(() => {});`, { interruptAfter: 0.5 });
    const before = await turns();
    expect(before).toBeGreaterThan(2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    // A timeout that was waiting fires once more.
    expect(await turns()).toBeLessThanOrEqual(before + 1);
    const still = await turns();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await turns()).toBe(still);
  });

  it("leaves timers of later cells alone, and their promisified form and own functions of that name", async () => {
    const { outputs } = await kernel.execute(`import { promisify } from "node:util";
const wait = promisify(setTimeout);
const fired: number[] = [];
const three = new Promise<void>((resolve) => {
  const timer = setInterval((n: number) => {
    fired.push(n);
    if (fired.length === 3) { clearInterval(timer); resolve(); }
  }, 5, 7);
});
await three;
[await wait(1, "value"), fired]`);
    expect(outputs[0].content.text).toBe("[ 'value', [ 7, 7, 7 ] ]\n");
    const own = await kernel.execute("{ const setTimeout = (n: number) => n + 1;\nconsole.log(setTimeout(1)); }");
    expect(own.outputs[0].content.text).toBe("2\n");
  });

  it("leaves later work alone", async () => {
    expect((await kernel.execute(`${loops}\nconst own = loop();`)).reply.status).toBe("ok");
    const before = await turns();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await turns()).toBeGreaterThan(before);
    await kernel.execute("await new Promise(() => {});", { interruptAfter: 0.2 });
  });

  it.each([0, 0.3, 1, 2])(
    "stops a cell %s s after it was sent, and packages that it was loading are whole",
    async (interruptAfter) => {
      const fresh = await startDriver(env);
      try {
        const imports = 'import { openSession } from "rekindle/pipeline";';
        const { reply } = await fresh.execute(`${imports}\nwhile (true) openSession;`, { interruptAfter });
        expect(reply).toMatchObject({ status: "error", ename: "Interrupted" });
        const { outputs } = await fresh.execute(`${imports}\ntypeof openSession`);
        expect(outputs[0].content.text).toBe("function\n");
      } finally {
        await fresh.close();
      }
    },
  );

  it("quotes a line that awaits as it was written", async () => {
    const { reply } = await kernel.execute("const fails = async () => { throw new Error('quoted'); };\nawait fails();");
    expect(reply.evalue).toContain("quoted");
    expect(JSON.stringify(reply)).not.toContain("__rekindle");
  });
});

describe("errors that nothing catches", () => {
  it("fail the cell that caused them if they come while it runs", async () => {
    const { reply } = await kernel.execute('Promise.reject(new Error("nobody waits"));\n5;');
    expect(reply).toMatchObject({ status: "error", evalue: "nobody waits" });
    expect((await kernel.execute("1")).reply.status).toBe("ok");
  });

  it.each([
    ["a rejection", 'setTimeout(() => { Promise.reject(new Error("too late")); }, 50);\n1'],
    ["a throw", 'setTimeout(() => { throw new Error("too late"); }, 50);\n1'],
  ])("fail the next cell, once, if %s comes after the cell's end", async (_, code) => {
    expect((await kernel.execute(code)).reply.status).toBe("ok");
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { reply } = await kernel.execute("1");
    expect(reply).toMatchObject({ status: "error", ename: "UncaughtError" });
    expect(reply.evalue).toContain("too late");
    expect((await kernel.execute("1")).reply.status).toBe("ok");
  });
});

describe("display", () => {
  const bundle = (outputs: readonly { content: { data?: Readonly<Record<string, unknown>> } }[], i = 0) =>
    outputs[i].content.data as Record<string, string>;

  it("shows an arquero table as escaped HTML with numbers aligned by decimal, and as text", async () => {
    const { outputs } = await kernel.execute(
      'import * as aq from "arquero";\nconst table = aq.table({ "<b>": ["<i>x</i>", "y"], n: [1.5, 22.25] });\ntable',
    );
    expect(outputs.map(({ type }) => type)).toEqual(["display_data"]);
    const html = bundle(outputs)["text/html"];
    expect(html).toContain("&#60;b&#62;</th>");
    expect(html).toContain("&#60;i&#62;x&#60;/i&#62;</th>");
    expect(html).not.toMatch(/<[bi]>/);
    expect(html).toMatch(/class="n" data-value="1.5">1\.50<.*class="n" data-value="22.25">22\.25</);
    expect(bundle(outputs)["text/plain"]).toBe("<b>           n\n<i>x</i>   1.50\ny         22.25");
  });

  it("cuts a long table and says how many rows follow, in the order and filter of the table", async () => {
    const { outputs } = await kernel.execute(
      "const long = aq.table({ i: [...Array(1500).keys()] });\nlong.filter((d: any) => d.i >= 100).orderby(aq.desc('i'))",
    );
    const text = bundle(outputs)["text/plain"].split("\n");
    expect([text[1].trim(), text.length, text.at(-1)]).toEqual(["1499", 22, "1,380 more rows"]);
  });

  it("shows records as a table, missing values as a dash, and other values as the console does", async () => {
    const { outputs } = await kernel.execute("[{ a: 1, b: null }, { a: NaN, c: new Date(0) }]");
    expect(bundle(outputs)["text/plain"]).toBe("a  b  c\n1  –  –\n–  –  1970-01-01");
    const plain = await kernel.execute("({ a: 1 })");
    expect(plain.outputs).toMatchObject([{ type: "stream", content: { text: "{ a: 1 }\n" } }]);
  });

  it("shows the bundle of a value's display method in one output, JSON as an object, bytes as base64", async () => {
    const { outputs } = await kernel.execute(`const chart = {
  async [Symbol.for("Jupyter.display")]() {
    const png = new Uint8Array([1, 2]);
    return { "application/vnd.vega.v5+json": '{"marks":[]}', "image/svg+xml": "<svg/>", "image/png": png, "text/plain": "A chart" };
  },
};
chart`);
    expect(outputs.map(({ type }) => type)).toEqual(["display_data"]);
    expect(bundle(outputs)).toEqual({
      "application/vnd.vega.v5+json": { marks: [] },
      "image/svg+xml": "<svg/>",
      "image/png": "AQI=",
      "text/plain": "A chart",
    });
  });

  it("shows several values of one cell in the order of the calls, promises too", async () => {
    const { reply, outputs } = await kernel.execute(
      "display(new Promise((resolve) => { setTimeout(() => resolve(chart), 50); }));\ndisplay(7);\ndisplay(table)",
    );
    expect(reply.status).toBe("ok");
    expect(outputs.map(({ content }) => content.data?.["text/plain"])).toEqual([
      "A chart",
      "7",
      expect.stringContaining("22.25"),
    ]);
  });

  it("keeps console lines and the last value in their place among displays that take time", async () => {
    const { outputs } = await kernel.execute(`const late = {
  async [Symbol.for("Jupyter.display")]() {
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    return { "text/plain": "late" };
  },
};
console.log("first");
display(late);
console.log("second");
display("third");
console.error("fourth");
"last"`);
    const shown = outputs.map(({ content }) => content.text?.trim() ?? content.data?.["text/plain"]);
    expect(shown).toEqual(["first", "late", "second", "third", "fourth", "last"]);
  });

  it("shows what follows an interrupted display", async () => {
    await kernel.execute("display(new Promise(() => {}));", { interruptAfter: 0.5 });
    const { outputs } = await kernel.execute('display("next");\nconsole.log("line");');
    expect(outputs).toHaveLength(2);
  });

  it("fails the cell whose display fails", async () => {
    const broken = await kernel.execute('display(Promise.reject(new Error("no chart")));\n1');
    expect(broken.reply).toMatchObject({ status: "error", evalue: "no chart" });
    const empty = await kernel.execute('({ [Symbol.for("Jupyter.display")]() { return 5; } })');
    expect(empty.reply.evalue).toBe("Cannot display the value: its display method returned 5; expected a MIME bundle");
  });
});

describe("the process", () => {
  it("continues to compile when a build writes to dist while it runs", async () => {
    const built = join(home, "dist", "kernel-test");
    try {
      await mkdir(built);
      for (const path of [join(built, "index.d.ts"), join(built, "index.js")]) {
        await writeFile(path, "export {};");
        await new Promise((resolve) => setTimeout(resolve, 600));
      }
      await utimes(join(home, "dist", "engine", "index.d.ts"), new Date(), new Date());
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect((await kernel.execute("1 + 1")).reply.status).toBe("ok");
    } finally {
      await rm(built, { recursive: true, force: true });
    }
  });

  it("ends when its parent dies, even in a busy loop", async () => {
    const orphan = await startDriver(env);
    const busy = orphan.execute("while (true) {}").catch(() => "the driver died");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(isAlive(orphan.kernelPid)).toBe(true);
    process.kill(orphan.driverPid, "SIGKILL");
    expect(await busy).toBe("the driver died");
    await expect.poll(() => isAlive(orphan.kernelPid), { timeout: 10_000 }).toBe(false);
  });
});
