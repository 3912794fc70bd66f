import { describe, expect, test } from "vitest";
import {
  type BacktestProgress,
  backtest,
  backtestPredictions,
  backtestTable,
  brierScoreLoss,
  type Candidate,
  logLoss,
  pairedComparison,
  rootMeanSquaredError,
  simplestWithinNoise,
} from "../../src/evaluation/index.js";
import { noisy, origins, type ToyRows, toyGroups, toyOrigin, toyRowsAt } from "./toy-candidates.js";

const options = { origins, groups: toyGroups, loss: logLoss, seed: 7, nResamples: 200 };
const even: Candidate<ToyRows> = {
  name: "even",
  complexity: 0,
  fit: () => ({ predict: ({ signal }) => signal.map(() => 0.5) }),
};
const truth = noisy("truth", 2, 0);

/** Counts calls; `spoil` changes one of them. */
function counted(spoil: Partial<Record<"fit" | "predict" | "close", () => void>> = {}) {
  const calls = { fit: [] as string[], predict: [] as string[], close: 0 };
  const candidate: Candidate<ToyRows> = {
    name: "counted",
    complexity: 1,
    fit: (train, current) => {
      calls.fit.push(`${[...new Set(train.asOf)].join(" ")} -> ${current.asOf[0]}`);
      spoil.fit?.();
      return {
        predict: ({ signal, asOf }) => {
          calls.predict.push(asOf[0]);
          spoil.predict?.();
          return signal.map((p) => p);
        },
        close: () => {
          calls.close += 1;
          spoil.close?.();
        },
      };
    },
  };
  return { calls, candidate };
}

describe("backtest: time", () => {
  test("every day is fitted and predicted once per candidate, from days whose horizons are closed", async () => {
    const { calls, candidate } = counted();
    await backtest([candidate], toyRowsAt, options);
    expect(calls.fit).toEqual([
      "2024-10-02 2024-09-02 -> 2024-11-01",
      "2024-11-01 2024-10-02 -> 2024-12-01",
      "2024-09-02 2024-08-03 -> 2024-10-02",
      "2024-10-02 2024-09-02 -> 2024-11-01",
    ]);
    expect(calls.predict).toEqual(["2024-11-01", "2024-12-01", "2024-10-02", "2024-11-01"]);
    expect(calls.close).toBe(4);
  });

  test("labels of the judged day reach neither fit nor predict: a candidate that copies them fails", async () => {
    const seen: number[] = [];
    const cheat: Candidate<ToyRows> = {
      name: "cheat",
      complexity: 1,
      fit: (_train, { y }) => {
        seen.push(...y);
        return { predict: (rows) => rows.y };
      },
    };
    const { failures, candidates } = await backtest([even, cheat], toyRowsAt, options);
    expect(seen.length).toBe(1600);
    expect(seen.every(Number.isNaN)).toBe(true);
    expect(failures.map(({ candidate, code }) => `${candidate} ${code}`)).toEqual(Array(4).fill("cheat not-finite"));
    expect(candidates[1].validation).toEqual({
      byOrigin: [null, null],
      mean: null,
      spread: null,
      toBest: null,
      toBaseline: null,
    });
  });

  test("the choice is the same whatever the test labels are", async () => {
    // The test day of one origin is the validation day of a later one: a single origin keeps them apart.
    const only = [origins[0]];
    const flipped = (days: readonly string[]) => {
      const rows = toyRowsAt(days);
      return { ...rows, y: rows.y.map((label, i) => (rows.asOf[i] === only[0].test ? 1 - label : label)) };
    };
    const run = (rowsAt: typeof toyRowsAt) => backtest([even, truth], rowsAt, { ...options, origins: only });
    const [plain, spoilt] = [await run(toyRowsAt), await run(flipped)];
    expect(simplestWithinNoise(spoilt)).toEqual(simplestWithinNoise(plain));
    expect(spoilt.candidates[1].test.mean).toBeGreaterThan(plain.candidates[1].test.mean! + 0.2);
  });

  test("days whose horizons are open, missing days and repeated ones are refused before any fit", async () => {
    const { calls, candidate } = counted();
    const run = (changed: object[]) =>
      backtest([candidate], toyRowsAt, { ...options, origins: changed as typeof origins });
    const [origin] = origins;
    await expect(run([])).rejects.toThrow("Cannot backtest: there are no origins; use at least one");
    await expect(run([{ ...origin, choice: ["2024-10-03"] }])).rejects.toThrow(
      "Cannot backtest: the 30 days after 2024-10-03 are not over on 2024-11-01; use earlier days",
    );
    await expect(run([{ ...origin, fit: ["2024-11-02"] }])).rejects.toThrow("30 days after 2024-11-02 are not over");
    await expect(run([{ ...origin, validation: "2024-11-02" }])).rejects.toThrow("after 2024-11-02 are not over");
    await expect(run([{ ...origin, test: "2024-12-31" }])).rejects.toThrow("the test day 2024-12-31 is not before");
    await expect(run([{ ...origin, choice: [] }])).rejects.toThrow("the origin 2024-12-31 has no choice days");
    await expect(run([origin, origin])).rejects.toThrow("two origins have the test day 2024-12-01; use each day once");
    expect(calls.fit).toEqual([]);
  });

  test("rows of other days, missing rows and missing labels are refused", async () => {
    const run = (rowsAt: typeof toyRowsAt) => backtest([even], rowsAt, options);
    await expect(run(() => toyRowsAt(["2024-12-31"]))).rejects.toThrow(
      "Cannot backtest: rowsAt gave rows of 2024-12-31 for 2024-10-02, 2024-09-02",
    );
    await expect(run(() => toyRowsAt([]))).rejects.toThrow("rowsAt gave no rows");
    const unlabelled = (days: readonly string[]) => ({ ...toyRowsAt(days), y: Float64Array.of(Number.NaN) });
    await expect(run(unlabelled)).rejects.toThrow("rowsAt gave the label NaN");
    await expect(backtest([even], toyRowsAt, { ...options, groups: () => ["c0"] })).rejects.toThrow(
      "there are 400 rows on 2024-11-01 and 1 groups; use one per row",
    );
  });
});

