import { describe, expect, test } from "vitest";
import { matrixFromColumns } from "../../src/matrix/index.js";
import {
  type ClusterCountFacts,
  type ClusterCountProgress,
  chooseClusterCount,
  decideClusterCount,
  findKnee,
  fitKmeans,
  fitMiniBatchKmeans,
  silhouetteVerdict,
} from "../../src/segmentation/index.js";
import { blobs } from "./blobs.js";

/** Facts that break no rule. */
const good = (k: number, silhouette: number, own: Partial<ClusterCountFacts> = {}): ClusterCountFacts => ({
  k,
  silhouette,
  smallestShare: 0.1,
  stability: 0.9,
  names: Array.from({ length: k }, (_, i) => `name ${i}`),
  ...own,
});
const doubled = (k: number) => ["Champions", "Champions", ...good(k, 0).names.slice(2)];

describe("the decision", () => {
  test("is for the largest within 0.03 of the best", () => {
    const verdicts = decideClusterCount([good(3, 0.34), good(4, 0.33), good(5, 0.311), good(6, 0.309)]);
    expect(verdicts).toEqual([
      { admissible: true, chosen: false, why: "5 clusters say more and are as well separated" },
      { admissible: true, chosen: false, why: "5 clusters say more and are as well separated" },
      { admissible: true, chosen: true, why: "largest admissible within 0.03 of the best silhouette 0.340" },
      {
        admissible: true,
        chosen: false,
        why: "its silhouette is 0.309, at least 0.310 is needed, 0.03 below the best",
      },
    ]);
    expect(decideClusterCount([good(3, 0.34), good(4, 0.33)], { tolerance: 0.005 })[0].chosen).toBe(true);
  });

  test("leaves out, and says by which rule", () => {
    const verdicts = decideClusterCount([
      good(3, 0.3),
      good(4, 0.3, { smallestShare: 0.0199 }),
      good(5, 0.3, { stability: 0.79992 }),
      good(6, 0.3, { names: doubled(6) }),
      good(7, 0.3),
      good(8, 0.3, { names: doubled(8), stability: 0.7 }),
    ]);
    expect(verdicts.map(({ admissible }) => admissible)).toEqual([true, false, false, false, false, false]);
    expect(verdicts.map(({ why }) => why)).toEqual([
      "largest admissible within 0.03 of the best silhouette 0.300",
      "its smallest cluster has 1.99%, at least 2.00% is needed",
      "refits agree by 0.7999, at least 0.8000 is needed",
      'two clusters are both "Champions"',
      "more than 6 clusters",
      'more than 6 clusters; two clusters are both "Champions"; refits agree by 0.70, at least 0.80 is needed',
    ]);
  });

  test("admits what is on a limit", () => {
    const [one] = decideClusterCount([good(6, 0.3, { smallestShare: 0.02, stability: 0.8 })]);
    expect(one).toMatchObject({ admissible: true, chosen: true });
    // These silhouettes and their difference are exact in binary.
    const [, four] = decideClusterCount([good(3, 0.5), good(4, 0.25)], { tolerance: 0.25 });
    expect(four.why).toBe("largest admissible within 0.25 of the best silhouette 0.500");
  });

  test("compares with the best that is admissible", () => {
    const verdicts = decideClusterCount([good(3, 0.9, { stability: 0.5 }), good(4, 0.4), good(5, 0.38)]);
    expect(verdicts.map(({ chosen }) => chosen)).toEqual([false, false, true]);
    expect(verdicts[2].why).toBe("largest admissible within 0.03 of the best silhouette 0.400");
  });

  test("says why as the dataset's country writes numbers", () => {
    const facts = [good(3, 0.34), good(4, 0.33), good(5, 0.3, { stability: 0.79992 }), good(6, 0.3)];
    expect(decideClusterCount(facts, { locale: "de-DE" }).map(({ why }) => why)).toEqual([
      "4 clusters say more and are as well separated",
      "largest admissible within 0,03 of the best silhouette 0,340",
      "refits agree by 0,7999, at least 0,8000 is needed",
      "its silhouette is 0,30, at least 0,31 is needed, 0,03 below the best",
    ]);
  });

  test("takes other limits", () => {
    const facts = [good(3, 0.3), good(4, 0.3, { smallestShare: 0.01, stability: 0.5 }), good(7, 0.3)];
    const limits = { minShare: 0.01, minStability: 0.5, maxClusters: 7 };
    expect(decideClusterCount(facts, limits).map(({ admissible }) => admissible)).toEqual([true, true, true]);
  });

  test("where none is admissible is for the fewest faults, then the best silhouette, and never for too many", () => {
    const verdicts = decideClusterCount([
      good(3, 0.31, { names: doubled(3) }),
      good(4, 0.32, { names: doubled(4) }),
      good(5, 0.4, { names: doubled(5), stability: 0.1 }),
      good(7, 0.5),
    ]);
    expect(verdicts.map(({ chosen }) => chosen)).toEqual([false, true, false, false]);
    expect(verdicts[1].why).toBe('none is admissible; fewest faults: two clusters are both "Champions"');
  });

  test("yields to what is asked for", () => {
    const facts = [good(3, 0.3), good(4, 0.3)];
    expect(decideClusterCount(facts, { forced: 3 }).map(({ why }) => why)).toEqual([
      "asked for",
      "the rule's choice, largest admissible within 0.03 of the best silhouette 0.300; 3 was asked for",
    ]);
    expect(decideClusterCount(facts, { forced: 4 })[1].why).toBe("asked for, and the rule's choice");
    // What speaks against it is said all the same.
    const unstable = [good(3, 0.3), good(4, 0.3, { stability: 0.1 })];
    expect(decideClusterCount(unstable, { forced: 4 })[1].why).toBe(
      "asked for, though refits agree by 0.10, at least 0.80 is needed",
    );
  });
});

