import { expect, test } from "vitest";
import { importViolations, moduleOf } from "./checks/import-rules.js";
import { findImports, findInCode } from "./checks/source-text.js";
import { trackedTexts } from "./checks/tracked-files.js";

test("every import in src follows the directions", () => {
  const sources = trackedTexts("src/*.ts", "src/**/*.ts", "src/setup/**/*.mjs");
  expect(sources.size).toBeGreaterThan(20);
  expect([...sources].flatMap(([path, source]) => importViolations(path, source))).toEqual([]);
});

test.each([
  ["engine imports upwards", "src/engine/x.ts", 'import { a } from "../datasets/index.js";', "engine imports datasets"],
  ["charts import a module", "src/charts/x.ts", 'import { a } from "../features/index.js";', "charts imports features"],
  [
    "tracking imports reports",
    "src/tracking/x.ts",
    'export { a } from "../reports/index.js";',
    "tracking imports reports",
  ],
  [
    "reports import the pipeline",
    "src/reports/x.ts",
    'await import("../pipeline/index.js");',
    "reports imports pipeline",
  ],
  ["somebody imports cli", "src/service/x.ts", 'import "../cli/index.js";', "service imports cli"],
  [
    "a leaf imports a module",
    "src/numeric/stats.ts",
    'import { a } from "../engine/index.js";',
    "numeric imports engine",
  ],
  [
    "types come from above",
    "src/engine/x.ts",
    'import type { A } from "../features/index.js";',
    "engine imports types from features",
  ],
  [
    "an import goes past an index",
    "src/cleaning/x.ts",
    'import { a } from "../engine/duckdb.js";',
    "cleaning imports src/engine/duckdb.js instead of src/engine/index.js",
  ],
  [
    "src imports a test",
    "src/cli/x.ts",
    'import { a } from "../../test/a.js";',
    "cli imports test/a.js, which is outside src",
  ],
  [
    "koffi leaves its home",
    "src/models/x.ts",
    'import koffi from "koffi";',
    "koffi is imported outside src/models/native/",
  ],
  [
    "DuckDB leaves its home",
    "src/features/x.ts",
    'import type { A } from "@duckdb/node-api";',
    "@duckdb/node-api is imported outside src/engine/",
  ],
  ["vega leaves its home", "src/reports/x.ts", 'import * as vega from "vega";', "vega is imported outside src/charts/"],
  [
    "a model fetches",
    "src/models/x.ts",
    "const a = fetch(url);",
    "fetch is used outside src/tracking/, src/datasets/, src/service/",
  ],
  [
    "a model reads the environment",
    "src/models/x.ts",
    'const a = process.env["A"];',
    "process is used outside src/cli/, src/setup/, src/storage/",
  ],
  [
    "the environment is taken apart",
    "src/models/x.ts",
    "const { env } = process;",
    "process is used outside src/cli/, src/setup/, src/storage/",
  ],
  [
    "fetch is handed on",
    "src/models/x.ts",
    "load(url, fetch);",
    "fetch is used outside src/tracking/, src/datasets/, src/service/",
  ],
  [
    "fetch comes through the back door",
    "src/models/x.ts",
    "export function load({ get = globalThis.fetch }) {}",
    "globalThis is used outside src/tracking/, src/setup/, src/pipeline/at-shutdown.ts, src/progress/interruption.ts",
  ],
  [
    "the environment comes through the back door",
    "src/charts/x.ts",
    'const a = globalThis["process"];',
    "globalThis is used outside src/tracking/, src/setup/, src/pipeline/at-shutdown.ts, src/progress/interruption.ts",
  ],
  ["process comes as a module", "src/models/x.ts", 'import p from "node:process";', "node:process is imported"],
  ["a module awaits as it loads", "src/engine/x.ts", "export const a = await open();", "there is a top-level await"],
  [
    "setup needs a package",
    "src/setup/x.mjs",
    'import a from "arquero";',
    "setup imports arquero, but it runs before any package is installed",
  ],
])("a violation is found, with its line: %s", (_, path, line, what) => {
  const found = importViolations(path, `// a comment\n\n${line}\n`);
  expect(found).toContain(`${path}:3: ${what}`);
});

test.each([
  ["src/cleaning/x.ts", 'import { a } from "../engine/index.js";'],
  ["src/reports/x.ts", 'import type { A } from "../features/index.js";'],
  ["src/reports/x.ts", 'import { type A, type B } from "../features/index.js";'],
  ["src/models/x.ts", 'import { a } from "../errors.js";'],
  ["src/cli/x.ts", 'import { a } from "../pipeline/index.js";'],
  ["src/index.ts", 'export * from "./features/index.js";'],
  ["src/charts/x.ts", 'import * as vega from "vega";'],
  ["src/engine/x.ts", 'import { a } from "./duckdb.js";'],
  ["src/models/x.ts", '// process.env and fetch("x") are not for us\nconst a = "process.env";'],
  ["src/models/x.ts", "queue.fetch(1); preprocess.run(); const postprocess = 1;"],
  ["src/models/x.ts", "interface A { readonly process?: string; fetch: number }"],
  ["src/models/x.ts", "async function f() {\n  const a = await g();\n}"],
])("what is allowed is not reported: %s %s", (path, source) => {
  expect(importViolations(path, `${source}\n`)).toEqual([]);
});

test("imports are found in all their forms, and none in comments", () => {
  const source = `import a, {
  type B,
  c,
} from "one";
import type { D } from "two";
export { type E } from 'three';
export * from "four";
import "five";
/** import x from "no"; */
// require("no")
const f = await import("six"); const g = require("seven");
export const from = "eight";
`;
  expect(findImports(source)).toEqual([
    { specifier: "one", line: 1, typesOnly: false },
    { specifier: "two", line: 5, typesOnly: true },
    { specifier: "three", line: 6, typesOnly: true },
    { specifier: "four", line: 7, typesOnly: false },
    { specifier: "five", line: 8, typesOnly: false },
    { specifier: "six", line: 11, typesOnly: false },
    { specifier: "seven", line: 11, typesOnly: false },
  ]);
});

test("code is searched without its comments and strings", () => {
  expect(findInCode('const a = "x.y"; // x.y\n/* x.y\n*/ x.y();\n', /x\.y/)).toEqual([3]);
});

test("modules: a path belongs to its folder, a file directly in src is a module of its own", () => {
  expect(["src/engine/a.ts", "src/models/native/a.ts", "src/errors.ts", "src/index.ts"].map(moduleOf)).toEqual([
    "engine",
    "models",
    "errors",
    "index",
  ]);
});
