import { requireKnownOptions } from "../../../errors.js";
import type { Boundary } from "../fit/boundary.js";
import { withFitCard } from "../fit/fit-card.js";
import { type FittedHistories, fitHistories, type HistoryModel, type PurchaseFit } from "../fit/fit-histories.js";
import { NOT_IDENTIFIED, standForInfinity } from "../fit/verdict.js";
import { type PurchaseHistories, requireHistories } from "../purchase-histories.js";
import { logRisingFactorialTable, logSurvivalTable } from "./log-rising-factorial-table.js";

/** A fitted BG/BB: `T` counts opportunities to buy, the paper's n. */
export interface BetaGeoBetaBinomialModel extends PurchaseFit<"alpha" | "beta" | "gamma" | "delta"> {
  readonly kind: "beta-geo-beta-binomial";
}

/** BG/BB: purchases on discrete occasions, dropout between them. */
export const betaGeoBetaBinomial: HistoryModel<"alpha" | "beta" | "gamma" | "delta"> = {
  title: "BG/BB",
  parameters: ["alpha", "beta", "gamma", "delta"],
  times: [],
  groups: {},
  discrete: true,
  starts: [
    [1, 1, 0.5, 2],
    [0.5, 0.5, 1, 5],
    [2, 2, 0.2, 1],
  ],
  createLikelihood() {
    const bought = logRisingFactorialTable();
    const passed = logRisingFactorialTable();
    const offered = logRisingFactorialTable();
    const survival = logSurvivalTable();
    const terms: number[] = [];
    // Fader, Hardie & Shang 2010, eq. 5: alive to the end, or gone after opportunity j = t_x … n - 1.
    return (x, t_x, n, p, slopes) => {
      const [alpha, beta, gamma, delta] = [p[0], p[1], p[2], p[3]];
      bought.extend(alpha, x);
      passed.extend(beta, n - x);
      offered.extend(alpha + beta, n);
      survival.extend(gamma, delta, n);
      let most = Number.NEGATIVE_INFINITY;
      for (let j = t_x; j <= n; ++j) {
        const leaves = j < n ? Math.log(gamma / (gamma + delta + j)) : 0;
        terms[j] = passed.value[j - x] - offered.value[j] + survival.value[j] + leaves;
        most = Math.max(most, terms[j]);
      }
      let sum = 0;
      slopes.fill(0);
      for (let j = t_x; j <= n; ++j) {
        const share = Math.exp(terms[j] - most);
        sum += share;
        slopes[0] -= share * offered.slope[j];
        slopes[1] += share * (passed.slope[j - x] - offered.slope[j]);
        slopes[2] += share * (survival.slopeA[j] + (j < n ? (delta + j) / (gamma * (gamma + delta + j)) : 0));
        slopes[3] += share * (survival.slopeB[j] - (j < n ? 1 / (gamma + delta + j) : 0));
      }
      for (let k = 0; k < 4; ++k) slopes[k] *= p[k] / sum;
      slopes[0] += alpha * bought.slope[x];
      return bought.value[x] + most + Math.log(sum);
    };
  },
};

/**
 * Fits the BG/BB (Fader, Hardie & Shang 2010) to purchases at discrete opportunities: a living customer takes each
 * with a probability that is Beta(alpha, beta), and leaves before each with one that is Beta(gamma, delta).
 *
 * @param histories `T` is the number of opportunities after the first purchase, `t_x` that of the last one taken.
 * @throws {RangeError} If the histories are unusable or have covariates, times are not whole or nobody bought again.
 *
 * @example
 * const donors = { x: [0, 1, 3, 6, 2], t_x: [0, 1, 5, 6, 2], T: [6, 6, 6, 6, 6], counts: [300, 90, 70, 120, 50] };
 * fitBetaGeoBetaBinomial(donors).customers; // 630
 */
export function fitBetaGeoBetaBinomial(
  histories: PurchaseHistories,
  options: { compress?: boolean } = {},
): BetaGeoBetaBinomialModel {
  requireKnownOptions("fit BG/BB", options, { compress: true });
  const { compress = true } = options;
  requireOpportunities("fit BG/BB", histories);
  const names = Object.keys(histories.covariates ?? {});
  if (names.length > 0) {
    throw new RangeError(
      `Cannot fit BG/BB: covariates ${names.join(", ")} are not supported; remove them from the histories`,
    );
  }
  const {
    coefficients: _,
    coefficientErrors: __,
    ...fit
  } = fitHistories(betaGeoBetaBinomial, histories, { unit: "opportunities", compress });
  return withFitCard(betaGeoBetaBinomial.title, {
    kind: "beta-geo-beta-binomial",
    ...fit,
    boundary: boundaryOf(fit) ?? (fit.standardErrors ? null : NOT_IDENTIFIED),
  });
}

/** Throws unless the histories are whole opportunities with x <= t_x <= T. */
export function requireOpportunities(action: string, histories: PurchaseHistories): void {
  requireHistories(action, histories);
  const { x, t_x, T } = histories;
  for (let i = 0; i < x.length; ++i) {
    if (Number.isInteger(t_x[i]) && Number.isInteger(T[i]) && x[i] <= t_x[i]) continue;
    const row = `x is ${x[i]}, t_x is ${t_x[i]} and T is ${T[i]} in row ${i}`;
    throw new RangeError(`Cannot ${action}: ${row}; expected integers with x <= t_x <= T`);
  }
}

function boundaryOf(
  fit: Pick<FittedHistories<"alpha" | "beta" | "gamma" | "delta">, "parameters" | "standardErrors">,
): Boundary | null {
  const { gamma, delta } = fit.parameters;
  if (gamma / (gamma + delta) < 1e-4) return { code: "no_dropout_chance" };
  if (standForInfinity(fit, "alpha", "beta")) return { code: "purchase_chances_alike" };
  if (standForInfinity(fit, "gamma", "delta")) return { code: "opportunity_dropout_alike" };
  return null;
}
