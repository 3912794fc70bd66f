import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Notebook } from "../../src/pipeline/notebooks/notebook-parameters.js";
import { home } from "./kernel-driver.js";
import { makeNotebook } from "./make-notebook.js";
import { notebookTraps } from "./notebook-traps.js";

const parameters = { source: 'let dataset = "demo";', tags: ["parameters"] };
const trapsOf = (...cells: string[]) => notebookTraps(makeNotebook(parameters, ...cells));

describe("notebookTraps", () => {
  it("finds nothing in a good notebook", () => {
    const functions = "async function f(xs: any) {\n  for await (const x of xs) await (x as any);\n}";
    const local = "const g = ({ count }: any) => ({ count });\nlet n = 1;\nn = 2;";
    const calls = 'import { table } from "arquero";\nconst count = table({ a: [1] }).count();\nawait f([count]);';
    expect(trapsOf(calls, functions, local, "({ count, dataset }); // await (x), export")).toEqual([]);
  });

  it.each([
    ["await (…)", "const x = await (async () => 1)();", "`await (…)` is read as a call; give the promise a name"],
    ["for await", "for await (const x of [1]) x;", "`for await` outside a function"],
    [
      "an assignment",
      'dataset = "x";',
      "`dataset` of an earlier cell is assigned; functions of that cell do not see it",
    ],
    ["an ES2023 method", "[1].toSorted();", "`toSorted` is newer than ES2022"],
    ["an ES2024 function", "Object.groupBy([1], String);", "`groupBy` is newer than ES2022"],
    ["an export", "export const x = 1;", "`export`"],
    ["import.meta", "import.meta.url;", "`import.meta`"],
    ["__dirname", "__dirname;", "`__dirname`"],
    ["using", "using file = open();", "`using`"],
    ["a path", 'import { x } from "../src/x";', '"../src/x" is imported by path; import our package by name'],
    ["eleven lines", "// what it does\n\n" + "1;\n".repeat(11), "11 lines of code, at most 10 are allowed"],
  ])("finds %s", (_, source, trap) => {
    expect(trapsOf(source)).toEqual([`cell 2: ${trap}`]);
  });

  it("finds an assignment of what an earlier cell imported or destructured", () => {
    const earlier =
      'import * as aq from "arquero";\nimport one, { two as three } from "x";\nconst { a, b: [c] } = one;';
    const assigned = ["aq", "one", "two", "three", "a", "b", "c"].map((name) => `${name} = 1;`).join("\n");
    const names = trapsOf(earlier, assigned).map((trap) => /`(\w+)` of an earlier cell/.exec(trap)?.[1]);
    expect(names).toEqual(["aq", "one", "three", "a", "c"]);
  });

  it("finds outputs, another kernel and a missing parameters cell", () => {
    const bare = makeNotebook("1");
    const ran = { ...bare, cells: [{ ...bare.cells[0], outputs: [{}] }], metadata: {} };
    expect(notebookTraps(ran)).toEqual([
      "the kernelspec is not tslab",
      "no cell tagged parameters declares variables",
      "cell 1: it has outputs",
    ]);
  });
});

describe("notebooks/", () => {
  const folder = join(home, "notebooks");
  const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));

  it("are numbered", () => {
    expect(names.filter((name) => !/^\d\d-[a-z-]+\.ipynb$/.test(name))).toEqual([]);
  });

  it("are free of traps and carry no outputs", () => {
    const traps = names.flatMap((name) => {
      const notebook = JSON.parse(readFileSync(join(folder, name), "utf8")) as Notebook;
      return notebookTraps(notebook).map((trap) => `${name}: ${trap}`);
    });
    expect(traps).toEqual([]);
  });
});
