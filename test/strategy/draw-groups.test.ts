import { expect, test } from "vitest";
import { drawGroups } from "../../src/strategy/index.js";

const ids = Array.from({ length: 40 }, (_, i) => `c${i}`);
const numbers = Float64Array.from(ids, (_, i) => i);
const members = { ids, monetary: numbers, frequency: numbers.map(() => 1), recencyDays: numbers.map((i) => i % 4) };
const options = { segment: "At Risk", name: "spring", seed: 7, testShare: 0.5, stratifyBy: ["spend"] } as const;

test("groups: every customer once, half of each quarter of spend in the test group", () => {
  const { customers, test: inTest, control } = drawGroups(members, options);
  expect([inTest, control]).toEqual([20, 20]);
  expect(customers.map(({ id }) => id)).toEqual(ids);
  for (const part of [1, 2, 3, 4]) {
    const own = customers.filter(({ stratum }) => stratum === `spend ${part} of 4`);
    expect(own.filter(({ arm }) => arm === "test")).toHaveLength(5);
  }
});

test("groups: without strata all customers are one stratum", () => {
  const { customers, strata } = drawGroups(members, { ...options, stratifyBy: [] });
  expect(new Set(customers.map(({ stratum }) => stratum))).toEqual(new Set(["all"]));
  expect(strata).toEqual([{ stratum: "all", test: 20, control: 20 }]);
});

test("groups: experiments of different names are drawn independently, the same one alike", () => {
  const arms = (name: string) => drawGroups(members, { ...options, name }).customers.map(({ arm }) => arm);
  expect(arms("spring")).toEqual(arms("spring"));
  expect(arms("spring")).not.toEqual(arms("autumn"));
});

test("groups: too few customers for two groups of two are refused", () => {
  const few = { ids: ids.slice(0, 3), monetary: [1, 2, 3], frequency: [1, 1, 1], recencyDays: [1, 1, 1] };
  expect(() => drawGroups(few, options)).toThrow(
    'Cannot split "At Risk": 3 customers can be contacted; expected at least 4, for two groups of 2',
  );
  expect(() => drawGroups(members, { ...options, testShare: 0.03 })).toThrow(
    "a share of 0.03 of 40 customers gives groups of 1 and 39; expected at least 2 in each",
  );
});
