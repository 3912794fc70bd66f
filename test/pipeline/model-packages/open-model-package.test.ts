import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { applyCalibrator, fitIsotonic } from "../../../src/calibration/index.js";
import { matrixFromColumns } from "../../../src/matrix/index.js";
import { type Classifier, fitLogisticRegression, fitXGBoostClassifier } from "../../../src/models/index.js";
import {
  championOf,
  openModelPackage,
  packageModel,
  packageSegmentation,
  writeModelPackage,
} from "../../../src/pipeline/index.js";
import { fitFeatureScaler, predictClusters } from "../../../src/segmentation/index.js";
import { createMlflowClient } from "../../../src/tracking/index.js";
import { exampleModel } from "../../segmentation/example-model.js";
import { sendJson, startStubServer } from "../../tracking/stub-server.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rekindle-packages-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const X = matrixFromColumns({
  recency_days: Array.from({ length: 200 }, (_, i) => (i * 37) % 300),
  frequency: Array.from({ length: 200 }, (_, i) => 1 + ((i * 13) % 11)),
});
const y = Array.from({ length: 200 }, (_, i) => ((i * 37) % 300 > 20 * ((i * 29) % 17) ? 1 : 0));
const logistic = fitLogisticRegression(X, y);
const ready = packageModel(logistic, { inputExample: X });

describe("openModelPackage", () => {
  let place: string;
  let serial = 0;
  beforeEach(async () => {
    place = join(folder, `model-${++serial}`);
    await writeModelPackage(place, ready);
  });
  const changeCard = async (change: object) => {
    const path = join(place, "rekindle.json");
    await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, "utf8")), ...change }));
  };

  test("a calibrated model predicts calibrated probabilities, and needs its columns in no order", async () => {
    const model = await fitXGBoostClassifier(X, y, { seed: 7, nRounds: 20 });
    const calibrator = fitIsotonic(model.predictProba(X), y);
    await writeModelPackage(place, packageModel(model, { inputExample: X, calibrator }));
    const opened = await openModelPackage(place);
    const expected = applyCalibrator(calibrator, model.predictProba(X));
    expect(opened.predict(X)).toEqual(expected);
    const frequency = X.data.filter((_, i) => i % 2 === 1);
    const turned = matrixFromColumns({ age: frequency, frequency, recency_days: X.data.filter((_, i) => i % 2 === 0) });
    expect(opened.predict(turned)).toEqual(expected);
    expect(opened).toMatchObject({
      kind: "xgboost",
      predicts: "probability",
      featureNames: ["recency_days", "frequency"],
    });
    opened.close();
    model.close();
  });

  test("segments have their numbers and names", async () => {
    const columns = { orders: [1, 1, 20, 20] };
    const model = exampleModel({ scaler: fitFeatureScaler(columns), names: ["Champions", "Lost"] });
    await writeModelPackage(place, packageSegmentation(model, { inputExample: columns }));
    const opened = await openModelPackage(place);
    expect(Array.from(opened.predict(matrixFromColumns(columns)))).toEqual(Array.from(predictClusters(model, columns)));
    expect(opened.clusterNames).toEqual(["Champions", "Lost"]);
  });

  test("columns that are missing are named", async () => {
    const opened = await openModelPackage(place);
    expect(() => opened.predict(matrixFromColumns({ frequency: [1] }))).toThrow(
      'Cannot predict: X lacks "recency_days"; expected the columns "recency_days", "frequency"',
    );
  });

  test("a folder without a package, a changed file and a missing one are refused", async () => {
    await expect(openModelPackage(folder)).rejects.toThrow(
      `Cannot open the model in "${folder}": there is no rekindle.json; expected a model that Rekindle packaged`,
    );
    await writeFile(join(place, "model.json"), "{}");
    await expect(openModelPackage(place)).rejects.toThrow(
      /: the sha256 of model.json is 44136fa355b3…, not [0-9a-f]{12}…/,
    );
    await rm(join(place, "model.json"));
    await expect(openModelPackage(place)).rejects.toThrow("model.json is missing; package the model again");
  });

  test("a damaged card, an unknown kind and other features are refused", async () => {
    await changeCard({ kind: "oracle" });
    await expect(openModelPackage(place)).rejects.toThrow(
      'its kind is "oracle"; expected xgboost, lightgbm, logistic,',
    );
    await changeCard({ kind: "beta-geo" });
    await expect(openModelPackage(place)).rejects.toThrow('its kind is "logistic" and its horizon undefined');
    await changeCard({ kind: "xgboost" });
    await expect(openModelPackage(place)).rejects.toThrow("Cannot load an XGBoost model");
    await changeCard({ kind: "logistic", features: ["frequency", "recency_days"] });
    await expect(openModelPackage(place)).rejects.toThrow(
      "its features are recency_days, frequency, and the package states frequency, recency_days",
    );
    await changeCard({ data: "../model-1/model.json" });
    await expect(openModelPackage(place)).rejects.toThrow("rekindle.json is damaged; package the model again");
    await writeFile(join(place, "rekindle.json"), "{");
    await expect(openModelPackage(place)).rejects.toThrow("rekindle.json is damaged; package the model again");
  });
});

describe("championOf", () => {
  test("from a folder: the model that was written, or one line that names the champion", async () => {
    const place = join(folder, "champion");
    await writeModelPackage(place, ready);
    const champion = await championOf("shop-churn", { folder: place });
    expect(champion).toMatchObject({ name: "shop-churn", version: undefined });
    expect(champion.predict(X)).toEqual(logistic.predictProba(X));
    await expect(championOf("shop-churn", { folder: `${place}-of-nobody` })).rejects.toThrow(
      `Cannot open the champion of "shop-churn" in "${place}-of-nobody": there is no rekindle.json`,
    );
  });

  test("a server that fails is the server's error, not the model's", async () => {
    const server = await startStubServer((_, response) => sendJson(response, 403, { error_code: "PERMISSION_DENIED" }));
    const client = createMlflowClient({ trackingUri: server.url, retries: 0 });
    await expect(championOf("shop-churn", { client, cache: folder })).rejects.toMatchObject({ name: "TrackingError" });
    await server.close();
  });
});

test("a classifier of any kind fits the interface; only kinds with a loader are packaged", () => {
  const even: Classifier = {
    kind: "even",
    featureNames: ["frequency"],
    predictProba: ({ nRows }) => new Float64Array(nRows).fill(0.5),
    toJSON: () => ({}),
  };
  const inputExample = matrixFromColumns({ frequency: [1] });
  expect(() => packageModel(even as never, { inputExample })).toThrow(
    'Cannot package the model: its kind is "even"; expected "xgboost", "lightgbm" or "logistic"',
  );
});
