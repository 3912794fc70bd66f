import { afterAll, beforeAll, expect, test } from "vitest";
import { type Engine, openDuckDb } from "../../src/engine/index.js";
import { openHistory } from "../../src/features/index.js";
import { churnTable } from "../../src/pipeline/index.js";
import { handMade, ordersHeader } from "../features/hand-made.js";

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb();
});
afterAll(() => engine.close());

const asOf = "2025-04-01";

/** Twenty customers with an order before the cut, on 2025-01-01; every other one orders again, on `later`. */
async function tableWith(later: string) {
  const orders = Array.from({ length: 20 }, (_, i) => [
    `a${i} c${String(i).padStart(2, "0")} 2024-${String(1 + (i % 12)).padStart(2, "0")}-05 ${10 + i}`,
    ...(i % 2 ? [`b${i} c${String(i).padStart(2, "0")} ${later} 1000`] : []),
  ]).flat();
  const dataset = await handMade(engine, { orders: [ordersHeader, ...orders] });
  const trusted = { ...dataset, name: "shop", title: "Shop", sha256: "ab", deduplicated: false };
  await openHistory(engine, trusted, { asOf });
  return churnTable(engine, trusted, { asOf, horizonDays: 90, seed: 1 });
}

test("labels say who did not order in the horizon, a quarter of the customers is kept for the test", async () => {
  const { cut, train, test: kept, example, churnRate } = await tableWith("2025-02-10");
  expect(cut).toBe("2025-01-01");
  expect(churnRate).toBe(0.5);
  expect([train.y.length, kept.y.length]).toEqual([15, 5]);
  expect(train.X.columnNames).toContain("recency_days");
  expect(example.nRows).toBe(5);
  expect(kept.y.reduce((sum, label) => sum + label, 0)).toBeGreaterThanOrEqual(2);
});

test("features do not see the horizon", async () => {
  const early = await tableWith("2025-01-02");
  const late = await tableWith("2025-04-01");
  expect(late.train).toEqual(early.train);
  // A day after the horizon is after what is known.
  expect((await tableWith("2025-04-02")).churnRate).toBe(1);
});
