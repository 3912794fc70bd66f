import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  backtestPredictions,
  backtestTable,
  logLoss,
  rocAucScore,
  simplestWithinNoise,
} from "../../src/evaluation/index.js";
import { rollingOrigins } from "../../src/features/index.js";
import { type CandidateRows, logisticCandidate, purchaseCandidate } from "../../src/pipeline/index.js";
import { dateOfEpochDay, epochDay } from "../../src/text/index.js";
import { rowsOfOrders } from "../pipeline/candidates/rows-of-orders.js";
import { hasRealData, realData } from "../real-data.js";

const horizonDays = 90;

/** Days with a purchase by customer, of all 23,570. */
function cdnowOrders(): Map<string, number[]> {
  const days = new Map<string, Set<number>>();
  for (const line of readFileSync(realData("cdnow", "CDNOW_master.txt"), "utf8").split("\n")) {
    const [, customer, date] = /^\s*(\d+)\s+(\d{8})\s/.exec(line) ?? [];
    if (!date) continue;
    const day = epochDay(date.replace(/(....)(..)(..)/, "$1-$2-$3"));
    days.set(customer, (days.get(customer) ?? new Set()).add(day));
  }
  return new Map([...days].map(([customer, all]) => [customer, [...all].sort((a, b) => a - b)]));
}

describe.skipIf(!hasRealData)("backtest of churn on CDNOW, all customers, two origins", () => {
  test("three candidates are judged on time, and the rule picks one", { timeout: 600_000 }, async () => {
    const orders = cdnowOrders();
    expect(orders.size).toBe(23_570);
    const firstOrderDays = [...orders.values()].map(([first]) => dateOfEpochDay(first)).sort();
    const origins = ["1998-06-30", "1998-05-31"].map((asOf) => {
      const cuts = rollingOrigins({ asOf, firstOrderDays }, { horizonDays });
      // Two days to learn from keep this test short.
      return { ...cuts, choice: cuts.choice.slice(0, 2), fit: cuts.fit.slice(0, 2) };
    });
    const candidates = [
      logisticCandidate({ name: "recency", complexity: 1, features: ["recency_days"] }),
      logisticCandidate({ name: "recency and frequency", complexity: 2, features: ["recency_days", "frequency"] }),
      purchaseCandidate({
        name: "MBG/NBD",
        complexity: 3,
        model: "modified-beta-geo",
        predicts: "no-order",
        horizonDays,
      }),
    ];
    const rowsAt = (days: readonly string[]) => rowsOfOrders(orders, days, { horizonDays, label: "churned" });
    const groups = ({ customerIds }: CandidateRows) => customerIds;
    const predictions = await backtestPredictions(candidates, rowsAt, { origins, groups, seed: 7 });
    expect(predictions.failures).toEqual([]);
    const cut = predictions.cuts.find(({ part }) => part === "test")!;
    expect(cut).toMatchObject({ asOf: "1998-04-01", origin: "1998-06-30" });
    // Measured elsewhere on the same cut: share of active customers, and the AUC of recency alone.
    const active = 1 - cut.yTrue.reduce((sum, label) => sum + label, 0) / cut.yTrue.length;
    expect(active).toBeCloseTo(0.1401, 4);
    expect(rocAucScore(cut.yTrue, cut.yPred["recency"])).toBeCloseTo(0.828, 3);
    expect(rocAucScore(cut.yTrue, cut.yPred["MBG/NBD"])).toBeGreaterThan(0.83);

    const table = backtestTable(predictions, { loss: logLoss, seed: 7, baseline: "recency", nResamples: 500 });
    for (const { name, test: judged } of table.candidates) {
      expect(judged.mean, name).toBeGreaterThan(0.3);
      expect(judged.mean, name).toBeLessThan(0.4);
    }
    const [, , mbg] = table.candidates;
    expect(mbg.test.toBaseline!.upper).toBeLessThan(0);
    const choice = simplestWithinNoise(table);
    const chosen = table.candidates.find(({ name }) => name === choice.name)!;
    expect(chosen.validation.toBest!.lower).toBeLessThanOrEqual(0);
    for (const { name, complexity, verdict } of choice.candidates) {
      if (complexity < chosen.complexity) expect(verdict, name).toBe("worse");
    }
  });
});
