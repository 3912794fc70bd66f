import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as calibration from "../../src/calibration/index.js";
import * as charts from "../../src/charts/index.js";
import * as cleaning from "../../src/cleaning/index.js";
import * as datasets from "../../src/datasets/index.js";
import * as engine from "../../src/engine/index.js";
import { requireKnownOptions } from "../../src/errors.js";
import * as evaluation from "../../src/evaluation/index.js";
import * as features from "../../src/features/index.js";
import * as matrix from "../../src/matrix/index.js";
import * as models from "../../src/models/index.js";
import * as numeric from "../../src/numeric/index.js";
import * as pipeline from "../../src/pipeline/index.js";
import * as progress from "../../src/progress/index.js";
import * as reports from "../../src/reports/index.js";
import * as schema from "../../src/schema/index.js";
import * as segmentation from "../../src/segmentation/index.js";
import * as storage from "../../src/storage/index.js";
import * as strategy from "../../src/strategy/index.js";
import * as table from "../../src/table/index.js";
import * as text from "../../src/text/index.js";
import * as tracking from "../../src/tracking/index.js";
import { functionsWithOptions } from "../checks/option-functions.js";
import { CASES, METHODS, NO_OPTIONS } from "./option-cases.js";

/** Modules whose functions check their options where the arguments already make sense: one case each. */
const MODULES: Record<string, Record<string, unknown>> = { numeric, matrix, calibration, evaluation, models };
const ALL = [...Object.values(CASES).flatMap((cases) => Object.entries(cases)), ...Object.entries(METHODS)];

/** Stands for an argument that is not looked at, however it is taken apart. */
const ANYTHING: object = new Proxy({}, { get: () => ANYTHING });

/** The functions of `pipeline` that notebooks call; options of stages and of the command line have a schema. */
const OF_NOTEBOOKS = {
  openSession: pipeline.openSession,
  createStageContext: pipeline.createStageContext,
  runStage: pipeline.runStage,
  runStages: pipeline.runStages,
  runNotebooks: pipeline.runNotebooks,
  backtestObservations: pipeline.backtestObservations,
  observeCandidateRows: pipeline.observeCandidateRows,
  xgboostClassifierCandidate: pipeline.xgboostClassifierCandidate,
  xgboostRegressorCandidate: pipeline.xgboostRegressorCandidate,
  lightGbmClassifierCandidate: pipeline.lightGbmClassifierCandidate,
  lightGbmRegressorCandidate: pipeline.lightGbmRegressorCandidate,
  logisticCandidate: pipeline.logisticCandidate,
  columnCandidate: pipeline.columnCandidate,
  meanCandidate: pipeline.meanCandidate,
  purchaseCandidate: pipeline.purchaseCandidate,
  packageModel: pipeline.packageModel,
  packagePurchaseModel: pipeline.packagePurchaseModel,
  packageSegmentation: pipeline.packageSegmentation,
};

/** Modules whose functions check their options first, so that the other arguments do not matter. */
const CHECKED_FIRST: Record<string, Record<string, unknown>> = {
  features,
  pipeline: OF_NOTEBOOKS,
  segmentation,
  strategy,
  tracking,
  charts,
  table,
  reports,
  cleaning,
  datasets,
  engine,
  progress,
  schema,
  storage,
  text,
};
const FIRST = Object.entries(CHECKED_FIRST).flatMap(([module, exports]) =>
  functionsWithOptions(`src/${module}`, Object.keys(exports))
    .filter(({ name }) => !(name in NO_OPTIONS))
    .map(({ name, index }) => [`${module}.${name}`, exports[name] as (...all: unknown[]) => unknown, index] as const),
);

test.each(Object.keys(CASES))("%s: every exported function with options is tested here", (module) => {
  const names = functionsWithOptions(`src/${module}`, Object.keys(MODULES[module]!)).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(1);
  expect(names.filter((name) => !(name in CASES[module]!) && !(name in NO_OPTIONS))).toEqual([]);
});

test("every module with functions that take options is tested here", () => {
  const public_ = readFileSync("src/index.ts", "utf8").matchAll(/export \* as (\w+) /g);
  const tested = [...Object.keys(MODULES), ...Object.keys(CHECKED_FIRST)];
  expect([...public_].map(([, name]) => name).sort()).toEqual(tested.sort());
});

test("exemptions: each names a function that the search would find", () => {
  const found = Object.entries({ ...MODULES, ...CHECKED_FIRST }).flatMap(([module, exports]) =>
    functionsWithOptions(`src/${module}`, Object.keys(exports)).map(({ name }) => name),
  );
  expect(Object.keys(NO_OPTIONS).filter((name) => !found.includes(name))).toEqual([]);
});

test.each(FIRST)("%s: an unknown option is an error, before anything else is looked at", async (_, call, index) => {
  const others = Array.from({ length: index }, () => ANYTHING);
  const run = async () => call(...others, { quiteUnknown: 1 }, ANYTHING, ANYTHING);
  await expect(run()).rejects.toThrow(/^Cannot .+: unknown option "quiteUnknown"; expected one of \w+/);
  await expect(run()).rejects.toThrow(TypeError);
});

