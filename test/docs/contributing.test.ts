import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fencedExamples } from "../checks/examples.js";
import { ROOT, textOf } from "../checks/tracked-files.js";

const path = "docs/CONTRIBUTING.md";
const page = textOf(path);

test("the page is one page", () => {
  expect(page.trimEnd().split("\n").length).toBeLessThanOrEqual(85);
});

test("every npm command is a script of the package, and every tested path is there", () => {
  const { scripts } = JSON.parse(textOf("package.json"));
  const lines = fencedExamples(path, page, "sh").flatMap(({ code }) => code.trim().split("\n"));
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    const [, script = line.startsWith("npm test") ? "test" : undefined] = /^npm run ([\w:-]+)/.exec(line) ?? [];
    const [, tested] = /npx vitest run (\S+)/.exec(line) ?? [];
    if (script !== undefined) expect(scripts, line).toHaveProperty(script);
    else expect(existsSync(join(ROOT, String(tested))), line).toBe(true);
  }
});

test("every file and folder that the page names is there", () => {
  const named = [...page.matchAll(/`((?:src|test|docs)\/[^`]*|table\/|[\w-]+\.ts)`/g)].map(([, name]) => name);
  const places = ["", "src", "src/evaluation"];
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !places.some((place) => existsSync(join(ROOT, place, name))))).toEqual([]);
});
