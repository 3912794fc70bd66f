// UCI Online Retail at 2011-09-10 has no maximum with dropout (a -> 0, b -> infinity); Online Retail II has. Invoices
// with a customer, without cancellations, quantity and price above 0; calendar days / 7. Recomputed independently.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/index.js";
import { meanAbsoluteError, normalizedGiniScore, r2Score, rocAucScore, totalBias } from "../../src/evaluation/index.js";
import {
  expectedPurchases,
  expectedSpend,
  fitBetaGeo,
  fitGammaGamma,
  fitModifiedBetaGeo,
  fitNbd,
  fitParetoNbd,
  probabilityAlive,
  probabilityNoOrder,
} from "../../src/models/btyd/index.js";
import { hasRealData, realData } from "../real-data.js";
import { expectClose } from "./close.js";

describe.skipIf(!hasRealData)("Online Retail", () => {
  let engine: Awaited<ReturnType<typeof openDuckDb>>;
  beforeAll(async () => {
    engine = await openDuckDb({ threads: 1 });
  });
  afterAll(() => engine.close());

  async function histories(sql: string) {
    const columns = await engine.columns(`
      WITH days AS (SELECT customer, day, day <= DATE '2011-09-10' AS seen, sum(amount) AS amount FROM (${sql}) GROUP BY ALL),
      firsts AS (SELECT *, min(day) OVER (PARTITION BY customer) AS first FROM days)
      SELECT (count(*) FILTER (seen) - 1)::DOUBLE AS x, (max(day) FILTER (seen) - first) / 7.0::DOUBLE AS t_x,
        (DATE '2011-09-10' - first) / 7.0::DOUBLE AS T, coalesce(avg(amount) FILTER (seen AND day > first), 0)::DOUBLE AS m_x,
        (count(*) FILTER (NOT seen))::DOUBLE AS later, coalesce(sum(amount) FILTER (NOT seen), 0)::DOUBLE AS spend
      FROM firsts WHERE first <= DATE '2011-09-10' AND day <= DATE '2011-09-10' + 90 GROUP BY customer, first ORDER BY customer`);
    return columns as Record<"x" | "t_x" | "T" | "m_x" | "later" | "spend", Float64Array>;
  }

  /** How expected orders, P(alive) and expected spend rank and meet the 90 days after. */
  function judged(data: Awaited<ReturnType<typeof histories>>) {
    const bg = fitBetaGeo(data, { unit: "weeks" });
    const bought = data.later.map((count) => (count > 0 ? 1 : 0));
    const orders = expectedPurchases(bg, data, { value: 90, unit: "days" });
    const value = expectedSpend(fitGammaGamma(data), data);
    const predicted = orders.map((n, i) => n * value[i]);
    return {
      customers: bought.length,
      rate: bought.reduce((sum, one) => sum + one, 0) / bought.length,
      auc: rocAucScore(bought, orders),
      aucAlive: rocAucScore(bought, probabilityAlive(bg, data)),
      mae: meanAbsoluteError(data.spend, predicted),
      r2: r2Score(data.spend, predicted),
      bias: totalBias(data.spend, predicted),
      gini: normalizedGiniScore(data.spend, predicted),
    };
  }

  test("at 2011-09-10 all models say that there is no evidence of dropout, and stay finite", async () => {
    const data = await histories(`
      SELECT CustomerID AS customer, strptime(InvoiceDate, '%m/%d/%Y %H:%M')::DATE AS day, Quantity * UnitPrice AS amount
      FROM read_csv('${realData("online_retail", "online_retail.csv.gz")}', all_varchar = false, types = {'InvoiceDate': 'VARCHAR', 'InvoiceNo': 'VARCHAR', 'StockCode': 'VARCHAR'})
      WHERE CustomerID IS NOT NULL AND InvoiceNo NOT LIKE 'C%' AND Quantity > 0 AND UnitPrice > 0`);
    const nbd = fitNbd(data, { unit: "weeks" });
    const ninety = judged(data);
    expectClose(ninety, { customers: 3370, rate: 0.57, auc: 0.7293, aucAlive: 0.3574 }, 5.1e-5);
    expectClose(ninety, { mae: 638.9, r2: 0.299, gini: 0.688 }, 5e-3);
    expectClose(ninety, { r2: 0.299, gini: 0.688 }, 5e-4);
    expectClose(ninety, { bias: -0.45 }, 5e-3);
    for (const fitModel of [fitBetaGeo, fitModifiedBetaGeo, fitParetoNbd]) {
      const model = fitModel(data, { unit: "weeks" });
      expect(model.boundary).toEqual({ code: "no_dropout" });
      expect(model.logLikelihood).toBeCloseTo(-22924.104, 2);
      expect(model.logLikelihood).toBeCloseTo(nbd.logLikelihood, 2);
      expect(Object.values(model.parameters).every((p) => Number.isFinite(p) && p > 0)).toBe(true);
      const quarter = { value: 91, unit: "days" } as const;
      const wanted = expectedPurchases(nbd, data, quarter);
      expectClose(Array.from(expectedPurchases(model, data, quarter)), Array.from(wanted), 1e-3);
      for (const p of probabilityAlive(model, data)) expect(p).toBeCloseTo(1, 3);
      for (const p of probabilityNoOrder(model, data, quarter)) expect(p >= 0 && p < 1).toBe(true);
      expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    }
  });

  test("Online Retail II to 2011-09-10 is inside the range", async () => {
    const data = await histories(`
      SELECT "Customer ID" AS customer, InvoiceDate::DATE AS day, Quantity * Price AS amount
      FROM (SELECT *, row_number() OVER () AS line FROM read_csv('${realData("online_retail_ii", "online_retail_II.csv.gz")}', parallel = false, types = {'Invoice': 'VARCHAR', 'StockCode': 'VARCHAR'}))
      WHERE (line > 525461 OR InvoiceDate < TIMESTAMP '2010-12-01')
        AND "Customer ID" IS NOT NULL AND Invoice NOT LIKE 'C%' AND Quantity > 0 AND Price > 0`);
    const bg = fitBetaGeo(data, { unit: "weeks" });
    expectClose(bg.parameters, { r: 0.6352, alpha: 8.9462, a: 0.1746, b: 2.7371 }, 1e-4);
    expect(bg.logLikelihood).toBeCloseTo(-69618.568, 2);
    const mbg = fitModifiedBetaGeo(data, { unit: "weeks" });
    expectClose(mbg.parameters, { r: 0.7276, alpha: 9.7111, a: 0.2236, b: 3.4212 }, 1e-4);
    expect(mbg.logLikelihood).toBeCloseTo(-69636.414, 2);
    const spend = fitGammaGamma(data);
    expect(spend.customers).toBe(3626);
    expectClose(spend.parameters, { p: 2.2091, q: 3.5355, v: 457.7887 }, 6e-4);
    expect(spend.logLikelihood).toBeCloseTo(-24509.855, 2);
    expect([bg.boundary, mbg.boundary, spend.boundary]).toEqual([null, null, null]);
    const ninety = judged(data);
    expectClose(ninety, { customers: 5281, auc: 0.8008, aucAlive: 0.4637 }, 5.1e-5);
    expect(100 * ninety.rate).toBeCloseTo(43.4, 2);
    expectClose(ninety, { r2: 0.371, gini: 0.777 }, 5.1e-4);
    expectClose(ninety, { bias: -0.4 }, 5e-3);
  });
});
