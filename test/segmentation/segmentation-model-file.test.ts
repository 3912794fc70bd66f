import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { segmentationModel } from "../../src/pipeline/artifacts/segment-assignments.js";
import { encodeSegmentationModel, parseSegmentationModel } from "../../src/segmentation/index.js";
import { exampleModel } from "./example-model.js";

const model = exampleModel({ rulesAsOf: "2026-01-15", metrics: { customers: 2, davies_bouldin: 0.5 } });
const file = JSON.parse(JSON.stringify(encodeSegmentationModel(model)));
const [feature] = file.scaler;

test("a segmentation comes back from its file as it was", () => {
  expect(parseSegmentationModel(JSON.stringify(file))).toEqual(model);
  const published = exampleModel();
  expect(parseSegmentationModel(JSON.stringify(encodeSegmentationModel(published)))).toEqual(published);
});

test("the file has its keys in snake case, names of features and metrics as they are", () => {
  expect(Object.keys(file)).toEqual(
    "kind,version,dataset,as_of,min_orders,scaler,centroids,names,rules,rules_as_of,metrics".split(","),
  );
  const named = exampleModel({ scaler: [{ ...model.scaler[0], name: "avgBasketValue" }], metrics: { daviesB: 1 } });
  expect(encodeSegmentationModel(named)).toMatchObject({
    scaler: [{ name: "avgBasketValue" }],
    metrics: { daviesB: 1 },
  });
});

test("a metric that is no number is NaN, which JSON has as null", () => {
  const text = JSON.stringify(encodeSegmentationModel(exampleModel({ metrics: { silhouette: Number.NaN } })));
  expect(parseSegmentationModel(text).metrics).toEqual({ silhouette: Number.NaN });
});

test.each([
  ["no object", null, "the value is null; expected an object"],
  ["no kind", { Vips: {} }, '"kind" is missing; expected "segmentation"'],
  ["another kind", { kind: "churn", version: 1, trees: [] }, '"kind" is "churn"; expected "segmentation"'],
  ["a later version", { ...file, version: 2, more: [] }, '"version" is 2; expected 1'],
  ["a mistyped key", { ...file, min_order: 2 }, '"min_order" is an unknown key; did you mean "min_orders"?'],
  ["no dataset", { ...file, dataset: undefined }, '"dataset" is missing; expected the name of a dataset'],
  ["a dataset without a name", { ...file, dataset: "" }, '"dataset" is ""; expected the name of a dataset'],
  ["no day", { ...file, as_of: undefined }, '"as_of" is missing; expected a calendar day as YYYY-MM-DD'],
  ["a day that there is not", { ...file, as_of: "2026-02-30" }, '"as_of" is "2026-02-30"; expected a calendar day'],
  ["half an order", { ...file, min_orders: 1.5 }, '"min_orders" is 1.5; expected a whole number, at least 1'],
  ["orders from none", { ...file, min_orders: 0 }, '"min_orders" is 0; expected a whole number, at least 1'],
  ["no rules", { ...file, rules: [] }, '"rules" is []; expected a list of at least one rule'],
  ["rules that are none", { ...file, rules: "standard" }, '"rules" is "standard"; expected a list of at least one'],
  [
    "a limit in words",
    { ...file, rules: [{ name: "A", recencyBelow: "many" }] },
    '"rules[0].recencyBelow" is "many"; expected a number',
  ],
  ["a limit of no day", { ...file, rules_as_of: "lately" }, '"rules_as_of" is "lately"; expected a calendar day'],
  [
    "a spread of 0",
    { ...file, scaler: [{ ...feature, standardDeviation: 0 }] },
    '"scaler[0].standardDeviation" is 0; expected a number above 0',
  ],
  ["a weight below 0", { ...file, scaler: [{ ...feature, weight: -1 }] }, '"scaler[0].weight" is -1; expected'],
  ["an unknown scale", { ...file, scaler: [{ ...feature, transform: "sqrt" }] }, '"scaler[0].transform" is "sqrt"'],
  ["a name that is none", { ...file, names: ["many", 2] }, '"names[1]" is 2; expected text'],
  ["a centroid too few", { ...file, centroids: [[1]] }, '"centroids" has 1 rows; expected 2, one per name'],
  [
    "a centroid that is too long",
    { ...file, centroids: [[1], [-1, 2]] },
    '"centroids[1]" has 2 numbers; expected 1, one per feature',
  ],
])("%s is refused in one line", (_, value, message) => {
  const read = () => parseSegmentationModel(JSON.stringify(value));
  expect(read).toThrow(SyntaxError);
  expect(read).toThrow(`Cannot read the segmentation: ${message}`);
  expect(read).toThrow(/^[^\n]+$/);
});

test("text that is cut off is refused", () => {
  expect(() => parseSegmentationModel(JSON.stringify(file).slice(0, -9))).toThrow(
    "Cannot read the segmentation: not valid JSON",
  );
});

test("the artifact is read from its folder, and a fault names the file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rekindle-segmentation-"));
  try {
    const path = join(folder, "segmentation_model.json");
    writeFileSync(path, JSON.stringify(file));
    expect(await segmentationModel.read(folder)).toEqual(model);
    writeFileSync(path, JSON.stringify({ ...file, centroids: [[1]] }));
    await expect(segmentationModel.read(folder)).rejects.toThrow(`Cannot read "${path}": "centroids" has 1 rows`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
