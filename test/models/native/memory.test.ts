import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  fitLightGbmClassifier,
  fitLightGbmRegressor,
  fitRandomForestClassifier,
  fitXGBoostClassifier,
  fitXGBoostRegressor,
  loadLightGbmClassifier,
  loadXGBoostClassifier,
} from "../../../src/models/index.js";
import { openLightGbm } from "../../../src/models/native/lightgbm-library.js";
import { NativeHandle } from "../../../src/models/native/native-handle.js";
import { openXGBoost } from "../../../src/models/native/xgboost-library.js";
import { labelsFor, makeProblem } from "../../golden/boosting-problems.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const { X, mean } = makeProblem(2000, 1);
const row = { ...X, nRows: 1, data: X.data.subarray(0, X.nCols) };
const few = { ...X, nRows: 10, data: X.data.subarray(0, 10 * X.nCols) };
const classes = labelsFor("classes", mean, 2);
const options = { seed: 1, nRounds: 2, threads: 1 };

afterEach(() => {
  vi.restoreAllMocks();
});

/** What the library's functions made meanwhile, each as "<what frees it> <address>", and what was freed. */
async function ledgerOf(
  { functions }: { readonly functions: object },
  makers: Readonly<Record<string, string>>,
  use: () => Promise<void>,
): Promise<{ made: string[]; freed: string[] }> {
  const library = functions as Record<string, (...values: unknown[]) => number>;
  const callsOf = (name: string) => vi.spyOn(library, name).mock.calls;
  // What makes something gives its address in its last argument.
  const made = Object.entries(makers).map(([name, freer]) => [freer, callsOf(name)] as const);
  const freed = [...new Set(Object.values(makers))].map((name) => [name, callsOf(name)] as const);
  await use();
  return {
    made: made.flatMap(([freer, calls]) => calls.map((values) => `${freer} ${(values.at(-1) as [bigint])[0]}`)).sort(),
    freed: freed.flatMap(([freer, calls]) => calls.map(([address]) => `${freer} ${address}`)).sort(),
  };
}

const validation = { X: few, y: [0, 1, 0, 1, 0, 1, 0, 1, 0, 1] };
const failing = {
  ...options,
  validation,
  onRound: () => {
    throw new Error("enough");
  },
};

describe("all that the library made is freed, once", () => {
  const makers = { matrixFromDense: "matrixFree", proxyCreate: "matrixFree", create: "free", slice: "free" };
  test.each<[string, number, () => Promise<void>]>([
    ["a fit", 3, async () => (await fitXGBoostClassifier(X, classes, options)).close()],
    [
      "a fit that stops early, with a cut and with DART's best bytes",
      9,
      async () => {
        const stopping = { ...options, nRounds: 60, learningRate: 1, validation, earlyStoppingRounds: 2 };
        const model = await fitXGBoostClassifier(X, classes, stopping);
        expect(model.nRounds).toBeLessThan(model.history.length);
        model.close();
        (await fitXGBoostClassifier(X, classes, { ...stopping, booster: "dart" })).close();
      },
    ],
    ["a failed fit", 3, async () => expect(fitXGBoostClassifier(X, classes, failing)).rejects.toThrow("enough")],
    ["a forest", 3, async () => (await fitRandomForestClassifier(X, classes, { seed: 1, nTrees: 2 })).close()],
    [
      "predictions of every kind",
      10,
      async () => {
        const model = await fitXGBoostClassifier(X, classes, options);
        const loaded = loadXGBoostClassifier(model.toBytes());
        for (const table of [X, row, row]) loaded.predictProba(table);
        loaded.predictProba(few, { baseMargin: new Float64Array(10) });
        loaded.leaves(few);
        await loaded.contributions(few);
        await loaded.interactions(few);
        model.predictMargin(row);
        loaded.close();
        model.close();
      },
    ],
    [
      "a broken file",
      1,
      async () => {
        const broken = new TextEncoder().encode('{"learner": {}, "version": [3, 2, 0]}');
        expect(() => loadXGBoostClassifier(broken)).toThrow("damaged");
      },
    ],
  ])("by XGBoost: %s", async (_, nMade, use) => {
    const { made, freed } = await ledgerOf(openXGBoost(), makers, use);
    expect(freed).toEqual(made);
    expect(made).toHaveLength(nMade);
  });

  const lightgbmMakers = {
    datasetFromMat: "datasetFree",
    create: "free",
    loadFromString: "free",
    singleRowInit: "singleRowFree",
  };
  test.each<[string, number, () => Promise<void>]>([
    ["a fit", 3, async () => (await fitLightGbmClassifier(X, classes, options)).close()],
    ["a failed fit", 3, async () => expect(fitLightGbmClassifier(X, classes, failing)).rejects.toThrow("enough")],
    [
      "predictions of every kind",
      7,
      async () => {
        const model = await fitLightGbmClassifier(X, classes, options);
        const loaded = loadLightGbmClassifier(model.toBytes());
        // One row at a time has settings of its own, by what is asked and by the width of the floats.
        for (const table of [X, row, row]) loaded.predictProba(table);
        loaded.predictProba({ ...row, data: Float32Array.from(row.data) });
        loaded.predictMargin(row);
        loaded.leaves(few);
        await loaded.contributions(few);
        loaded.close();
        model.close();
      },
    ],
  ])("by LightGBM: %s", async (_, nMade, use) => {
    const { made, freed } = await ledgerOf(openLightGbm(), lightgbmMakers, use);
    expect(freed).toEqual(made);
    expect(made).toHaveLength(nMade);
  });
});

