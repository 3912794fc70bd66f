import { describe, expect, test } from "vitest";
import {
  between,
  gridSearch,
  kFold,
  logBetween,
  oneOf,
  randomSearch,
  type SearchProgress,
  searchProgressBar,
} from "../../src/evaluation/index.js";

const FOLDS = kFold(10, { nFolds: 2, seed: 1 });

describe("gridSearch", () => {
  test("tries every combination on every fold and finds the best", async () => {
    const tried: string[] = [];
    const evaluate = ({ depth, rate }: { depth: number; rate: number }, { test }: { test: Uint32Array }) => {
      tried.push(`${depth} ${rate} ${test.length}`);
      return -((depth - 5) ** 2) - (rate - 0.1) ** 2;
    };
    const options = { folds: FOLDS, direction: "maximize" } as const;
    const { best, trials } = await gridSearch({ depth: [3, 5], rate: [0.1, 0.3, 0.9] }, evaluate, options);
    expect(best.params).toEqual({ depth: 5, rate: 0.1 });
    expect(trials.map(({ params }) => params.rate)).toEqual([0.1, 0.3, 0.9, 0.1, 0.3, 0.9]);
    expect(tried).toHaveLength(12);
    expect(tried[0]).toBe("3 0.1 5");
  });

  test("losses are minimized, and scores of a fold are averaged", async () => {
    const byFold = async ({ a }: { a: number }, fold: unknown) => (fold === FOLDS[0] ? a : a + 2);
    const { best } = await gridSearch({ a: [4, 1, 7] }, byFold, { folds: FOLDS, direction: "minimize" });
    expect(best).toEqual({ params: { a: 1 }, scores: [1, 3], meanScore: 2, sdScore: 1 });
  });

  test("reports progress after every fit", async () => {
    const seen: SearchProgress<unknown>[] = [];
    const onProgress = (progress: SearchProgress<unknown>) => seen.push(progress);
    await gridSearch({ a: [1, 2] }, ({ a }) => a, { folds: FOLDS, direction: "maximize", onProgress });
    expect(seen.map(({ done, total }) => [done, total])).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
    expect(seen.map(({ best }) => best?.params)).toEqual([undefined, { a: 1 }, { a: 1 }, { a: 2 }]);
  });

  test("shows a progress bar with the best score so far", async () => {
    const drawn: [string, boolean][] = [];
    let ms = 0;
    const effects = { draw: (line: string, isLast: boolean) => drawn.push([line, isLast]), now: () => (ms += 500) };
    const onProgress = searchProgressBar(effects);
    await gridSearch({ a: [1 / 3, 2] }, ({ a }) => a, { folds: FOLDS, direction: "maximize", onProgress });
    expect(drawn).toEqual([
      ["Search ██████░░░░░░░░░░░░░░░░░░ 1/4, 1.5 s left", false],
      ["Search ████████████░░░░░░░░░░░░ 2/4, 1.0 s left, best 0.3333", false],
      ["Search ██████████████████░░░░░░ 3/4, 0.5 s left, best 0.3333", false],
      ["Search ████████████████████████ 4/4, in 2.0 s, best 2", true],
    ]);
  });

  test("stops on an abort signal", async () => {
    const controller = new AbortController();
    let nFits = 0;
    const evaluate = () => {
      if (++nFits === 2) controller.abort(new Error("enough"));
      return 1;
    };
    const options = { folds: FOLDS, direction: "maximize", signal: controller.signal } as const;
    await expect(gridSearch({ a: [1, 2, 3] }, evaluate, options)).rejects.toThrow("enough");
    expect(nFits).toBe(2);
  });

  test("rejects an empty grid, no folds and a score that is not a number", async () => {
    const options = { folds: FOLDS, direction: "maximize" } as const;
    const one = () => 1;
    await expect(gridSearch({ a: [] }, one, options)).rejects.toThrow("there are no settings");
    await expect(gridSearch({ a: [1] }, one, { ...options, folds: [] })).rejects.toThrow("there are no folds");
    await expect(gridSearch({ a: [1] }, () => Number.NaN, options)).rejects.toThrow('{"a":1} scored NaN');
  });
});

describe("randomSearch", () => {
  const space = { depth: oneOf([3, 5, 7]), rate: logBetween(0.01, 1), share: between(0.5, 1) };
  const search = (seed: number, nTrials = 30) =>
    randomSearch(space, ({ rate }) => rate, { folds: FOLDS, direction: "minimize", nTrials, seed });

  test("draws within the ranges, and finds the best of what it drew", async () => {
    const { best, trials } = await search(1);
    expect(trials).toHaveLength(30);
    for (const { params } of trials) {
      expect([3, 5, 7]).toContain(params.depth);
      expect(params.rate >= 0.01 && params.rate < 1).toBe(true);
      expect(params.share >= 0.5 && params.share < 1).toBe(true);
    }
    expect(best.params.rate).toBe(Math.min(...trials.map(({ params }) => params.rate)));
    const low = trials.filter(({ params }) => params.rate < 0.1).length;
    expect(low).toBeGreaterThan(7);
    expect(low).toBeLessThan(23);
  });

  test("one seed draws one list, and a longer one begins with it", async () => {
    const [short, long, other] = [await search(1, 5), await search(1, 10), await search(2, 5)];
    expect(long.trials.slice(0, 5)).toEqual(short.trials);
    expect(other.trials).not.toEqual(short.trials);
  });

  test("an added parameter changes no draw of the others", async () => {
    const alone = await randomSearch({ rate: logBetween(0.01, 1) }, ({ rate }) => rate, {
      folds: FOLDS,
      direction: "minimize",
      nTrials: 5,
      seed: 1,
    });
    const together = await search(1, 5);
    expect(alone.trials.map(({ params }) => params.rate)).toEqual(together.trials.map(({ params }) => params.rate));
  });

  test("rejects nTrials of 0", async () => {
    await expect(search(1, 0)).rejects.toThrow("nTrials is 0; expected an integer of at least 1");
  });
});
