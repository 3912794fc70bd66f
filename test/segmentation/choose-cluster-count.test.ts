import { describe, expect, test } from "vitest";
import { matrixFromColumns } from "../../src/matrix/index.js";
import { clusterCountReason } from "../../src/reports/index.js";
import {
  type ClusterCountFacts,
  type ClusterCountProgress,
  type ClusterCountVerdict,
  chooseClusterCount,
  decideClusterCount,
  findKnee,
  fitKmeans,
  fitMiniBatchKmeans,
  silhouetteVerdict,
} from "../../src/segmentation/index.js";
import { numberTexts } from "../../src/table/index.js";
import { blobs } from "./blobs.js";

/** Facts that break no rule. */
const good = (k: number, silhouette: number, own: Partial<ClusterCountFacts> = {}): ClusterCountFacts => ({
  k,
  silhouette,
  smallestShare: 0.1,
  stability: 0.9,
  ...own,
});
const texts = numberTexts();
const why = (verdict: Pick<ClusterCountVerdict, "checks" | "reason">) => clusterCountReason(verdict, texts);

describe("the decision", () => {
  test("is for the largest within 0.03 of the best", () => {
    const verdicts = decideClusterCount([good(3, 0.34), good(4, 0.33), good(5, 0.311), good(6, 0.309)]);
    expect(verdicts.map(({ admissible, chosen, reason }) => ({ admissible, chosen, reason }))).toEqual([
      { admissible: true, chosen: false, reason: { kind: "fewer-clusters", selected: 5 } },
      { admissible: true, chosen: false, reason: { kind: "fewer-clusters", selected: 5 } },
      {
        admissible: true,
        chosen: true,
        reason: { kind: "largest-near-best", bestSilhouette: 0.34, tolerance: 0.03 },
      },
      {
        admissible: true,
        chosen: false,
        reason: { kind: "silhouette", value: 0.309, limit: 0.34 - 0.03, tolerance: 0.03 },
      },
    ]);
    expect(verdicts.map(why)).toEqual([
      "5 clusters are as well separated and show more detail",
      "5 clusters are as well separated and show more detail",
      "most clusters within 0.03 of the best silhouette, 0.340",
      "silhouette 0.309, minimum 0.310, 0.03 below the best",
    ]);
    expect(decideClusterCount([good(3, 0.34), good(4, 0.33)], { tolerance: 0.005 })[0].chosen).toBe(true);
  });

  test("leaves out, and says by which rule", () => {
    const verdicts = decideClusterCount([
      good(3, 0.3),
      good(4, 0.3, { smallestShare: 0.0199 }),
      good(5, 0.3, { stability: 0.79992 }),
      good(7, 0.3),
      good(8, 0.3, { smallestShare: 0.01, stability: 0.7 }),
    ]);
    expect(verdicts.map(({ admissible }) => admissible)).toEqual([true, false, false, false, false]);
    expect(verdicts[4].checks).toEqual([
      { rule: "min-clusters", value: 8, limit: 3, passed: true },
      { rule: "max-clusters", value: 8, limit: 6, passed: false },
      { rule: "smallest-share", value: 0.01, limit: 0.02, passed: false },
      { rule: "stability", value: 0.7, limit: 0.8, passed: false },
    ]);
    expect(verdicts.map(why)).toEqual([
      "most clusters within 0.03 of the best silhouette, 0.300",
      "smallest cluster 1.99% of customers, minimum 2.00%",
      "stability 0.7999, minimum 0.8000",
      "more than 6 clusters",
      "more than 6 clusters; smallest cluster 1.0% of customers, minimum 2.0%; stability 0.70, minimum 0.80",
    ]);
  });

  test("admits what is on a limit", () => {
    const [one] = decideClusterCount([good(6, 0.3, { smallestShare: 0.02, stability: 0.8 })]);
    expect(one).toMatchObject({ admissible: true, chosen: true });
    // These silhouettes and their difference are exact in binary.
    const [, four] = decideClusterCount([good(3, 0.5), good(4, 0.25)], { tolerance: 0.25 });
    expect(why(four)).toBe("most clusters within 0.25 of the best silhouette, 0.500");
  });

  test("compares with the best that is admissible", () => {
    const verdicts = decideClusterCount([good(3, 0.9, { stability: 0.5 }), good(4, 0.4), good(5, 0.38)]);
    expect(verdicts.map(({ chosen }) => chosen)).toEqual([false, false, true]);
    expect(verdicts[2].reason).toEqual({ kind: "largest-near-best", bestSilhouette: 0.4, tolerance: 0.03 });
  });

  test("says why as the dataset's country writes numbers", () => {
    const facts = [good(3, 0.34), good(4, 0.33), good(5, 0.3, { stability: 0.79992 }), good(6, 0.3)];
    const german = numberTexts({ locale: "de-DE" });
    expect(decideClusterCount(facts).map((verdict) => clusterCountReason(verdict, german))).toEqual([
      "4 clusters are as well separated and show more detail",
      "most clusters within 0,03 of the best silhouette, 0,340",
      "stability 0,7999, minimum 0,8000",
      "silhouette 0,30, minimum 0,31, 0,03 below the best",
    ]);
  });

  test("takes other limits", () => {
    const facts = [good(3, 0.3), good(4, 0.3, { smallestShare: 0.01, stability: 0.5 }), good(7, 0.3)];
    const limits = { minShare: 0.01, minStability: 0.5, maxClusters: 7 };
    expect(decideClusterCount(facts, limits).map(({ admissible }) => admissible)).toEqual([true, true, true]);
  });

  test("where none is admissible is for the fewest faults, then the best silhouette, and never for too many", () => {
    const verdicts = decideClusterCount([
      good(3, 0.31, { smallestShare: 0.01 }),
      good(4, 0.32, { smallestShare: 0.01 }),
      good(5, 0.4, { smallestShare: 0.01, stability: 0.1 }),
      good(7, 0.5),
    ]);
    expect(verdicts.map(({ chosen }) => chosen)).toEqual([false, true, false, false]);
    expect(verdicts[1].reason).toEqual({ kind: "fewest-failures" });
    expect(why(verdicts[1])).toBe(
      "no number passes every check; fewest failures: smallest cluster 1.0% of customers, minimum 2.0%",
    );
  });

  test("yields to what is asked for", () => {
    const facts = [good(3, 0.3), good(4, 0.3)];
    expect(decideClusterCount(facts, { forced: 3 }).map(why)).toEqual([
      "requested",
      "selected automatically (most clusters within 0.03 of the best silhouette, 0.300); 3 requested",
    ]);
    expect(why(decideClusterCount(facts, { forced: 4 })[1])).toBe("requested, also selected automatically");
    // What speaks against it is said all the same.
    const unstable = [good(3, 0.3), good(4, 0.3, { stability: 0.1 })];
    expect(why(decideClusterCount(unstable, { forced: 4 })[1])).toBe(
      "requested, despite: stability 0.10, minimum 0.80",
    );
  });
});