describe("backtest: failures", () => {
  const boom = () => {
    throw new RangeError("Cannot fit: no rows");
  };

  test.each(["fit", "predict", "close"] as const)(
    "a candidate that fails in %s is recorded, others continue",
    async (at) => {
      const { calls, candidate } = counted({ [at]: boom });
      const table = await backtest([candidate, even], toyRowsAt, options);
      expect(table.failures).toHaveLength(4);
      expect(table.failures[0]).toEqual({
        candidate: "counted",
        origin: "2024-12-31",
        part: "validation",
        code: at,
        message: "Cannot fit: no rows",
      });
      expect(calls.close).toBe(at === "fit" ? 0 : 4);
      expect(table.best).toBe("even");
      expect(table.candidates[1].test.mean).toBeCloseTo(Math.log(2), 12);
    },
  );

  test("too few predictions and losses that do not exist are recorded", async () => {
    const few: Candidate<ToyRows> = { name: "few", complexity: 1, fit: () => ({ predict: () => Float64Array.of(1) }) };
    const large: Candidate<ToyRows> = {
      name: "large",
      complexity: 1,
      fit: () => ({ predict: ({ signal }) => signal.map(() => 2) }),
    };
    const { failures } = await backtest([even, few, large], toyRowsAt, { ...options, origins: [origins[0]] });
    expect(failures.map(({ candidate, part, code, message }) => [candidate, part, code, message])).toEqual([
      ["few", "validation", "wrong-length", "Expected 400 predictions, found 1"],
      ["few", "test", "wrong-length", "Expected 400 predictions, found 1"],
      ["large", "validation", "loss", expect.stringContaining("Cannot compute logLoss: yProb")],
      ["large", "test", "loss", expect.stringContaining("Cannot compute logLoss: yProb")],
    ]);
    const nan = () => Number.NaN;
    await expect(backtest([even], toyRowsAt, { ...options, loss: nan })).rejects.toThrow(
      'no candidate has a loss on every validation day ("even" on 2024-12-31: Expected a finite loss, found NaN)',
    );
  });

  test("a candidate that fails on one day only keeps its other losses, and cannot be chosen", async () => {
    let fits = 0;
    const shaky: Candidate<ToyRows> = {
      ...truth,
      fit: (...all) => (++fits === 3 ? boom() : truth.fit(...all)) as never,
    };
    const table = await backtest([even, shaky], toyRowsAt, { ...options, baseline: "even" });
    expect(table.candidates[1].validation.byOrigin).toEqual([expect.any(Number), null]);
    expect(table.candidates[1].validation.mean).toBeNull();
    expect(table.candidates[1].test.toBaseline?.value).toBeLessThan(0);
    expect(simplestWithinNoise(table)).toMatchObject({ name: "even", rule: "only" });
  });

  test("unusable candidates and options are refused", async () => {
    await expect(backtest([], toyRowsAt, options)).rejects.toThrow("there are no candidates");
    await expect(backtest([even, even], toyRowsAt, options)).rejects.toThrow('two candidates are named "even"');
    await expect(backtest([{ ...even, complexity: Number.NaN }], toyRowsAt, options)).rejects.toThrow(
      'the complexity of "even" is NaN',
    );
    await expect(backtest([even], toyRowsAt, { ...options, baseline: "mean" })).rejects.toThrow(
      'the baseline "mean" is no candidate',
    );
    await expect(backtest([even], toyRowsAt, { ...options, loss: rootMeanSquaredError })).resolves.toBeDefined();
    await expect(backtest([truth], toyRowsAt, { ...options, loss: rootMeanSquaredError })).rejects.toThrow(
      "use a loss that is a mean over rows",
    );
  });

  test("an abort signal ends it between two fits, with its reason, and the model is closed", async () => {
    const controller = new AbortController();
    const { calls, candidate } = counted({ predict: () => controller.abort(new Error("Stopped by hand")) });
    const run = backtest([candidate], toyRowsAt, { ...options, signal: controller.signal });
    await expect(run).rejects.toThrow("Stopped by hand");
    expect(calls).toMatchObject({ predict: ["2024-11-01"], close: 1 });
  });
});

