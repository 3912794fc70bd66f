import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyCalibrator, fitIsotonic } from "../../src/calibration/index.js";
import { type Matrix, matrixFromColumns } from "../../src/matrix/index.js";
import {
  expectedPurchases,
  fitBetaGeo,
  fitLightGbmRegressor,
  fitLogisticRegression,
  fitModifiedBetaGeo,
  fitRandomForestClassifier,
  fitXGBoostClassifier,
  fitXGBoostRegressor,
  probabilityNoOrder,
} from "../../src/models/index.js";
import { championOf } from "../../src/pipeline/model-packages/champion-of.js";
import { packageColumn } from "../../src/pipeline/model-packages/package-column.js";
import { packageModel } from "../../src/pipeline/model-packages/package-model.js";
import { packagePurchaseModel } from "../../src/pipeline/model-packages/package-purchase-model.js";
import { packageSegmentation } from "../../src/pipeline/model-packages/package-segmentation.js";
import { transformColumns } from "../../src/pipeline/model-packages/transform-columns.js";
import {
  fitFeatureScaler,
  predictClusters,
  type SegmentationModel,
  standardSegmentRules,
} from "../../src/segmentation/index.js";
import {
  createMlflowClient,
  type MlflowClient,
  type ModelPackage,
  modelAliases,
  openTracker,
  promoteChallenger,
  restoreChampion,
  syncQueue,
  withRun,
} from "../../src/tracking/index.js";
import { labelsFor, makeProblem } from "../golden/boosting-problems.js";
import { paretoNbdWith } from "../golden/models-with.js";
import { createMlflowServer, type MlflowServer, START_MS } from "./mlflow-server.js";

let server: MlflowServer;
let client: MlflowClient;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rekindle-models-"));
  server = await createMlflowServer();
  await server.start();
  client = createMlflowClient({ trackingUri: server.url });
}, START_MS);
afterAll(async () => {
  await server.remove();
  await rm(folder, { recursive: true, force: true });
});

interface Case {
  readonly uri: string;
  readonly flavor: "xgboost" | "lightgbm" | "own";
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (number | null)[])[];
}
interface Answer {
  readonly pyfunc: number[];
  readonly native?: number[];
  readonly names: string[] | null;
  readonly refusal: string | null;
  readonly example: string[] | null;
  readonly run: string;
}

async function askPython(cases: readonly Case[]): Promise<Answer[]> {
  const python = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));
  const child = spawn(python, [fileURLToPath(new URL("load-models.py", import.meta.url))]);
  child.stdin.end(JSON.stringify({ trackingUri: server.url, cases }));
  const [output, log] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (!output) throw new Error(`Cannot ask Python: ${log}`);
  return JSON.parse(output) as Answer[];
}

const rowsOf = ({ nRows, nCols, data }: Matrix) =>
  Array.from({ length: nRows }, (_, i) =>
    Array.from(data.subarray(i * nCols, (i + 1) * nCols), (cell) => (Number.isNaN(cell) ? null : cell)),
  );

const head = ({ nCols, data, columnNames }: Matrix, nRows: number): Matrix => ({
  nRows,
  nCols,
  data: data.slice(0, nRows * nCols),
  ...(columnNames ? { columnNames } : {}),
});

const tracker = () => openTracker({ client, queueFolder: join(folder, "queue"), now: Date.now, warn: () => {} });

const { X, mean } = makeProblem(500, 3);
const classes = labelsFor("classes", mean, 4);
const complete = matrixFromColumns({
  recency_days: Array.from({ length: 200 }, (_, i) => (i * 37) % 300),
  frequency: Array.from({ length: 200 }, (_, i) => 1 + ((i * 13) % 11)),
});
const left = Array.from({ length: 200 }, (_, i) => ((i * 37) % 300 > 20 * ((i * 29) % 17) ? 1 : 0));
const histories = { x: [2, 1, 0, 3, 0, 1], t_x: [30.4, 1.7, 0, 20.1, 0, 9.4], T: [38.9, 38.9, 38, 37.4, 35, 30.3] };
const horizon = { value: 39, unit: "weeks" } as const;

type PackagedCase = readonly [string, Case["flavor"], ModelPackage, Matrix, Float64Array];

