import { describe, expect, test } from "vitest";
import type { Classifier, DenseMatrix } from "../../src/models/index.js";
import * as models from "../../src/models/index.js";
import { bernoulli, createRandom, integer, normal, shuffled } from "../../src/numeric/random.js";
import { logistic } from "../../src/numeric/stats.js";

// What holds of every classifier, on seeded rows. Columns have few distinct values, so that trees can put a cut between
// any two of them and weights move none.

interface Labelled {
  readonly X: DenseMatrix & { readonly columnNames: readonly string[] };
  readonly y: readonly number[];
}
interface Family {
  train(rows: Labelled, more?: { sampleWeight?: ArrayLike<number>; seed?: number }): Promise<Classifier>;
  load(model: unknown): Classifier;
  /** Trees see the order of the values alone; a line sees the values. */
  readonly isTrees: boolean;
  /** How far sums in another order may move a probability: 0 would be exact. */
  readonly rounding: number;
}

const trees = { isTrees: true, rounding: 1e-5 };
const textOf = (model: unknown) => new TextEncoder().encode((model as { model: string }).model);
const FAMILIES: Readonly<Record<string, Family>> = {
  fitXGBoostClassifier: {
    train: ({ X, y }, more) => models.fitXGBoostClassifier(X, y, { seed: 7, nRounds: 20, maxDepth: 3, ...more }),
    load: (model) => models.loadXGBoostClassifier(textOf(model)),
    ...trees,
  },
  fitLightGbmClassifier: {
    // It counts rows in leaves and bins, whatever they weigh.
    train: ({ X, y }, more) => {
      const parameters = { min_data_in_leaf: 1, min_data_in_bin: 1, min_sum_hessian_in_leaf: 1 };
      return models.fitLightGbmClassifier(X, y, { seed: 7, nRounds: 20, maxLeaves: 8, parameters, ...more });
    },
    load: (model) => models.loadLightGbmClassifier(textOf(model)),
    ...trees,
  },
  fitRandomForestClassifier: {
    // Without draws of rows, which depend on how many there are; the columns are drawn.
    train: ({ X, y }, more) => {
      return models.fitRandomForestClassifier(X, y, { seed: 7, nTrees: 20, maxDepth: 4, subsample: 1, ...more });
    },
    load: (model) => models.loadXGBoostClassifier(textOf(model)),
    ...trees,
  },
  fitLogisticRegression: {
    train: async ({ X, y }, more) => models.fitLogisticRegression({ ...X, data: Float64Array.from(X.data) }, y, more),
    load: models.logisticRegressionFromJSON,
    isTrees: false,
    rounding: 1e-9,
  },
};

const NAMES = ["recency_days", "frequency", "monetary", "basket"];
function makeRows(nRows: number, seed: number): Labelled {
  const random = createRandom(seed);
  const rows = Array.from({ length: nRows }, () => NAMES.map(() => Math.round(normal(random) * 4) / 4));
  const y = rows.map(([a, b, c]) => (bernoulli(random, logistic(1.5 * a - b + a * c)) ? 1 : 0));
  return labelled(rows, y);
}
function labelled(rows: readonly (readonly number[])[], y: readonly number[]): Labelled {
  const data = Float64Array.from(rows.flat());
  return { X: { nRows: rows.length, nCols: NAMES.length, data, columnNames: NAMES }, y };
}
const rowOf = ({ X: { nCols, data } }: Labelled, i: number) => Array.from(data.subarray(i * nCols, (i + 1) * nCols));
const take = (from: Labelled, order: readonly number[]) =>
  labelled(
    order.map((i) => rowOf(from, i)),
    order.map((i) => from.y[i]),
  );

const N = 500;
const training = makeRows(N, 1);
const asked = makeRows(300, 2);
const all = Array.from({ length: N }, (_, i) => i);

/** How far two lists of probabilities are apart. */
function gap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}
const bytesOf = (model: Classifier) => JSON.stringify(model);

