import { describe, expect, test } from "vitest";
import { splitExperiment } from "../../src/strategy/index.js";

const ids = Array.from({ length: 1001 }, (_, i) => `c${i}`);
const strata = ids.map((_, i) => (i % 10 === 0 ? "large" : i % 3 === 0 ? "middle" : "small"));

describe("a split into test and control", () => {
  test("halves everyone by default, and says the same twice", () => {
    const split = splitExperiment(ids, { seed: 42 });
    expect([split.test, split.control]).toEqual([501, 500]);
    expect(split.arms.filter((arm) => arm === "test")).toHaveLength(501);
    expect(splitExperiment(ids, { seed: 42 })).toEqual(split);
    expect(splitExperiment(ids, { seed: 43 }).arms).not.toEqual(split.arms);
  });

  test.each([0.1, 0.5, 0.8])("divides each stratum alike, to one customer, with %d in the test group", (testShare) => {
    const split = splitExperiment(ids, { seed: 1, testShare, strata });
    expect(split.test).toBe(Math.round(testShare * 1001));
    for (const { stratum, test: inTest, control } of split.strata) {
      const rows = strata.flatMap((name, i) => (name === stratum ? [i] : []));
      expect(rows.filter((i) => split.arms[i] === "test")).toHaveLength(inTest);
      expect(inTest + control).toBe(rows.length);
      expect(Math.abs(inTest - testShare * rows.length)).toBeLessThan(1);
    }
  });

  test("does not depend on the order of the customers", () => {
    const split = splitExperiment(ids, { seed: 7, strata });
    const turned = splitExperiment([...ids].reverse(), { seed: 7, strata: [...strata].reverse() });
    expect([...turned.arms].reverse()).toEqual(split.arms);
  });

  test("splits at random: each customer is in the test group about as often as planned", () => {
    const counts = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 2000; ++seed) {
      splitExperiment(ids.slice(0, 20), { seed, testShare: 0.25 }).arms.forEach((arm, i) => {
        counts[i] += arm === "test" ? 1 : 0;
      });
    }
    // Five standard deviations of a binomial count.
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(5 * Math.sqrt(2000 * 0.25 * 0.75));
  });

  test("experiments of two names are drawn apart, so that nobody is always in the same group", () => {
    const [first, second] = ["spring", "autumn"].map((name) => splitExperiment(ids, { seed: 7, name, strata }).arms);
    const both = ids.filter((_, i) => first[i] === "test" && second[i] === "test").length;
    // Five standard deviations about a quarter.
    expect(Math.abs(both - 1001 / 4)).toBeLessThan(5 * Math.sqrt(1001 * 0.25 * 0.75));
    expect(splitExperiment(ids, { seed: 7, name: "spring", strata }).arms).toEqual(first);
  });

  test("strata are drawn apart: neither alike, nor by what another one has", () => {
    const [a, b] = ["a", "b"].map((name) => Array.from({ length: 60 }, (_, i) => `${name}${i + 10}`));
    const draw = (first: readonly string[]) => {
      const customers = [...first, ...b];
      const { arms } = splitExperiment(customers, { seed: 3, strata: customers.map((id) => id[0]) });
      return { first: arms.slice(0, first.length), second: arms.slice(first.length) };
    };
    const both = draw(a);
    expect(both.first).not.toEqual(both.second);
    // Two more of the one stratum leave the other as it was.
    expect(draw([...a, "a98", "a99"]).second).toEqual(both.second);
  });

  test("refuses what it cannot divide", () => {
    expect(() => splitExperiment([], { seed: 1 })).toThrow("there are no rows");
    expect(() => splitExperiment(["a"], { seed: 1, testShare: 0.3 })).toThrow("leaves an arm empty");
    expect(() => splitExperiment(["anna", "b", "anna"], { seed: 1 })).toThrow('two customers have the id "a…a"');
    expect(() => splitExperiment(["a", "b"], { seed: 1, testShare: 1 })).toThrow(
      "testShare is 1; expected a share in (0, 1)",
    );
    expect(() => splitExperiment(["a", "b"], { seed: 1, strata: ["x"] })).toThrow("lengths differ");
  });
});