/** Registers the packages and compares what Python and championOf predict with what was fitted. */
async function expectEqualPredictions(cases: readonly PackagedCase[]): Promise<void> {
  const { runId, models } = await withRun(tracker(), "models", "train", async (run) => {
    const handles = [];
    for (const [name, , model] of cases) {
      handles.push(await run.logModel(model, { name, registerAs: `test-${name}`, aliases: ["champion"] }));
    }
    await run.flush();
    return { runId: run.id, models: handles };
  });
  expect(models.map(({ version }) => version)).toEqual(cases.map(() => "1"));
  const { outputModelIds } = await client.runs.get(runId as string);
  expect([...outputModelIds].sort()).toEqual(models.map(({ modelId }) => modelId).sort());

  const asked = cases.map(([name, flavor, , table]) => ({
    uri: `models:/test-${name}@champion`,
    flavor,
    columns: table.columnNames ?? [],
    rows: rowsOf(table),
  }));
  const answers = await askPython(asked);
  cases.forEach(([name, flavor, , table, expected], i) => {
    const { pyfunc, native, refusal, example: shown, run } = answers[i];
    const within = (values: readonly number[]) =>
      Math.max(...values.map((value, row) => Math.abs(value - expected[row]) / Math.max(1, Math.abs(expected[row]))));
    expect(pyfunc.length, name).toBe(table.nRows);
    expect(within(pyfunc), name).toBeLessThan(1e-6);
    if (flavor !== "own") expect(within(native ?? []), name).toBeLessThan(1e-6);
    expect(native !== undefined, name).toBe(flavor !== "own");
    expect(refusal, name).toMatch(/missing inputs/);
    expect(shown, name).toEqual(table.columnNames);
    expect(run).toBe(runId);
  });
  for (const [name, , , table, expected] of cases) {
    const champion = await championOf(`test-${name}`, { client, cache: folder });
    expect(champion, name).toMatchObject({ name: `test-${name}`, version: "1", featureNames: table.columnNames });
    expect(champion.predict(table), name).toEqual(expected);
    champion.close();
  }
}

test("Python predicts the same numbers from every kind of model that TypeScript logs", {
  timeout: START_MS,
}, async () => {
  const options = { seed: 5, nRounds: 20 };
  const xgboost = await fitXGBoostClassifier(X, classes, options);
  const categorical = await fitXGBoostClassifier(X, classes, { ...options, categorical: ["segment"] });
  const forest = await fitRandomForestClassifier(X, classes, { seed: 5, nTrees: 30 });
  const lightgbm = await fitLightGbmRegressor(X, labelsFor("tweedie", mean, 6), { ...options, objective: "tweedie" });
  const logistic = fitLogisticRegression(complete, left);
  const isotonic = fitIsotonic(xgboost.predictProba(X), classes);
  const betaGeo = fitBetaGeo(histories, { unit: "weeks" });
  const modified = fitModifiedBetaGeo(histories, { unit: "weeks" });
  const example = head(X, 5);
  const purchases = matrixFromColumns(histories);
  const cases: readonly PackagedCase[] = [
    ["xgboost", "xgboost", packageModel(xgboost, { inputExample: example }), X, xgboost.predictProba(X)],
    ["categorical", "xgboost", packageModel(categorical, { inputExample: example }), X, categorical.predictProba(X)],
    ["forest", "xgboost", packageModel(forest, { inputExample: example }), X, forest.predictProba(X)],
    ["lightgbm", "lightgbm", packageModel(lightgbm, { inputExample: example }), X, lightgbm.predict(X)],
    [
      "calibrated",
      "own",
      packageModel(xgboost, { inputExample: example, calibrator: isotonic }),
      X,
      applyCalibrator(isotonic, xgboost.predictProba(X)),
    ],
    [
      "logistic",
      "own",
      packageModel(logistic, { inputExample: head(complete, 3) }),
      complete,
      logistic.predictProba(complete),
    ],
    [
      "beta-geo",
      "own",
      packagePurchaseModel(betaGeo, { horizon }),
      purchases,
      expectedPurchases(betaGeo, histories, horizon),
    ],
    [
      "modified",
      "own",
      packagePurchaseModel(modified, { horizon }),
      purchases,
      expectedPurchases(modified, histories, horizon),
    ],
  ];
  await expectEqualPredictions(cases);
});

