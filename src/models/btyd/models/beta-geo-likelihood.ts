import type { HistoryLikelihood } from "../fit/fit-histories.js";
import { logRisingFactorialTable, logSurvivalTable } from "./log-rising-factorial-table.js";

/** Purchases after which a customer may have left, for x repeat purchases. */
export type DropoutTimes = "after each repeat purchase" | "after every purchase";

/**
 * Creates the log-likelihood of the BG/NBD (Fader, Hardie & Lee 2005, eq. 6) and of the modified BG/NBD (Batislam,
 * Denizel & Filiztekin 2007, eq. 4), whose customers may also leave after their first purchase.
 *
 * With n chances to leave survived, it is the chance to survive them all, times what the NBD would say, times
 * 1 + a / (b + n - 1) · ((α + T) / (α + t_x))ʳ⁺ˣ, the odds that the last purchase was the end.
 */
export function betaGeoLikelihood(dropout: DropoutTimes): HistoryLikelihood {
  const extra = dropout === "after every purchase" ? 1 : 0;
  const rise = logRisingFactorialTable();
  const survival = logSurvivalTable();
  return (x, t_x, T, p, slopes) => {
    const r = p[0];
    const alpha = p[1];
    const a = p[2];
    const b = p[3];
    const n = x + extra;
    rise.extend(r, x);
    survival.extend(a, b, n);
    const logAge = Math.log1p(T / alpha);
    let value = rise.value[x] - x * Math.log(alpha) - (r + x) * logAge + survival.value[n];
    slopes[0] = r * (rise.slope[x] - logAge);
    slopes[1] = ((r + x) * T) / (alpha + T) - x;
    slopes[2] = a * survival.slopeA[n];
    slopes[3] = b * survival.slopeB[n];
    if (n > 0) {
      const quiet = logAge - Math.log1p(t_x / alpha);
      const logOdds = Math.log(a / (b + n - 1)) + (r + x) * quiet;
      const gone = 1 / (1 + Math.exp(-logOdds));
      value += logOdds > 0 ? logOdds + Math.log1p(Math.exp(-logOdds)) : Math.log1p(Math.exp(logOdds));
      slopes[0] += gone * r * quiet;
      slopes[1] -= (gone * (r + x) * alpha * (T - t_x)) / ((alpha + T) * (alpha + t_x));
      slopes[2] += gone;
      slopes[3] -= (gone * b) / (b + n - 1);
    }
    return value;
  };
}
