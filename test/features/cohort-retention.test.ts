import { afterAll, beforeAll, expect, test } from "vitest";
import { cohortRetentionChart } from "../../src/charts/index.js";
import { type Engine, openDuckDb } from "../../src/engine/index.js";
import { cohortRetention } from "../../src/features/index.js";

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
});
afterAll(() => engine.close());

/** Retention of customers who ordered on these days. */
async function retention(days: Readonly<Record<string, readonly string[]>>, asOf: string) {
  const rows = Object.entries(days).flatMap(([id, own]) => own.map((day) => `('${id}', DATE '${day}')`));
  await engine.run(
    `CREATE OR REPLACE TABLE orders AS SELECT * FROM (VALUES ${rows.join(", ")}) AS t(customer_id, ordered_on)`,
  );
  return cohortRetention({ engine, asOf });
}

test("cohorts are months, of which the last is not over", async () => {
  expect(
    await retention({ a: ["2023-01-05", "2023-02-01"], b: ["2023-01-31"], c: ["2023-03-02"] }, "2023-03-30"),
  ).toEqual([
    { cohort: "2023-01", customers: 2, retained: [1, 0.5, null] },
    { cohort: "2023-03", customers: 1, retained: [1] },
  ]);
  const whole = await retention({ a: ["2023-01-05", "2023-02-01"], b: ["2023-01-31"] }, "2023-03-31");
  expect(whole).toEqual([{ cohort: "2023-01", customers: 2, retained: [1, 0.5, 0] }]);
});

test("cohorts of eleven years are quarters: a customer counts once in a quarter", async () => {
  const cohorts = await retention(
    { a: ["2012-02-05", "2012-05-01", "2012-06-01"], b: ["2012-03-31"], c: ["2023-02-02"] },
    "2023-02-28",
  );
  expect(cohorts.map(({ cohort, customers }) => [cohort, customers])).toEqual([
    ["2012-Q1", 2],
    ["2023-Q1", 1],
  ]);
  expect(cohorts[0].retained).toHaveLength(45);
  expect(cohorts[0].retained.slice(0, 3)).toEqual([1, 0.5, 0]);
  expect(cohorts[0].retained.at(-1)).toBeNull();
  const over = await retention({ a: ["2012-02-05"], b: ["2022-12-31"] }, "2022-12-31");
  expect(over[0].retained.at(-1)).toBe(0);
});

test("cohorts of forty years are years, and can be drawn", async () => {
  const days = Array.from({ length: 40 }, (_, i) => `${1980 + i}-06-15`);
  const cohorts = await retention(
    Object.fromEntries(days.map((day, i) => [`c${i}`, [day, "2020-06-01"]])),
    "2020-12-31",
  );
  expect(cohorts[0]).toMatchObject({ cohort: "1980", customers: 1 });
  expect(cohorts[0].retained).toEqual([1, ...Array.from({ length: 39 }, () => 0), 1]);
  const chart = cohortRetentionChart(cohorts, { asOf: "2020-12-31", locale: "en-GB", currency: "EUR" });
  expect(chart.subtitle).toMatch(/^Percent of each yearly cohort that ordered again, by years since the first order;/);
});
