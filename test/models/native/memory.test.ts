import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { fitLightGbmRegressor, fitXGBoostClassifier, fitXGBoostRegressor } from "../../../src/models/index.js";
import { NativeHandle } from "../../../src/models/native/native-handle.js";
import { labelsFor, makeProblem } from "../../golden/boosting-problems.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const { X, mean } = makeProblem(300, 1);
const classes = labelsFor("classes", mean, 2);
const options = { seed: 1, nRounds: 2, threads: 1 };

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
    await model.contributions({ ...X, nRows: 10, data: X.data.subarray(0, 10 * X.nCols) });
    model.close();
  },
  "XGBoost, forgotten": async () => {
    (await fitXGBoostRegressor(X, mean, options)).predict(X);
  },
  "LightGBM, closed": async () => {
    const model = await fitLightGbmRegressor(X, mean, options);
    model.predict({ ...X, nRows: 1, data: X.data.subarray(0, X.nCols) });
    model.close();
  },
};

test.each(Object.entries(uses))(
  "%s: memory after fit 300 is within a twentieth of that after fit 50",
  async (_, use) => {
    const [after50, after300] = await memoryOf(use);
    expect(after300).toBeLessThan(1.05 * after50);
  },
);

test("a handle is freed once, and refuses to be used after it", () => {
  const freed: bigint[] = [];
  const handle = new NativeHandle("thing", 7n, (address) => freed.push(address));
  expect(handle.address).toBe(7n);
  handle.close();
  handle.close();
  expect(freed).toEqual([7n]);
  expect(() => handle.address).toThrow(new TypeError("Cannot use this thing: it was closed before"));
});

test("a handle that nobody closed is freed by the collector", async () => {
  const freed: bigint[] = [];
  (() => new NativeHandle("thing", 8n, (address) => freed.push(address)))();
  for (let i = 0; i < 50 && !freed.length; ++i) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(freed).toEqual([8n]);
});

test("a closed model says so", async () => {
  const model = await fitXGBoostClassifier(X, classes, options);
  model[Symbol.dispose]();
  model.close();
  expect(() => model.predictProba(X)).toThrow("Cannot use this XGBoost model: it was closed before");
  const other = await fitLightGbmRegressor(X, mean, options);
  other[Symbol.dispose]();
  expect(() => other.predict(X)).toThrow("Cannot use this LightGBM model: it was closed before");
});
