import { expect, test } from "vitest";
import { openDuckDb } from "../../../src/engine/index.js";
import { spendBetween } from "../../../src/features/index.js";

test("spend is of the days from first to last, before returns, and 0 for who ordered nothing", async () => {
  const engine = await openDuckDb();
  try {
    await engine.run(
      `CREATE VIEW orders AS SELECT customer_id, CAST(ordered_on AS DATE) AS ordered_on, CAST(amount AS DECIMAL(18, 4)) AS amount
       FROM (VALUES ('a', '2026-02-28', 1), ('a', '2026-03-01', 2.5), ('a', '2026-03-31', 4), ('a', '2026-04-01', 8),
         ('b', '2026-03-05', 10), ('b', '2026-03-06', -25), ('c', '2026-03-07', -3)) AS t (customer_id, ordered_on, amount)`,
    );
    const ids = ["c", "a", "nobody", "b"];
    const spend = await spendBetween(engine, ids, { from: "2026-03-01", to: "2026-03-31" });
    expect(Array.from(spend)).toEqual([0, 6.5, 0, 10]);
    await expect(spendBetween(engine, ids, { from: "2026-03-01' OR '1", to: "2026-03-31" })).rejects.toThrow(
      RangeError,
    );
  } finally {
    engine.close();
  }
});