describe("a number that is asked for", () => {
  const candidates = [3, 4, 5, 6, 7, 8];
  const plain = candidates.map((k) => good(k, 0.35 - k / 100, k === 6 ? { stability: 0.5 } : {}));
  const free = decideClusterCount(plain);
  const byRule = candidates.find((_, i) => free[i].chosen);

  test.each([
    [2, "requested, despite: fewer than 3 clusters"],
    [4, "requested"],
    [5, "requested, also selected automatically"],
    [7, "requested, despite: more than 6 clusters"],
    [12, "requested, despite: more than 6 clusters"],
  ])("%d is taken, and leaves what the rule says of the others as it is", (forced, words) => {
    expect(byRule).toBe(5);
    // Two clusters would be far better separated than any that are admissible.
    const facts = candidates.includes(forced) ? plain : [good(forced, 0.9), ...plain];
    const verdicts = decideClusterCount(facts, { candidates, forced });
    const at = (k: number) => verdicts[facts.findIndex((one) => one.k === k)];
    expect(at(forced)).toMatchObject({ admissible: forced === 4 || forced === 5, chosen: true });
    expect(why(at(forced))).toBe(words);
    for (const [i, k] of candidates.entries()) {
      if (k === forced) continue;
      const own = { kind: "overridden", requested: forced, byRule: free[i].reason };
      expect(at(k)).toEqual({ ...free[i], chosen: false, reason: k === byRule ? own : free[i].reason });
    }
  });

  test("outside the candidates is outside the rule, where it would be admissible and where none is", () => {
    const [, four, five] = decideClusterCount([good(3, 0.3), good(4, 0.3), good(5, 0.3)], {
      candidates: [3, 4],
      forced: 5,
    });
    expect(four.reason).toMatchObject({ kind: "overridden", requested: 5, byRule: { kind: "largest-near-best" } });
    expect(five).toMatchObject({ admissible: true, chosen: true, reason: { kind: "requested", byRule: false } });
    const [seven] = decideClusterCount([good(7, 0.2), good(8, 0.9)], { candidates: [7], forced: 8 });
    expect(seven.reason).toEqual({ kind: "overridden", requested: 8, byRule: { kind: "fewest-failures" } });
    expect(why(seven)).toBe(
      "selected automatically (no number passes every check; fewest failures: more than 6 clusters); 8 requested",
    );
  });

  test("may be fewer than are admissible, and is not otherwise chosen", () => {
    expect(decideClusterCount([good(2, 0.9), good(3, 0.3)]).map((one) => [one.chosen, why(one)])).toEqual([
      [false, "fewer than 3 clusters"],
      [true, "most clusters within 0.03 of the best silhouette, 0.300"],
    ]);
    expect(decideClusterCount([good(2, 0.9), good(3, 0.3)], { minClusters: 2 })[0].chosen).toBe(true);
  });
});

