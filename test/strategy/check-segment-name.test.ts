import { expect, test } from "vitest";
import { checkSegmentName } from "../../src/strategy/index.js";

test.each(["At Risk", "at-risk", "everyone", "Champions · very high spend", "Lost/Churned · 2"])(
  "checkSegmentName: %s may be a segment or a cluster",
  (name) => {
    expect(() => checkSegmentName(name)).not.toThrow();
  },
);

test("checkSegmentName: a name that no segment can have is refused with the nearest", () => {
  expect(() => checkSegmentName("At Rsk")).toThrow(
    'Cannot find the segment "At Rsk": no segment has that name; did you mean "At Risk"?',
  );
  expect(() => checkSegmentName("Champions · very high spend", { basis: "rule" })).toThrow("no segment has that name");
});