test("every classifier that can be fitted is in the family", () => {
  const fitted = Object.keys(models).filter((name) => /^fit.*(Classifier|LogisticRegression)$/.test(name));
  expect(fitted.sort()).toEqual(Object.keys(FAMILIES).sort());
});

describe.each(Object.entries(FAMILIES))("%s", (name, { train, load, isTrees, rounding }) => {
  const fitted = train(training);
  const predicted = fitted.then((model) => model.predictProba(asked.X));

  test("gives one probability per row, and ranks unseen rows better than chance", async () => {
    const probabilities = await predicted;
    expect(probabilities).toBeInstanceOf(Float64Array);
    expect(probabilities.length).toBe(asked.X.nRows);
    expect(probabilities.every((p) => p > 0 && p < 1)).toBe(true);
    const meanOf = (label: number) => {
      const own = Array.from(probabilities).filter((_, i) => asked.y[i] === label);
      return own.reduce((a, b) => a + b, 0) / own.length;
    };
    expect(meanOf(1) - meanOf(0)).toBeGreaterThan(0.15);
  });

  test("predicts each row by itself: in another order, alone, or twice", async () => {
    const model = await fitted;
    const probabilities = await predicted;
    const order = Array.from(
      shuffled(
        createRandom(3),
        Uint32Array.from({ length: 300 }, (_, i) => i),
      ),
    );
    for (const rows of [order, [17], [5, 5, 299]]) {
      expect(Array.from(model.predictProba(take(asked, rows).X))).toEqual(rows.map((i) => probabilities[i]));
    }
  });

  test("the mean prediction for the training rows is their base rate, or nearly so", async () => {
    const probabilities = (await fitted).predictProba(training.X);
    const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
    expect(Math.abs(sum(probabilities) - sum(training.y)) / N).toBeLessThan(isTrees ? 0.02 : 1e-9);
  });

  test("the order of the training rows does not matter", async () => {
    const order = Array.from(shuffled(createRandom(4), Uint32Array.from(all)));
    const other = await train(take(training, order));
    expect(gap(other.predictProba(asked.X), await predicted)).toBeLessThan(rounding);
  });

  test("a weight of 2 equals two copies of a row, a weight of 0 none", async () => {
    const random = createRandom(5);
    const counts = all.map(() => integer(random, 3));
    const weighted = (await train(training, { sampleWeight: counts })).predictProba(asked.X);
    const repeated = await train(
      take(
        training,
        all.flatMap((i) => new Array<number>(counts[i]).fill(i)),
      ),
    );
    expect(gap(weighted, repeated.predictProba(asked.X))).toBeLessThan(rounding);
    expect(gap(weighted, await predicted)).toBeGreaterThan(0.01);
  });

  test("swapped classes swap each probability p to 1 - p", async () => {
    const mirrored = await train({ X: training.X, y: training.y.map((label) => 1 - label) });
    const sides = Array.from(await predicted, (p) => 1 - p);
    expect(gap(mirrored.predictProba(asked.X), sides)).toBeLessThan(isTrees ? 1e-4 : rounding);
  });

  test("another unit of the columns does not matter", async () => {
    const inCents = (rows: Labelled) => ({ ...rows, X: { ...rows.X, data: rows.X.data.map((cell) => 64 * cell) } });
    const model = await train(inCents(training));
    expect(gap(model.predictProba(inCents(asked).X), await predicted)).toBeLessThan(rounding);
  });

  test("the same seed gives the same bytes, and the arguments stay as they were", async () => {
    const before = [training.X.data.slice(), [...training.y]];
    expect(bytesOf(await train(training))).toBe(bytesOf(await fitted));
    expect([training.X.data, training.y]).toEqual(before);
    // Only the forest draws anything here.
    if (name !== "fitRandomForestClassifier") return;
    expect(bytesOf(await train(training, { seed: 8 }))).not.toBe(bytesOf(await fitted));
  });

  test("a model that is saved and loaded predicts the same, and is saved as the same again", async () => {
    const saved = JSON.parse(JSON.stringify(await fitted)) as unknown;
    const loaded = load(saved);
    expect(loaded.predictProba(asked.X)).toEqual(await predicted);
    expect(JSON.parse(JSON.stringify(loaded))).toEqual(saved);
    expect([loaded.kind, loaded.featureNames]).toEqual([(await fitted).kind, NAMES]);
  });

  test("32-bit and 64-bit features give the same predictions", async () => {
    const data = Float32Array.from(asked.X.data);
    expect((await fitted).predictProba({ ...asked.X, data })).toEqual(await predicted);
  });

  test("columns without names are taken by their number", async () => {
    const { columnNames: _, ...bare } = asked.X;
    expect((await fitted).predictProba(bare)).toEqual(await predicted);
    expect(await refusal(fitted, { ...bare, nCols: 2, nRows: 600 })).toContain(
      `X has 2 columns; expected 4: "recency_days", "frequency", "monetary", "basket"`,
    );
  });

  test.each([
    ["missing and unknown", NAMES.with(1, "orders"), 'X lacks "frequency" and X has unknown columns "orders"'],
    ["in another order", [...NAMES].reverse(), 'the columns of X are in the wrong order; expected "recency_days", '],
    ["two missing", ["a", "recency_days", "b", "basket"], 'X lacks "frequency", "monetary" and X has unknown columns'],
  ])("column names that differ are listed: %s", async (_, columnNames, message) => {
    expect(await refusal(fitted, { ...asked.X, columnNames })).toContain(message);
  });

  test("rejects an infinite cell, when fitting and when predicting", async () => {
    const infinite = (rows: Labelled) => ({ ...rows, X: { ...rows.X, data: rows.X.data.with(6, -Infinity) } });
    expect(await refusal(fitted, infinite(asked).X)).toContain("-Infinity");
    await expect(train(infinite(training))).rejects.toThrow("-Infinity");
  });

  test.each<[string, Partial<Labelled>, string]>([
    ["one class", { y: training.y.map(() => 1) }, "500 positives and 0 negatives"],
    ["a label of another kind", { y: training.y.with(3, 2) }, "y[3] is 2"],
    ["a label that is missing", { y: training.y.with(3, Number.NaN) }, "y[3] is NaN"],
    ["a label too few", { y: training.y.slice(1) }, "y has 499"],
    ["no row", { X: { ...training.X, nRows: 0, data: new Float64Array() }, y: [] }, " rows"],
  ])("%s is refused", async (_, bad, message) => {
    await expect(train({ ...training, ...bad })).rejects.toThrow(RangeError);
    await expect(train({ ...training, ...bad })).rejects.toThrow(message);
  });

  test.each([
    ["below 0", all.map((i) => (i === 2 ? -1 : 1)), "sampleWeight[2] is -1"],
    ["of another length", [1, 2], "sampleWeight has 2"],
    ["all 0", all.map(() => 0), "every sampleWeight is 0"],
  ])("weights are refused that are %s", async (_, sampleWeight, message) => {
    await expect(train(training, { sampleWeight })).rejects.toThrow(message);
  });
});

test.each(Object.entries(FAMILIES).filter(([, { isTrees }]) => isTrees))(
  "%s sees the order of the values alone",
  async (_, { train, rounding }) => {
    const bent = { ...training, X: { ...training.X, data: training.X.data.map((cell) => Math.exp(cell)) } };
    const [model, straight] = [await train(bent), await train(training)];
    // Between two values of the training rows a cut may lie elsewhere, so these are asked.
    expect(gap(model.predictProba(bent.X), straight.predictProba(training.X))).toBeLessThan(rounding);
  },
);

async function refusal(fitted: Promise<Classifier>, X: DenseMatrix): Promise<string> {
  const model = await fitted;
  try {
    model.predictProba(X);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return (error as Error).message;
  }
  throw new Error("Cannot go on: the table was not refused");
}