test("Python predicts the same numbers from silent customers, columns, amounts and logarithms", {
  timeout: START_MS,
}, async () => {
  const betaGeo = fitBetaGeo(histories, { unit: "weeks" });
  const modified = fitModifiedBetaGeo(histories, { unit: "weeks" });
  // Six customers leave r and alpha without a bound, where TypeScript itself keeps five digits.
  const pareto = paretoNbdWith({ r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 });
  const spend = await fitXGBoostRegressor(X, labelsFor("tweedie", mean, 6), {
    seed: 5,
    nRounds: 20,
    objective: "tweedie",
  });
  const gaps = matrixFromColumns({
    recency_days: Array.from({ length: 200 }, (_, i) => (i % 7 === 0 ? Number.NaN : (i * 37) % 300)),
    balance: Array.from({ length: 200 }, (_, i) => ((i * 13) % 11) - 5),
  });
  const frequencies = matrixFromColumns({ frequency: [0, 2, 7] });
  const logarithmic = fitLogisticRegression(transformColumns(gaps), left);
  const example = head(X, 5);
  const purchases = matrixFromColumns(histories);
  await expectEqualPredictions([
    ...([betaGeo, modified, pareto] as const).map(
      (model) =>
        [
          `${model.kind}-silent`,
          "own" as const,
          packagePurchaseModel(model, { horizon, predicts: "no-order" }),
          purchases,
          probabilityNoOrder(model, histories, horizon),
        ] as const,
    ),
    [
      "pareto",
      "own",
      packagePurchaseModel(pareto, { horizon }),
      purchases,
      expectedPurchases(pareto, histories, horizon),
    ],
    [
      "column",
      "own",
      packageColumn({ kind: "column", column: "frequency", factor: 3 }),
      frequencies,
      frequencies.data.map((orders) => 3 * orders),
    ],
    ["spend", "xgboost", packageModel(spend, { inputExample: example }), X, spend.predict(X)],
    [
      "logarithmic",
      "own",
      packageModel(logarithmic, { inputExample: head(gaps, 3), transform: "signed-log1p" }),
      gaps,
      logarithmic.predictProba(transformColumns(gaps)),
    ],
  ]);
});

test("Python puts customers into the segments that TypeScript puts them into, the first of two as near", async () => {
  // Amounts below nothing, as returns leave them; a feature that is no logarithm; weights; and two
  // centroids that are the same.
  const columns = {
    monetary: Float64Array.from({ length: 400 }, (_, i) => ((i * 7919) % 4001) - 350),
    engagement: Float64Array.from({ length: 400 }, (_, i) => ((i * 104_729) % 997) / 997),
    orders: Float64Array.from({ length: 400 }, (_, i) => 1 + ((i * 31) % 17)),
  };
  const model: SegmentationModel = {
    ...{ dataset: "made", asOf: "2025-12-31", minOrders: 1 },
    scaler: fitFeatureScaler(columns, { logarithmic: ["monetary", "orders"], weights: { engagement: 2 } }),
    centroids: [
      [1, 1.5, 0.5],
      [-2, 0.5, -1],
      [0.3, -1.5, 0],
      [0.3, -1.5, 0],
    ],
    names: ["Champions", "At Risk", "Promising", "Promising · the same"],
    rules: standardSegmentRules,
    metrics: {},
  };
  const expected = Array.from(predictClusters(model, columns));
  expect([...new Set(expected)].sort()).toEqual([0, 1, 2]);
  await withRun(tracker(), "models", "segment", async (run) => {
    const few = Object.entries(columns).map(([name, values]) => [name, values.slice(0, 2)]);
    const inputExample = Object.fromEntries(few) as typeof columns;
    const asChampion = { registerAs: "test-segments", aliases: ["champion"] };
    await run.logModel(packageSegmentation(model, { inputExample }), asChampion);
    await run.flush();
  });
  const table = matrixFromColumns(columns);
  const asked = { uri: "models:/test-segments/1", flavor: "own", columns: table.columnNames ?? [] } as const;
  const [answer] = await askPython([{ ...asked, rows: rowsOf(table) }]);
  expect(answer.pyfunc).toEqual(expected);
  expect(answer.names).toEqual(expected.map((segment) => model.names[segment]));
  expect(answer.refusal).toMatch(/missing inputs/);
  expect(answer.example).toEqual(["monetary", "engagement", "orders"]);
  const champion = await championOf("test-segments", { client, cache: folder });
  expect(Array.from(champion.predict(table))).toEqual(expected);
  expect(champion.clusterNames).toEqual(model.names);
  const { orders: _, ...without } = columns;
  expect(() => packageSegmentation(model, { inputExample: without })).toThrow(
    "Cannot package the segmentation: the example has the columns monetary, engagement; expected monetary, engagement, orders",
  );
});

