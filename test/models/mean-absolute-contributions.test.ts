import { expect, test } from "vitest";
import { meanAbsoluteContributions } from "../../src/models/index.js";

test("importance is the mean size of a column's contributions, whatever their sign", () => {
  const contributions = {
    nRows: 2,
    nCols: 2,
    data: Float64Array.of(0.5, -2, -0.5, 1),
    columnNames: ["a", "b"],
    baseline: Float64Array.of(0, 0),
  };
  expect(meanAbsoluteContributions(contributions)).toEqual([
    { feature: "b", importance: 1.5 },
    { feature: "a", importance: 0.5 },
  ]);
});