test.each([
  [
    "weights of a budget",
    () => strategy.allocateBudget(1, [], { weights: { ...strategy.priorityWeights, Hgh: 1 } as never }),
    "High",
  ],
  [
    "rows left out of a table",
    () => table.renderText({ columns: [], rows: [] }, { more: { rows: 0, columns: 0, row: 1 } as never }),
    "rows",
  ],
  [
    "context of runs",
    () =>
      tracking.openTracker({
        client: undefined,
        queueFolder: "",
        now: () => 0,
        warn: () => {},
        context: { users: "a" } as never,
      }),
    "user",
  ],
  ["layout of a picture", () => charts.renderPng({} as never, { widht: 400 } as never), "width"],
  ["conventions of a table", () => table.createTable({ columns: [], rows: [] }, { local: "de" } as never), "locale"],
])("nested and passed options: %s", async (_, call, near) => {
  await expect((async () => call())()).rejects.toThrow(`did you mean "${near}"?`);
});

const offline = tracking.createMlflowClient({
  trackingUri: "http://127.0.0.1:9",
  fetch: () => Promise.reject(new Error("a request was sent")),
});
const REQUESTS: Record<string, (options: never) => Promise<unknown>> = {
  "experiments.create": (o) => offline.experiments.create("a", o),
  "experiments.getOrCreate": (o) => offline.experiments.getOrCreate("a", o),
  "experiments.search": (o) => offline.experiments.search(o),
  "runs.search": (o) => offline.runs.search([], o),
  "registeredModels.create": (o) => offline.registeredModels.create("a", o),
  "registeredModels.search": (o) => offline.registeredModels.search(o),
  "registeredModels.searchVersions": (o) => offline.registeredModels.searchVersions(o),
  "loggedModels.search": (o) => offline.loggedModels.search([], o),
};

test.each(Object.entries(REQUESTS))("client.%s: an unknown option is refused before a request", async (_, call) => {
  await expect(call({ quiteUnknown: 1 } as never)).rejects.toThrow(/^Cannot .+: unknown option "quiteUnknown"/);
});

test("runs: an unknown option of a run, a metric or a model is refused", async () => {
  const queueFolder = mkdtempSync(join(tmpdir(), "rekindle-options-"));
  try {
    const tracker = tracking.openTracker({ client: undefined, queueFolder, now: () => 0, warn: () => {} });
    const unknown = { quiteUnknown: 1 } as never;
    const refused = (what: string) => `Cannot ${what}: unknown option "quiteUnknown"`;
    await expect(tracker.startRun("a", "b", unknown)).rejects.toThrow(refused("start a run"));
    const run = await tracker.startRun("a", "b");
    await expect(run.child("c", unknown)).rejects.toThrow(refused("start a run"));
    await expect(run.logMetrics({}, unknown)).rejects.toThrow(refused("log metrics"));
    await expect(run.logModel({} as never, unknown)).rejects.toThrow(refused("log a model"));
    await run.end();
  } finally {
    rmSync(queueFolder, { recursive: true });
  }
});

describe.each(ALL)("%s", (_, [call, valid, option]) => {
  const run = async (options: unknown) => call(options as never);

  test("runs with its own options", async () => {
    await run(valid);
  });

  test("an unknown option is an error that suggests the nearest known one", async () => {
    const misspelled = `${option}s`;
    await expect(run({ ...valid, [misspelled]: 1 })).rejects.toThrow(
      new RegExp(`^Cannot .+: unknown option "${misspelled}"; did you mean "${option}"\\?$`),
    );
    await expect(run({ ...valid, [misspelled]: 1 })).rejects.toThrow(TypeError);
  });
});

test("fitXGBoostClassifier: { maxdepth: 3 } is an error that suggests maxDepth", async () => {
  const options = { seed: 7, maxdepth: 3 };
  await expect(
    models.fitXGBoostClassifier({ nRows: 2, nCols: 1, data: Float64Array.of(1, 2) }, [0, 1], options),
  ).rejects.toThrow('Cannot fit XGBoost: unknown option "maxdepth"; did you mean "maxDepth"?');
});

test("requireKnownOptions: a name that is like no option lists the options", () => {
  const options = { quiet: true } as { seed?: number };
  expect(() => requireKnownOptions("split", options, { seed: true })).toThrow(
    'Cannot split: unknown option "quiet"; expected one of seed',
  );
});

test.each([
  [undefined, "the options are missing; expected an object"],
  [null, "the options are missing; expected an object"],
  [3, "the options are 3; expected an object"],
])("requireKnownOptions: %s is no options object", (options, message) => {
  expect(() => requireKnownOptions("split", options as never, {})).toThrow(new TypeError(`Cannot split: ${message}`));
});
