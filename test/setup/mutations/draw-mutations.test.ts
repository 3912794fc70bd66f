import { expect, test } from "vitest";
import { drawMutations, mutationsOf } from "../../../src/setup/mutations/draw-mutations.mjs";

const afterOf = (file: string, source: string) => mutationsOf(file, source).map(({ after }) => after);

test("mutationsOf changes constants, signs, comparisons and conjunctions", () => {
  expect(afterOf("a.ts", "const y = x + 0.5;")).toEqual(["const y = x - 0.5;", "const y = x + 0.75;"]);
  expect(afterOf("a.ts", "if (a < b && n >= 3) {")).toEqual([
    "if (a <= b && n >= 3) {",
    "if (a > b && n >= 3) {",
    "if (a < b || n >= 3) {",
    "if (a < b && n > 3) {",
    "if (a < b && n < 3) {",
    "if (a < b && n >= 4) {",
    "if (a < b && n >= 2) {",
  ]);
  expect(afterOf("a.sql", "WHERE day > 730 -- at most 9 > 3")).toHaveLength(4);
});

test("mutationsOf leaves comments, texts, imports and types alone", () => {
  const source = [
    '/** Returns 1 + 1. */\nimport { a } from "./a-1.js";',
    "export type One = 1;\n// 3 > 2\n",
    'const text = "1 + 1" + `2 * 3`;',
    'text.replace(/[0-9]{2}/g, "");',
  ].join("\n");
  expect(afterOf("a.ts", source)).toEqual(['const text = "1 + 1" - `2 * 3`;']);
});

test("drawMutations draws the same for the same seed, each once, from files that are there", () => {
  const [one, same, other] = [7, 7, 8].map((seed) => drawMutations(".", { count: 50, seed }));
  expect(one).toEqual(same);
  expect(one).not.toEqual(other);
  expect(new Set(one.map(({ file, at, replace }) => `${file} ${at} ${replace}`)).size).toBe(50);
  for (const { before, after } of one) expect(after).not.toBe(before);
});
