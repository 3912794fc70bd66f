import { expect, test } from "vitest";
import { separation } from "../../src/segmentation/index.js";

test("a feature that segments explain has 1, one that they do not has 0, those without a segment do not count", () => {
  const columns = { same: [1, 2, 1, 2, 99], apart: [1, 1, 9, 9, 99], partly: [0, 2, 2, 4, Number.NaN] };
  const found = separation(columns, [0, 0, 1, 1, -1]);
  expect(found.map(({ feature }) => feature)).toEqual(["apart", "partly", "same"]);
  expect(found.map(({ importance }) => importance)).toEqual([1, 0.5, 0]);
});