describe("a number that is asked for", () => {
  const candidates = [3, 4, 5, 6, 7, 8];
  const plain = candidates.map((k) => good(k, 0.35 - k / 100, k === 6 ? { names: doubled(6) } : {}));
  const free = decideClusterCount(plain);
  const byRule = candidates.find((_, i) => free[i].chosen);

  test.each([
    [2, "asked for, though fewer than 3 clusters"],
    [4, "asked for"],
    [5, "asked for, and the rule's choice"],
    [7, "asked for, though more than 6 clusters"],
    [12, "asked for, though more than 6 clusters"],
  ])("%d is taken, and leaves what the rule says of the others as it is", (forced, why) => {
    expect(byRule).toBe(5);
    // Two clusters would be far better separated than any that are admissible.
    const facts = candidates.includes(forced) ? plain : [good(forced, 0.9), ...plain];
    const verdicts = decideClusterCount(facts, { candidates, forced });
    const at = (k: number) => verdicts[facts.findIndex((one) => one.k === k)];
    expect(at(forced)).toEqual({ admissible: forced === 4 || forced === 5, chosen: true, why });
    for (const [i, k] of candidates.entries()) {
      if (k === forced) continue;
      const own = `the rule's choice, ${free[i].why}; ${forced} was asked for`;
      expect(at(k)).toEqual({ ...free[i], chosen: false, why: k === byRule ? own : free[i].why });
    }
  });

  test("outside the candidates is outside the rule, where it would be admissible and where none is", () => {
    const [, four, five] = decideClusterCount([good(3, 0.3), good(4, 0.3), good(5, 0.3)], {
      candidates: [3, 4],
      forced: 5,
    });
    expect(four.why).toMatch(/^the rule's choice, largest admissible/);
    expect(five).toEqual({ admissible: true, chosen: true, why: "asked for" });
    const [seven] = decideClusterCount([good(7, 0.2), good(8, 0.9)], { candidates: [7], forced: 8 });
    expect(seven.why).toMatch(/^the rule's choice, none is admissible/);
  });

  test("may be fewer than are admissible, and is not otherwise chosen", () => {
    expect(decideClusterCount([good(2, 0.9), good(3, 0.3)]).map(({ chosen, why }) => [chosen, why])).toEqual([
      [false, "fewer than 3 clusters"],
      [true, "largest admissible within 0.03 of the best silhouette 0.300"],
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

  test("is none where the curve bends by less than a step", () => {
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
    expect(choice.candidates.find(({ k }) => k === 3)?.why).toContain("refits agree by");
    expect(choice.candidates.every(({ stabilityRows }) => stabilityRows === 240)).toBe(true);
    expect(choice.fit).toEqual(fitKmeans(points, { k: 4, seed: 1 }));
  });

  test("can be asked for, which bends no curve", async () => {
    const asked = await chooseClusterCount(points, { seed: 1, nameClusters, refits: 2, forced: 30 });
    expect([asked.chosen, asked.candidates.at(-1)?.why]).toEqual([
      30,
      expect.stringMatching(/^asked for, though more than 6 clusters; /),
    ]);
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
    await expect(choose([1, 2, 3])).rejects.toThrow("there are 3 customers, more than 3 are needed");
    await expect(choose([1, 1, 2, 2, 2, 3])).rejects.toThrow(
      "there are 6 customers, 3 of them different, more than 3 are needed",
    );
    await expect(choose([1, 2, 3], [])).rejects.toThrow("there are no candidates, at least one is needed");
    await expect(choose([1, 2, 3], [1])).rejects.toThrow("k is 1");
    expect((await choose([1, 1, 2, 2, 3, 3, 9, 9, 9])).candidates.map(({ k }) => k)).toEqual([3]);
  });
});
