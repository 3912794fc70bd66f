import { expect, test } from "vitest";
import { quoted } from "../../src/models/boosting/dense-matrix.js";

test("quoted shows up to 20 texts and counts the rest", () => {
  const texts = Array.from({ length: 22 }, (_, i) => `f${i + 1}`);
  expect(quoted(["a"])).toBe('"a"');
  expect(quoted(texts.slice(0, 20))).toMatch(/^"f1", .*"f20"$/);
  expect(quoted(texts.slice(0, 21))).toMatch(/"f20", and 1 more$/);
  expect(quoted(texts)).toMatch(/"f20", and 2 more$/);
});