describe("a knee", () => {
  test("is where the curve bends; a straight line has none", () => {
    expect(findKnee([1, 2, 3, 4, 5, 6], [100, 40, 12, 10, 9, 8])).toBe(3);
    expect(findKnee([1, 2, 3, 4], [40, 30, 20, 10])).toBeNull();
    expect(findKnee([1, 2], [2, 1])).toBeNull();
    expect(findKnee([1, 2, 3], [5, 5, 5])).toBeNull();
  });

  test("no knee where the curve bends by less than a step", () => {
    // Below the line by 0, 0.05, 0.1, 0.05, 0: it never falls by a quarter.
    expect(findKnee([0, 1, 2, 3, 4], [1, 0.7, 0.4, 0.2, 0])).toBeNull();
  });

  test("is where the curve falls short of the line again by a mean step of x, which is 1 / (n - 1)", () => {
    // Below the line by 0, depth, 0.1, 0.05, 0, of five points.
    const withDepth = (depth: number) => findKnee([0, 1, 2, 3, 4], [1, 0.75 - depth, 0.4, 0.2, 0]);
    expect([withDepth(0.24), withDepth(0.26)]).toEqual([null, 1]);
  });

  test("is the first of two that lie as deep", () => {
    // Below the line by 0, 0.375, 0.375, 0.125, 0, exact in binary.
    expect(findKnee([0, 1, 2, 3, 4], [1, 0.375, 0.125, 0.125, 0])).toBe(1);
  });

  test("is the later of two bends where the curve then lies deeper below the line", () => {
    // Below the line by 0, 0.3, 0.28, 0.5, 0.2, 0.
    const below = [0, 0.3, 0.28, 0.5, 0.2, 0];
    const y = below.map((depth, i) => 1 - i / 5 - depth);
    expect(findKnee([0, 1, 2, 3, 4, 5], y)).toBe(3);
  });
});

test("verdicts have the published limits", () => {
  expect([0.51, 0.5, 0.3, 0.29].map(silhouetteVerdict)).toEqual(["good", "acceptable", "acceptable", "poor"]);
});

