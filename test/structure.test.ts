import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { crowdedFolders, importCircles, importGraph, reachableFiles } from "./checks/structure-rules.js";
import { ROOT, trackedFiles, trackedTexts } from "./checks/tracked-files.js";

const sources = trackedTexts("src/*.ts", "src/**/*.ts", "src/**/*.mjs");

test("src: at most 28 direct entries", () => {
  expect(readdirSync(join(ROOT, "src")).length).toBeLessThanOrEqual(28);
});

test("src: at most 25 files in a folder, evaluation excepted", () => {
  expect(crowdedFolders(trackedFiles("src"))).toEqual([]);
  const files = Array.from({ length: 26 }, (_, i) => `src/charts/${i}.ts`);
  expect(crowdedFolders(files)).toEqual(["src/charts: 26"]);
  expect(crowdedFolders(files.slice(1))).toEqual([]);
});

test("src: no circles between files", () => {
  expect(sources.size).toBeGreaterThan(500);
  expect(importCircles(importGraph(sources))).toEqual([]);
});

test("stages: at most 120 lines, and 15 files of src/pipeline in reach", () => {
  const graph = importGraph(sources);
  const stages = trackedFiles("src/pipeline/stages").filter((path) => !path.endsWith("/index.ts"));
  const tooMuch = stages.filter((path) => {
    const files = reachableFiles(graph, path).filter((reached) => reached.startsWith("src/pipeline/")).length;
    return files > 15 || (sources.get(path) ?? "").trimEnd().split("\n").length > 120;
  });
  expect(stages.length).toBeGreaterThan(6);
  expect(tooMuch).toEqual([]);
});

test("stages: no folder of src/pipeline holds the parts of one of them", () => {
  const folders = readdirSync(join(ROOT, "src", "pipeline"), { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  );
  const names = folders.map(({ name }) => name);
  expect(names).toContain("stages");
  expect(names.filter((name) => ["segments", "segment-rules", "experiments"].includes(name))).toEqual([]);
});

test("import circles: found over several files, also through types", () => {
  const graph = importGraph(
    new Map([
      ["src/a.ts", 'import { b } from "./b.js";'],
      ["src/b.ts", 'import type { C } from "./deep/c.js";'],
      ["src/deep/c.ts", 'export * from "../a.js";'],
      ["src/d.ts", 'import { a } from "./a.js"; import { x } from "arquero";'],
    ]),
  );
  expect(importCircles(graph)).toEqual([["src/a.ts", "src/b.ts", "src/deep/c.ts", "src/a.ts"]]);
  expect(reachableFiles(graph, "src/d.ts")).toEqual(["src/a.ts", "src/b.ts", "src/deep/c.ts"]);
  expect(reachableFiles(graph, "src/a.ts")).toEqual(["src/b.ts", "src/deep/c.ts"]);
});

test("package exports: every public module by name, no wildcard", async () => {
  const { default: contents } = await import("../package.json", { with: { type: "json" } });
  const names = Object.keys(contents.exports);
  expect(names.filter((name) => name.includes("*"))).toEqual([]);
  const modules = Object.keys(await import("../src/index.js")).filter((name) => name !== "storage");
  expect(names.filter((name) => ![".", "./package.json", "./mlflow-js-client"].includes(name)).sort()).toEqual(
    modules.map((name) => `./${name}`).sort(),
  );
});
