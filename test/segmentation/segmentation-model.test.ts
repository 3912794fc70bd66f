import { expect, test } from "vitest";
import { parseSegmentationModel, standardSegmentRules } from "../../src/segmentation/index.js";

const feature = { name: "orders", transform: "log1p", mean: 1, standardDeviation: 0.5, weight: 1 };
const model = {
  ...{ kind: "segmentation", version: 1, dataset: "demo", as_of: "2026-01-31", min_orders: 1 },
  ...{ scaler: [feature], centroids: [[1], [-1]], names: ["many", "few"], rules: standardSegmentRules, metrics: {} },
};

test("a saved segmentation comes back as it was", () => {
  expect(parseSegmentationModel(JSON.stringify(model))).toEqual(model);
});

test.each([
  ["no object", null, 'its kind is "undefined"; expected "segmentation"'],
  ["another kind", { ...model, kind: "churn" }, 'its kind is "churn"'],
  ["a later version", { ...model, version: 2 }, "its version is 2; expected 1"],
  ["no dataset", { ...model, dataset: undefined }, "its dataset is undefined; expected a name"],
  ["a dataset without a name", { ...model, dataset: "" }, 'its dataset is ""; expected a name'],
  ["no day", { ...model, as_of: undefined }, "its as_of is undefined; expected a calendar day as YYYY-MM-DD"],
  ["a day that there is not", { ...model, as_of: "2026-02-30" }, 'its as_of is "2026-02-30"; expected a calendar day'],
  ["half an order", { ...model, min_orders: 1.5 }, "its min_orders is 1.5; expected a whole number from 1"],
  ["orders from none", { ...model, min_orders: 0 }, "its min_orders is 0; expected a whole number from 1"],
  ["no rules", { ...model, rules: [] }, "its list of rules is []; expected at least one rule"],
  [
    "rules that are none",
    { ...model, rules: "standard" },
    'its list of rules is "standard"; expected at least one rule',
  ],
  ["a limit in words", { ...model, rules: [{ name: "A", recencyBelow: "many" }] }, "its list of rules is"],
  [
    "a spread of 0",
    { ...model, scaler: [{ ...feature, standardDeviation: 0 }] },
    'its standardDeviation of "orders" is 0; expected a number above 0',
  ],
  ["a weight below 0", { ...model, scaler: [{ ...feature, weight: -1 }] }, 'its weight of "orders" is -1'],
  [
    "a name that is none",
    { ...model, names: ["many", 2] },
    "its centroids do not match its features and names; expected",
  ],
  ["a centroid too few", { ...model, centroids: [[1]] }, "its centroids do not match its features and names; expected"],
])("%s is refused in one line", (_, value, message) => {
  const read = () => parseSegmentationModel(JSON.stringify(value));
  expect(read).toThrow(SyntaxError);
  expect(read).toThrow(`Cannot read the segmentation: ${message}`);
  expect(read).toThrow(/^[^\n]+$/);
});

test("text that is cut off is refused", () => {
  expect(() => parseSegmentationModel(JSON.stringify(model).slice(0, -9))).toThrow("it is no JSON, or is cut off");
});