test("a model that was logged without a server is sent by the next sync, once", async () => {
  const queueFolder = join(folder, "offline");
  const model = fitLogisticRegression(complete, left);
  const offline = openTracker({ client: undefined, queueFolder, now: Date.now, warn: () => {} });
  const handle = await withRun(offline, "models", "offline", (run) =>
    run.logModel(packageModel(model, { inputExample: head(complete, 3) }), { registerAs: "test-offline" }),
  );
  expect(handle).toMatchObject({ modelId: undefined, version: undefined });
  const problems: string[] = [];
  const options = { client, now: Date.now, warn: (line: string) => void problems.push(line) };
  expect(await syncQueue(queueFolder, options)).toMatchObject([{ pending: 0, problems: [] }]);
  expect(await syncQueue(queueFolder, options)).toEqual([]);
  expect(problems).toEqual([]);
  const versions = await client.registeredModels.searchVersions({ filter: "name = 'test-offline'" });
  expect(versions).toHaveLength(1);
  const [answer] = await askPython([
    { uri: "models:/test-offline/1", flavor: "own", columns: complete.columnNames ?? [], rows: rowsOf(complete) },
  ]);
  const expected = model.predictProba(complete);
  expect(Math.max(...answer.pyfunc.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(1e-12);
});

test("a challenger becomes champion, and the champion before it can come back", async () => {
  const registry = client.registeredModels;
  const log = (aliases: readonly string[]) =>
    withRun(tracker(), "models", "compete", (run) =>
      run.logModel(packageModel(fitLogisticRegression(complete, left), { inputExample: head(complete, 3) }), {
        registerAs: "test-duel",
        aliases,
      }),
    );
  await log(["champion"]);
  await expect(promoteChallenger(registry, "test-duel")).rejects.toThrow(
    'Cannot promote a version of "test-duel": none has the alias "challenger"',
  );
  await log(["challenger"]);
  expect(await modelAliases(registry, "test-duel")).toEqual({
    champion: "1",
    challenger: "2",
    previousChampion: undefined,
  });
  expect(await promoteChallenger(registry, "test-duel")).toEqual({
    champion: "2",
    challenger: undefined,
    previousChampion: "1",
  });
  expect(await restoreChampion(registry, "test-duel")).toEqual({
    champion: "1",
    challenger: undefined,
    previousChampion: undefined,
  });
  await expect(restoreChampion(registry, "test-duel")).rejects.toThrow('none has the alias "previous-champion"');
});

test("a champion that is not there or cannot be read is refused in one line", async () => {
  const source = { client, cache: folder };
  await expect(championOf("test-nobody", source)).rejects.toThrow(
    'Cannot open the champion of "test-nobody": the registry has no model of that name; train and register one',
  );
  const ready = packageModel(fitLogisticRegression(complete, left), { inputExample: head(complete, 3) });
  const { "rekindle.json": card, ...files } = ready.files;
  await withRun(tracker(), "models", "broken", async (run) => {
    await run.logModel(ready, { name: "plain", registerAs: "test-plain" });
    await run.logModel({ ...ready, files }, { name: "foreign", registerAs: "test-foreign", aliases: ["champion"] });
    const changed = { ...ready.files, "model.json": "{}" };
    const damaged = { ...ready, files: changed };
    await run.logModel(damaged, { name: "changed", registerAs: "test-changed", aliases: ["champion"] });
    await run.flush();
  });
  expect(card).toBeDefined();
  await expect(championOf("test-plain", source)).rejects.toThrow(
    'Cannot open the champion of "test-plain": no version has the alias "champion"; promote one',
  );
  await expect(championOf("test-foreign", source)).rejects.toThrow(
    /^Cannot open the champion of "test-foreign", version 1: its files are MLmodel, .*; expected a model that Rekindle packaged/,
  );
  await expect(championOf("test-changed", source)).rejects.toThrow(
    /^Cannot open the champion of "test-changed", version 1: the sha256 of model.json is 44136fa355b3…, not /,
  );
});

test("what cannot be packaged or named is refused in one line", async () => {
  const model = fitLogisticRegression(complete, left);
  const other = matrixFromColumns({ frequency: [1], recency_days: [2] });
  expect(() => packageModel(model, { inputExample: other })).toThrow(
    "Cannot package the model: the example has the columns frequency, recency_days; expected recency_days, frequency",
  );
  await withRun(tracker(), "models", "refuse", async (run) => {
    const ready = packageModel(model, { inputExample: head(complete, 1) });
    await expect(run.logModel(ready, { aliases: ["champion"] })).rejects.toThrow(
      'Cannot log model "model": the alias "champion" has no registered name; set registerAs',
    );
    await expect(run.logModel({ ...ready, files: { "../model": "x" } })).rejects.toThrow(
      '"../model" as an artifact path',
    );
  });
});
