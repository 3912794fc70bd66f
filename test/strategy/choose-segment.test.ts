import { expect, test } from "vitest";
import { chooseSegment } from "../../src/strategy/index.js";
import { SEGMENT_NAMES } from "../../src/text/index.js";

const there = { rules: SEGMENT_NAMES, clusters: ["Champions", "Lost/Churned · low spend"] };

test.each([
  ["At Risk", "At Risk", "rule"],
  ["at risk", "At Risk", "rule"],
  ["at-risk", "At Risk", "rule"],
  ["lost-churned", "Lost/Churned", "rule"],
  ["Lost/Churned · low spend", "Lost/Churned · low spend", "cluster"],
  [" Champions ", "Champions", "rule"],
  ["Everyone", "everyone", "everyone"],
] as const)("%j means %j", (asked, name, basis) => {
  expect(chooseSegment(asked, there)).toMatchObject({ name, basis });
});

test("a name that both have is the cluster's only where that is asked for", () => {
  expect(chooseSegment("champions", there, { basis: "cluster" }).basis).toBe("cluster");
  expect(() => chooseSegment("At Risk", there, { basis: "cluster" })).toThrow('Cannot find the segment "At Risk"');
});

test("an unknown name is answered with the nearest, and with all that there are", () => {
  expect(() => chooseSegment("Chmapions", there)).toThrow(
    /^Cannot find the segment "Chmapions": no segment has that name; did you mean "Champions"\? segments: "Champions", "Loyal Customers", .* and "everyone"$/,
  );
  expect(() => chooseSegment("xyz", there)).toThrow('"xyz": no segment has that name; segments: "Champions"');
});