describe("the number of clusters", () => {
  const points = blobs(4, 60, 9);
  const nameClusters = (labels: Int32Array) => Array.from({ length: Math.max(...labels) + 1 }, (_, c) => `name ${c}`);

  test("is that of the blobs there are", async () => {
    const choice = await chooseClusterCount(points, { seed: 1, nameClusters, refits: 10 });
    expect(choice.chosen).toBe(4);
    expect(choice.candidates.filter(({ chosen }) => chosen).map(({ k }) => k)).toEqual([4]);
    const three = choice.candidates.find(({ k }) => k === 3);
    expect(three?.checks.filter(({ passed }) => !passed).map(({ rule }) => rule)).toEqual(["stability"]);
    expect(choice.candidates.every(({ stabilityRows }) => stabilityRows === 240)).toBe(true);
    expect(choice.fit).toEqual(fitKmeans(points, { k: 4, seed: 1 }));
  });

  test("can be asked for, which bends no curve", async () => {
    const asked = await chooseClusterCount(points, { seed: 1, nameClusters, refits: 2, forced: 30 });
    expect(asked.chosen).toBe(30);
    expect(asked.candidates.at(-1)?.reason).toEqual({ kind: "requested", byRule: false });
    const free = await chooseClusterCount(points, { seed: 1, nameClusters, refits: 2 });
    expect(asked.knee).toBe(free.knee);
  });

  test("lets others be drawn after each number that was tried, and stops between two", async () => {
    const seen: [number, number, number][] = [];
    let ticks = 0;
    const ticking = setInterval(() => ++ticks, 0);
    const onProgress = ({ k, done, total }: ClusterCountProgress) => {
      seen.push([k, done, total]);
    };
    const { candidates } = await chooseClusterCount(points, { seed: 1, nameClusters, refits: 2, onProgress }).finally(
      () => clearInterval(ticking),
    );
    expect(seen).toEqual(candidates.map(({ k }, i) => [k, i + 1, 6]));
    expect(ticks).toBeGreaterThanOrEqual(3);
    const stop = new AbortController();
    const key = Symbol.for("rekindle.interruption");
    Object.assign(globalThis, { [key]: stop.signal });
    seen.length = 0;
    const stopped = chooseClusterCount(points, {
      ...{ seed: 1, nameClusters, refits: 2 },
      onProgress: (progress) => {
        onProgress(progress);
        stop.abort(new Error("stopped"));
      },
    });
    Reflect.deleteProperty(globalThis, key);
    await expect(stopped).rejects.toThrow("stopped");
    expect(seen).toEqual([[3, 1, 6]]);
  });

  test("stops while one number is tried, and before the first", async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const options = {
      ...{ seed: 1, nameClusters, refits: 1_000_000, signal: stop.signal },
      onProgress: ({ k }: ClusterCountProgress) => void seen.push(k),
    };
    const choosing = chooseClusterCount(points, options);
    setTimeout(() => stop.abort(new Error("enough")), 20);
    await expect(choosing).rejects.toThrow("enough");
    await expect(chooseClusterCount(points, options)).rejects.toThrow("enough");
    expect(seen).toEqual([]);
  });

  test("is fitted in batches only where there are more rows than it is asked to hold", async () => {
    const options = { seed: 1, nameClusters, refits: 1, candidates: [4] };
    const batches = fitMiniBatchKmeans(points, { k: 4, seed: 1 });
    expect((await chooseClusterCount(points, { ...options, miniBatchAbove: 239 })).fit).toEqual(batches);
    expect((await chooseClusterCount(points, { ...options, miniBatchAbove: 240 })).fit).not.toEqual(batches);
  });

  test("needs more different customers than clusters", async () => {
    const choose = (x: number[], candidates?: number[]) =>
      chooseClusterCount(matrixFromColumns({ x }), { seed: 1, nameClusters, ...(candidates ? { candidates } : {}) });
    await expect(choose([1, 2, 3])).rejects.toThrow(
      "there are 3 customers; 3 clusters require at least 4 different customers",
    );
    await expect(choose([1, 1, 2, 2, 2, 3])).rejects.toThrow(
      "there are 6 customers, 3 of them different; 3 clusters require at least 4 different customers",
    );
    await expect(choose([1, 2, 3], [])).rejects.toThrow("there are no candidates; expected at least one");
    await expect(choose([1, 2, 3], [1])).rejects.toThrow("k is 1");
    expect((await choose([1, 1, 2, 2, 3, 3, 9, 9, 9])).candidates.map(({ k }) => k)).toEqual([3]);
  });
});
