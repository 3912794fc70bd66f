// Python's kneed 0.9.0 on curves that are not convex; knees.py wrote the table.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findKnee } from "../../src/segmentation/index.js";

const curves = JSON.parse(readFileSync(new URL("knees.json", import.meta.url), "utf8")) as {
  readonly y: readonly number[];
  readonly knee: number | null;
}[];

test("knees of 300 curves are those of kneed", () => {
  expect(curves).toHaveLength(300);
  const found = curves.map(({ y }) =>
    findKnee(
      y.map((_, i) => i + 2),
      y,
    ),
  );
  expect(found).toEqual(curves.map(({ knee }) => knee));
  const without = curves.filter(({ knee }) => knee === null).length;
  expect(without).toBeGreaterThan(4);
  expect(new Set(found).size).toBeGreaterThan(6);
});