describe("backtest: table", () => {
  test("losses, means and spreads are those of the predictions", async () => {
    const predictions = await backtestPredictions([even, truth], toyRowsAt, options);
    const table = backtestTable(predictions, { loss: logLoss, seed: 7, nResamples: 50, baseline: "even" });
    const losses = predictions.cuts
      .filter(({ part }) => part === "test")
      .map(({ yTrue, yPred }) => logLoss(yTrue, yPred["truth"]));
    const { test: judged } = table.candidates[1];
    expect(judged.byOrigin).toEqual(losses);
    expect(judged.mean).toBeCloseTo((losses[0] + losses[1]) / 2, 14);
    expect(judged.spread).toBeCloseTo(Math.abs(losses[0] - losses[1]) / Math.SQRT2, 14);
    expect(judged.toBaseline?.value).toBeCloseTo(judged.mean! - Math.log(2), 12);
    expect(table).toMatchObject({ best: "truth", baseline: "even", level: 0.95, failures: [] });
    expect(table.days[1]).toEqual({
      origin: "2024-12-31",
      part: "test",
      asOf: "2024-12-01",
      nTrain: 800,
      nRows: 400,
    });
    expect(JSON.parse(JSON.stringify(table))).toEqual(table);
  });

  test("the same predictions can be judged by another loss", async () => {
    const predictions = await backtestPredictions([even, truth], toyRowsAt, options);
    const { candidates } = backtestTable(predictions, { loss: brierScoreLoss, seed: 7, nResamples: 50 });
    expect(candidates[0].test.mean).toBeCloseTo(0.25, 14);
  });

  test("on one day the difference is the paired comparison of customers, draw for draw", async () => {
    const only = { ...options, origins: [origins[0]] };
    const rowsAt = (days: readonly string[]) => {
      const rows = toyRowsAt(days);
      return { ...rows, customerIds: rows.customerIds.map((_, i) => `c${i % 90}`) };
    };
    const predictions = await backtestPredictions([even, truth], rowsAt, only);
    const [{ groups, yTrue, yPred }] = predictions.cuts;
    const { difference } = pairedComparison(
      { yTrue, truth: yPred["truth"], even: yPred["even"] },
      [(c) => logLoss(c.yTrue, c.truth), (c) => logLoss(c.yTrue, c.even)],
      { seed: 7, nResamples: 200, groups },
    );
    const toBest = backtestTable(predictions, only).candidates[0].validation.toBest!;
    expect(toBest.value).toBeCloseTo(difference.value, 12);
    expect(toBest.lower).toBeCloseTo(difference.lower, 12);
    expect(toBest.upper).toBeCloseTo(difference.upper, 12);
  });

  test("a customer is drawn with the rows of all days: the same rows on two days leave the error as it is", async () => {
    const same = (days: readonly string[]) => {
      const rows = toyRowsAt(days.map(() => "2024-01-01"));
      return { ...rows, asOf: rows.asOf.map((_, i) => days[Math.floor(i / 400)]) };
    };
    const errorOver = async (days: typeof origins) => {
      const table = await backtest([even, truth], same, { ...options, origins: days, nResamples: 500 });
      return table.candidates[0].validation.toBest!.standardError;
    };
    expect(await errorOver(origins)).toBeCloseTo(await errorOver([origins[0]]), 12);
    const alone = async (days: readonly string[]) => {
      const rows = same(days);
      return { ...rows, customerIds: rows.customerIds.map((id) => `${id} ${days[0]}`) };
    };
    const apart = await backtest([even, truth], alone, { ...options, nResamples: 500 });
    const together = await errorOver(origins);
    expect(together / apart.candidates[0].validation.toBest!.standardError).toBeCloseTo(Math.SQRT2, 0);
  });

  test("one seed gives one table, and rows may come later", async () => {
    const later = async (days: readonly string[]) => toyRowsAt(days);
    const table = await backtest([even, noisy("noisy", 1, 1)], later, options);
    expect(await backtest([even, noisy("noisy", 1, 1)], toyRowsAt, options)).toEqual(table);
    expect(await backtest([even, noisy("noisy", 1, 1)], toyRowsAt, { ...options, seed: 8 })).not.toEqual(table);
  });

  test("progress counts fits, with the share of the present one", async () => {
    const half: Candidate<ToyRows> = {
      ...even,
      fit: (train, current, context) => {
        context.onProgress(0.5);
        return even.fit(train, current, context);
      },
    };
    const seen: BacktestProgress[] = [];
    const onProgress = (progress: BacktestProgress) => void seen.push(progress);
    await backtest([half], toyRowsAt, { ...options, origins: [toyOrigin("2024-12-31")], onProgress });
    expect(seen.map(({ done, total, part }) => [done, total, part])).toEqual([
      [0.5, 2, "validation"],
      [1, 2, "validation"],
      [1.5, 2, "test"],
      [2, 2, "test"],
    ]);
  });
});
