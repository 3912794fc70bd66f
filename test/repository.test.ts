import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { completeLock } from "../src/setup/install/lock-file.mjs";
import { brokenLinks, executedCells, machinePaths, registryHosts } from "./checks/repository-rules.js";
import { ROOT, textOf, trackedFiles, trackedTexts } from "./checks/tracked-files.js";

const LARGEST_BYTES = 2 ** 20;

// What these rules forbid has to stand in their own examples.
const EXAMPLES = "test/repository.test.ts";

test("no file names the host of a package registry", () => {
  const texts = [...trackedTexts()].filter(([path]) => path !== EXAMPLES && !path.startsWith("test/checks/"));
  expect(texts.flatMap(([path, text]) => registryHosts(path, text))).toEqual([]);
  const line = '      "resolved": "https://registry.example.org/a/-/a-1.0.0.tgz",';
  expect(registryHosts("package-lock.json", `{\n${line}\n`)).not.toEqual([]);
  expect(registryHosts("requirements.txt", "--index-url https://example.org/simple\n")).toHaveLength(1);
  expect(registryHosts("package-lock.json", '"url": "https://github.com/sponsors/somebody"')).toEqual([]);
});

test("no file names a folder of the machine it was written on", () => {
  expect([...trackedTexts()].flatMap(([path, text]) => machinePaths(path, text))).toEqual([]);
  const at = (...parts: string[]) => `/${parts.join("/")}`;
  const [root, anna, annaToo] = [at("root", "notes.txt"), at("home", "anna", "x"), at("Users", "anna", "x")];
  expect(machinePaths("a.md", `a\nsee ${root}\n"${at("tmp", "main", "x")}" file://${anna} ${annaToo}\n`)).toEqual([
    `a.md:2: ${root}`,
    `a.md:3: ${at("tmp", "main")}`,
    `a.md:3: ${anna}`,
    `a.md:3: ${annaToo}`,
  ]);
  expect(machinePaths("a.md", "src/root/a datasets/tmp/b {folder}/tmp/c /usr/lib/d")).toEqual([]);
});

test("notebooks carry no outputs and no counts of executions", () => {
  const notebooks = [...trackedTexts("notebooks/*.ipynb")];
  expect(notebooks.flatMap(([path, text]) => executedCells(path, text))).toEqual([]);
  const executed = JSON.stringify({
    cells: [{ source: "" }, { outputs: [], execution_count: null }, { outputs: [{}], execution_count: 3 }],
  });
  expect(executedCells("a.ipynb", executed)).toEqual([
    "a.ipynb: cell 3 has outputs",
    "a.ipynb: cell 3 has execution_count 3",
  ]);
});

test("no tracked file is larger than 1 MiB", () => {
  const large = (size: number) => size > LARGEST_BYTES;
  const files = trackedFiles();
  expect(files.filter((path) => large(statSync(join(ROOT, path)).size))).toEqual([]);
  expect([large(LARGEST_BYTES), large(LARGEST_BYTES + 1)]).toEqual([false, true]);
});

test("every relative link in the pages leads somewhere", () => {
  const pages = [...trackedTexts("*.md", "**/*.md")];
  expect(pages.flatMap(([path, text]) => brokenLinks(path, text, (target) => existsSync(join(ROOT, target))))).toEqual(
    [],
  );
  const page =
    "[a](there.md#part) [b](gone.md)\n[c](../x.png) [d](https://example.org) [e](#part)\n```\n[f](code.md)\n```\n";
  expect(brokenLinks("docs/page.md", page, (path) => path === "docs/there.md")).toEqual([
    "docs/page.md:1: gone.md leads nowhere",
    "docs/page.md:2: ../x.png leads nowhere",
  ]);
});

test("what we are measured against is pinned to exact versions", () => {
  const lines = textOf("test/bench/peers/requirements.txt").trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => !/^[\w-]+==\d+(?:\.\d+)+$/.test(line))).toEqual([]);
});

test("the lock file has an entry for every build of a package, those for other platforms too", () => {
  const { packages } = JSON.parse(textOf("package-lock.json"));
  const missing = Object.keys(completeLock(packages)).filter((path) => !(path in packages));
  expect(missing, "npm run lock:node adds them").toEqual([]);
});
