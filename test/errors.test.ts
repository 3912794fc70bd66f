import { expect, test } from "vitest";
import { requireSameLength } from "../src/errors.js";

test("what is no array is named, with what was given in its place", () => {
  const given = (value: unknown) => () =>
    requireSameLength("rocAucScore", { yTrue: [0, 1], yScore: value as number[] });
  expect(given(undefined)).toThrow(new TypeError("Cannot compute rocAucScore: yScore is missing; expected an array"));
  expect(given(7)).toThrow("yScore is 7; expected an array");
  expect(given([1])).toThrow(
    new RangeError(
      "Cannot compute rocAucScore: lengths differ, yTrue has 2 and yScore has 1; pass arrays of one length",
    ),
  );
  expect(given(Float64Array.of(1, 2))).not.toThrow();
});
