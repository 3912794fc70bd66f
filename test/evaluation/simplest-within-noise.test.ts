import { describe, expect, test } from "vitest";
import { type BacktestRow, backtest, logLoss, simplestWithinNoise } from "../../src/evaluation/index.js";
import { noisy, origins, toyGroups, toyRowsAt } from "./toy-candidates.js";

/** A row of a table whose difference to the best has these limits. */
function row(name: string, complexity: number, mean: number | null, limits?: [number, number, number]): BacktestRow {
  const toBest = limits && {
    value: limits[0],
    lower: limits[1],
    upper: limits[2],
    level: 0.95,
    standardError: 0.01,
    nResamples: 100,
    nUndefined: 0,
  };
  const validation = { byOrigin: [mean], mean, spread: null, toBest: toBest ?? null, toBaseline: null };
  return { name, complexity, validation, test: { ...validation, mean: 99 } };
}
const best = row("boosted", 5, 0.4, [0, 0, 0]);
const choose = (...others: BacktestRow[]) =>
  simplestWithinNoise({ candidates: [...others, best], best: "boosted", level: 0.95 });

describe("simplestWithinNoise", () => {
  test("a simpler candidate within noise is chosen, a simpler one beyond it is not", () => {
    const choice = choose(row("base", 0, 0.6, [0.2, 0.1, 0.3]), row("logistic", 1, 0.41, [0.01, -0.01, 0.03]));
    expect(choice).toEqual({
      name: "logistic",
      best: "boosted",
      rule: "simpler",
      level: 0.95,
      candidates: [
        {
          name: "base",
          complexity: 0,
          loss: 0.6,
          difference: { value: 0.2, lower: 0.1, upper: 0.3 },
          verdict: "worse",
        },
        {
          name: "logistic",
          complexity: 1,
          loss: 0.41,
          difference: { value: 0.01, lower: -0.01, upper: 0.03 },
          verdict: "chosen",
        },
        {
          name: "boosted",
          complexity: 5,
          loss: 0.4,
          difference: { value: 0, lower: 0, upper: 0 },
          verdict: "within-noise",
        },
      ],
    });
  });

  test("a lower limit of exactly 0 is within noise", () => {
    expect(choose(row("logistic", 1, 0.41, [0.01, 0, 0.02])).name).toBe("logistic");
    expect(choose(row("logistic", 1, 0.41, [0.01, 1e-12, 0.02])).name).toBe("boosted");
  });

  test("the best is chosen if every simpler one is worse, though a more complex one is within noise", () => {
    const choice = choose(row("base", 0, 0.6, [0.2, 0.1, 0.3]), row("deep", 9, 0.4, [0, -0.1, 0.1]));
    expect(choice).toMatchObject({ name: "boosted", rule: "best" });
  });

  test("ties: the lower loss, then the name that sorts first, whatever the order", () => {
    const ann = row("ann", 1, 0.42, [0.02, -0.01, 0.05]);
    const ben = row("ben", 1, 0.41, [0.01, -0.01, 0.03]);
    expect(choose(ann, ben).name).toBe("ben");
    expect(choose(ben, ann).name).toBe("ben");
    const eve = { ...ben, name: "eve" };
    expect(choose(eve, ben).name).toBe("ben");
    expect(choose(ben, eve).name).toBe("ben");
  });

  test("one candidate is chosen as the only one, as is the last that did not fail", () => {
    expect(choose()).toMatchObject({ name: "boosted", rule: "only" });
    const choice = choose(row("broken", 0, null));
    expect(choice).toMatchObject({ name: "boosted", rule: "only" });
    expect(choice.candidates[0]).toMatchObject({ verdict: "failed", loss: null, difference: null });
  });

  test("losses and limits that are NaN are refused", () => {
    expect(() => choose(row("nan", 0, Number.NaN, [0, 0, 0]))).toThrow(
      'Cannot choose a candidate: loss of "nan" is NaN; use finite numbers',
    );
    expect(() => choose(row("nan", 0, 0.4, [0, Number.NaN, 0]))).toThrow('lower of "nan" is NaN');
    expect(() => simplestWithinNoise({ candidates: [row("a", 0, null)], best: "a", level: 0.95 })).toThrow(
      'the best, "a", has no loss',
    );
  });
});

describe("simplestWithinNoise on backtests with known noise", () => {
  const options = { origins, groups: toyGroups, loss: logLoss, seed: 7, nResamples: 400 };

  test("much noise is always found out, hardly any is forgiven as often as the level says", async () => {
    const candidates = [noisy("loud", 0, 2), noisy("faint", 1, 0.02), noisy("truth", 2, 0)];
    const chosen = { loud: 0, faint: 0, truth: 0 };
    for (let seed = 0; seed < 20; ++seed) {
      const drawn = { ...options, seed, nResamples: 100, origins: [origins[seed % 2]] };
      const { name } = simplestWithinNoise(await backtest(candidates, toyRowsAt, drawn));
      chosen[name as keyof typeof chosen] += 1;
    }
    expect(chosen.loud).toBe(0);
    expect(chosen.faint).toBeGreaterThanOrEqual(17);
  });

  test("equal predictions: the simpler of two is best and chosen", async () => {
    const twins = [
      { ...noisy("truth", 2, 0), name: "late" },
      { ...noisy("truth", 1, 0), name: "early" },
    ];
    const choice = simplestWithinNoise(await backtest(twins, toyRowsAt, options));
    expect(choice).toMatchObject({ name: "early", best: "early", rule: "best" });
    expect(choice.candidates[0].difference).toEqual({ value: 0, lower: 0, upper: 0 });
  });
});
