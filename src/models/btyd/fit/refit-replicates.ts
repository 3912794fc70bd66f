import type { Random } from "../../../numeric/index.js";
import { fitGammaGamma, type GammaGammaModel } from "../models/gamma-gamma.js";
import type { PurchaseModel } from "../models/purchase-model.js";
import type { PurchaseHistories } from "../purchase-histories.js";
import { drawHistories, drawSpend } from "../simulate/simulate-histories.js";
import { refit } from "./refit.js";

/** The models to resample; without a spend model, purchases are counted. */
export interface ResampledModels {
  readonly purchases: PurchaseModel;
  readonly spend?: GammaGammaModel;
}

/** Refits the models to simulated customers, as many and as old as the real ones, once per replicate. */
export function refitReplicates(
  { purchases, spend }: ResampledModels,
  histories: PurchaseHistories,
  counts: Float64Array,
  replicates: number,
  random: Random,
): ResampledModels[] {
  const rows = Array.from(counts, (count, i) => {
    if (Number.isInteger(count)) return new Array<number>(count).fill(i);
    throw new RangeError(`Cannot bootstrap: counts is ${count} in row ${i}; expected integers`);
  }).flat();
  const T = Float64Array.from(rows, (i) => histories.T[i]);
  const covariates =
    histories.covariates &&
    Object.fromEntries(
      Object.entries(histories.covariates).map(([name, values]) => [name, rows.map((i) => values[i])]),
    );
  const refitted: ResampledModels[] = [];
  for (let b = 0; b < replicates; ++b) {
    const source = random.fork(b);
    const { x, t_x } = drawHistories(purchases, T, 0, source, covariates);
    if (!x.some((count) => count > 0)) continue;
    const again = refit(purchases, { x, t_x, T, ...(covariates && { covariates }) });
    if (!spend) refitted.push({ purchases: again });
    else {
      // Rounding may bring a tiny spend to 0.
      const m_x = drawSpend(spend, x, source);
      refitted.push({ purchases: again, spend: fitGammaGamma({ x, m_x }, { withoutSpend: "leave-out" }) });
    }
  }
  if (refitted.length >= 2) return refitted;
  throw new RangeError(
    "Cannot bootstrap: fewer than 2 replicates have repeat purchases; use a model with a higher purchase rate",
  );
}
