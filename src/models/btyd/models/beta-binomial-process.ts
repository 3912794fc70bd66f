import { bernoulli, beta as drawBeta } from "../../../numeric/index.js";
import { logRisingFactorialTable, logSurvivalTable } from "./log-rising-factorial-table.js";
import type { PurchaseProcess } from "./purchase-process.js";

/**
 * Creates the purchase process of an active customer who leaves before each opportunity with a probability that is
 * Beta(gamma, delta) and takes it otherwise with one that is Beta(alpha, beta) (Fader, Hardie & Shang 2010, eq. 8 and
 * 9, as sums over the opportunity before which the customer leaves).
 */
export function betaBinomialProcess(alpha: number, beta: number, gamma: number, delta: number): PurchaseProcess {
  const survivalTo = (t: number) => {
    const survival = logSurvivalTable();
    survival.extend(gamma, delta, t);
    return survival.value.map(Math.exp);
  };
  return {
    expected(t) {
      const survival = survivalTo(t);
      let sum = 0;
      for (let j = 1; j <= t; ++j) sum += survival[j];
      return (alpha / (alpha + beta)) * sum;
    },
    distribution(t, most) {
      const survival = survivalTo(t);
      const bought = logRisingFactorialTable();
      const passed = logRisingFactorialTable();
      const offered = logRisingFactorialTable();
      const factorial = logRisingFactorialTable();
      bought.extend(alpha, t);
      passed.extend(beta, t);
      offered.extend(alpha + beta, t);
      factorial.extend(1, t);
      const result = new Float64Array(most + 1);
      for (let lived = 0; lived <= t; ++lived) {
        const chance = lived === t ? survival[t] : (survival[lived] * gamma) / (gamma + delta + lived);
        for (let n = 0; n <= Math.min(most, lived); ++n) {
          const logCombinations = factorial.value[lived] - factorial.value[n] - factorial.value[lived - n];
          result[n] +=
            chance * Math.exp(logCombinations + bought.value[n] + passed.value[lived - n] - offered.value[lived]);
        }
      }
      return result;
    },
    draw(random, t) {
      const buys = drawBeta(random, alpha, beta);
      const leaves = drawBeta(random, gamma, delta);
      const times: number[] = [];
      for (let j = 1; j <= t; ++j) {
        if (bernoulli(random, leaves)) return { times, left: j };
        if (bernoulli(random, buys)) times.push(j);
      }
      return { times, left: Number.POSITIVE_INFINITY };
    },
  };
}
