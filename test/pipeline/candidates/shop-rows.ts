import type { BacktestOrigin } from "../../../src/evaluation/index.js";
import { createRandom, exponential, gamma } from "../../../src/numeric/index.js";
import type { CandidateRows } from "../../../src/pipeline/index.js";
import { dayBefore, epochDay } from "../../../src/text/index.js";
import { rowsOfOrders } from "./rows-of-orders.js";

const START = epochDay("2024-01-01");

/** Order days of made customers, who buy at rates of their own and leave after some time. */
const orders = (() => {
  const random = createRandom(3);
  const made = Array.from({ length: 600 }, (_, i): [string, number[]] => {
    const rate = gamma(random, 0.8, 30);
    const end = START + exponential(random, 1 / 150);
    const days = [START + Math.floor(random.uniform() * 60)];
    for (let day = days[0] + exponential(random, rate); day < end; day += exponential(random, rate)) {
      if (Math.floor(day) > days[days.length - 1]) days.push(Math.floor(day));
    }
    return [`c${i}`, days];
  });
  return new Map(made);
})();

export const horizonDays = 30;

/** Rows of the made customers as of some days. */
export function shopRowsAt(days: readonly string[], label: "churned" | "orders" = "churned"): CandidateRows {
  return rowsOfOrders(orders, days, { horizonDays, label });
}

/** The cuts before one last known day. */
export function shopOrigin(score: string): BacktestOrigin {
  const back = (days: number) => dayBefore(score, days);
  return { score, test: back(30), validation: back(60), choice: [back(90), back(120)], fit: [back(60), back(90)] };
}
