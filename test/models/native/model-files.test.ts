import { expect, test } from "vitest";
import { jsonEnd, ubjsonEnd } from "../../../src/models/boosting/model-extent.js";
import {
  fitLightGbmClassifier,
  fitLightGbmRegressor,
  fitXGBoostClassifier,
  fitXGBoostRegressor,
  loadLightGbmClassifier,
  loadLightGbmRegressor,
  loadXGBoostClassifier,
  loadXGBoostRegressor,
} from "../../../src/models/index.js";
import { labelsFor, makeProblem } from "../../golden/boosting-problems.js";

const { X, mean } = makeProblem(400, 1);
const classes = labelsFor("classes", mean, 2);
const counts = labelsFor("poisson", mean, 2);
const options = { seed: 1, nRounds: 4 };
const text = (value: string) => new TextEncoder().encode(value);

test("a model comes back from each of its forms, and is saved as the same bytes again", async () => {
  const xgboost = await fitXGBoostClassifier(X, classes, { ...options, categorical: ["segment"] });
  const forms = [xgboost.toBytes(), xgboost.toBytes({ format: "json" }), text(xgboost.toJSON().model)];
  for (const bytes of forms) {
    const again = loadXGBoostClassifier(bytes);
    expect(again.predictProba(X)).toEqual(xgboost.predictProba(X));
    // One row is predicted by one thread: that changes neither the answer nor the model.
    const first = again.predictProba({ ...X, nRows: 1, data: X.data.subarray(0, X.nCols) });
    expect(first).toEqual(xgboost.predictProba(X).subarray(0, 1));
    expect(again.toBytes()).toEqual(xgboost.toBytes());
    expect([again.featureNames, again.categorical, again.nRounds]).toEqual([X.columnNames, ["segment"], 4]);
  }
  const lightgbm = await fitLightGbmRegressor(X, counts, { ...options, objective: "poisson" });
  for (const bytes of [lightgbm.toBytes(), text(JSON.parse(JSON.stringify(lightgbm)).model)]) {
    const again = loadLightGbmRegressor(bytes);
    expect(again.predict(X)).toEqual(lightgbm.predict(X));
    expect(again.toBytes()).toEqual(lightgbm.toBytes());
    expect([again.featureNames, again.objective, again.nRounds]).toEqual([X.columnNames, "poisson", 4]);
  }
});

test("a LightGBM model ends as the library writes it, with a whole line", async () => {
  const lightgbm = await fitLightGbmClassifier(X, classes, options);
  expect(new TextDecoder().decode(lightgbm.toBytes())).toMatch(/\nend of parameters\n+$/);
});

test("a truncated file is an error at any length, and never read past its end", async () => {
  const xgboost = await fitXGBoostClassifier(X, classes, options);
  for (const bytes of [xgboost.toBytes(), xgboost.toBytes({ format: "json" })]) {
    for (let length = 0; length < bytes.length; length += 97) {
      expect(() => loadXGBoostClassifier(bytes.subarray(0, length))).toThrow(SyntaxError);
    }
    expect(() => loadXGBoostClassifier(bytes.subarray(0, -1))).toThrow(
      `Cannot load an XGBoost model: it is truncated or damaged (${bytes.length - 1} bytes); save it again`,
    );
  }
  const lightgbm = (await fitLightGbmClassifier(X, classes, options)).toBytes();
  const whole = new TextDecoder().decode(lightgbm).indexOf("end of trees") + "end of trees".length;
  for (let length = 0; length < whole; length += 97) {
    expect(() => loadLightGbmClassifier(lightgbm.subarray(0, length))).toThrow(SyntaxError);
  }
  expect(() => loadLightGbmClassifier(lightgbm.subarray(0, whole - 1))).toThrow(
    `Cannot load a LightGBM model: it is truncated (${whole - 1} bytes without "end of trees"); save it again`,
  );
});

test.each([
  ["nothing", ""],
  ["prose", "a model"],
  ["other JSON", '{"kind": "logistic"}'],
  ["a page", "<html></html>"],
])("a file of another kind is refused: %s", (_, content) => {
  const what = content ? "the bytes are of another kind" : "there are no bytes";
  expect(() => loadXGBoostClassifier(text(content))).toThrow(
    new SyntaxError(`Cannot load an XGBoost model: ${what}; expected a model saved by XGBoost as JSON or UBJSON`),
  );
  expect(() => loadLightGbmClassifier(text(content))).toThrow(
    new SyntaxError(`Cannot load a LightGBM model: ${what}; expected a text model saved by LightGBM`),
  );
});

test("JSON that only looks like a model is refused with the library's words", () => {
  expect(() => loadXGBoostClassifier(text('{"learner": {}, "version": [3, 2, 0]}'))).toThrow(
    /^Cannot load an XGBoost model: it is damaged \(.+\); save the model again$/,
  );
});

test("loading rejects a model with another objective", async () => {
  const classifier = await fitXGBoostClassifier(X, classes, options);
  const regressor = await fitXGBoostRegressor(X, counts, { ...options, objective: "poisson" });
  expect(() => loadXGBoostRegressor(classifier.toBytes())).toThrow(
    'Cannot load an XGBoost model: its objective is "binary:logistic"; expected one of reg:squarederror, count:poisson',
  );
  expect(() => loadXGBoostClassifier(regressor.toBytes())).toThrow(
    'Cannot load an XGBoost model: its objective is "count:poisson"; expected one of binary:logistic',
  );
  const lightgbm = await fitLightGbmClassifier(X, classes, options);
  expect(() => loadLightGbmRegressor(lightgbm.toBytes())).toThrow(
    'Cannot load a LightGBM model: its objective is "binary"; expected one of regression, poisson, tweedie, gamma',
  );
  expect(() => loadXGBoostClassifier(lightgbm.toBytes())).toThrow("the bytes are of another kind");
});

test("UBJSON ends where its container does", () => {
  const bytes = (...parts: (string | number)[]) =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : [...Buffer.from(part)])));
  const end = (value: Uint8Array) => ubjsonEnd(value);
  expect(end(bytes("{i", 1, "aZi", 1, "bT}"))).toBe(10);
  expect(end(bytes("[SU", 2, "hiI", 1, 2, "]"))).toBe(10);
  expect(end(bytes("[$d#i", 2, 0, 0, 0, 0, 0, 0, 0, 0))).toBe(14);
  expect(end(bytes("[#i", 2, "i", 1, "i", 2))).toBe(8);
  expect(end(bytes("[$d#i", 2, 0, 0, 0, 0, 0, 0, 0))).toBe(-1);
  expect(end(bytes("{i", 1, "a"))).toBe(-1);
  expect(end(bytes("[x]"))).toBe(-1);
  expect(end(bytes())).toBe(-1);
});

test("JSON ends where its braces do, whatever its texts hold", () => {
  const model = '{"a": "}\\"]", "b": [1, NaN]}';
  expect(jsonEnd(text(`${model} `))).toBe(model.length);
  expect(jsonEnd(text('{"a": [1, 2}'))).toBe(-1);
  expect(jsonEnd(text('{"a": "}'))).toBe(-1);
});
