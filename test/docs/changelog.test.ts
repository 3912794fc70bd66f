import { expect, test } from "vitest";
import * as contents from "../../src/index.js";
import { tablesIn } from "../checks/markdown-tables.js";
import { textOf } from "../checks/tracked-files.js";

const rows = tablesIn(textOf("CHANGELOG.md")).get("Changed since the first builds") ?? [];
const modules = contents as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const functions = rows.filter(({ module }) => module !== "k-means");
const namesIn = (cell: string) => [...cell.matchAll(/`([A-Za-z_]+)`/g)].map(([, name]) => name);

test("the changelog has a table of names", () => {
  expect(functions.length).toBeGreaterThan(5);
});

test.each(functions)("$before: gone from $module", ({ module, before }) => {
  for (const name of namesIn(before))
    for (const of of module.split(", ")) expect(modules[of], of).not.toHaveProperty(name);
});

test.each(functions)("$now: exported", ({ before, now }) => {
  const [, other] = /^the same in `rekindle\/(\w+)`$/.exec(now) ?? [];
  const expected = other === undefined ? namesIn(now) : namesIn(before);
  const places = other === undefined ? Object.values(modules) : [modules[other]];
  expect(expected.length).toBeGreaterThan(0);
  for (const name of expected)
    expect(
      places.some((module) => name in module),
      name,
    ).toBe(true);
});