/** Resident memory in MB after 50 and after 300 fits. */
async function memoryOf(train: () => Promise<void>): Promise<[number, number]> {
  const resident: number[] = [];
  for (let i = 1; i <= 300; ++i) {
    await train();
    if (i % 50 === 0) {
      // What was forgotten is freed some time after it was collected.
      collectGarbage();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    if (i === 50 || i === 300) resident.push(process.memoryUsage.rss() / 2 ** 20);
  }
  return [resident[0], resident[1]];
}

/** Fits, and what is done with the model. */
const uses: Record<string, () => Promise<void>> = {
  "XGBoost, closed": async () => {
    const model = await fitXGBoostClassifier(X, classes, { ...options, validation: { X, y: classes } });
    model.predictProba(X);
    await model.contributions(few);
    model.close();
  },
  "XGBoost, forgotten": async () => {
    (await fitXGBoostRegressor(X, mean, options)).predict(X);
  },
  "LightGBM, closed": async () => {
    const model = await fitLightGbmRegressor(X, mean, { ...options, validation: { X, y: mean } });
    model.predict(row);
    model.close();
  },
  "LightGBM, forgotten": async () => {
    (await fitLightGbmRegressor(X, mean, options)).predict(row);
  },
};

test.each(Object.entries(uses))(
  "%s: memory after fit 300 is within a twentieth of that after fit 50",
  async (_, use) => {
    const [after50, after300] = await memoryOf(use);
    expect(after300).toBeLessThan(1.05 * after50);
  },
);

test("a handle is freed once and cannot be used afterwards", () => {
  const freed: bigint[] = [];
  const handle = new NativeHandle("thing", 7n, (address) => freed.push(address));
  expect(handle.address).toBe(7n);
  handle.close();
  handle.close();
  expect(freed).toEqual([7n]);
  expect(() => handle.address).toThrow(
    new TypeError("Cannot use this thing: it was closed before; load or fit it again"),
  );
});

test("an unclosed handle is freed by the garbage collector", async () => {
  const freed: bigint[] = [];
  (() => new NativeHandle("thing", 8n, (address) => freed.push(address)))();
  for (let i = 0; i < 50 && !freed.length; ++i) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(freed).toEqual([8n]);
});

test("using a closed model is an error", async () => {
  const model = await fitXGBoostClassifier(X, classes, options);
  model[Symbol.dispose]();
  model.close();
  expect(() => model.predictProba(X)).toThrow("Cannot use this XGBoost model: it was closed before");
  const other = await fitLightGbmRegressor(X, mean, options);
  other[Symbol.dispose]();
  expect(() => other.predict(X)).toThrow("Cannot use this LightGBM model: it was closed before");
});
