import { requireSameLength } from "../../../errors.js";
import type { GammaGammaModel, SpendHistories } from "../models/gamma-gamma.js";
import { requireCounts } from "../require-numbers.js";

/**
 * Returns the expected spend per purchase of each customer, given the mean of the purchases seen: a weighted mean of
 * that and the population's (Fader & Hardie 2013, note 25, eq. 5). Customers without a repeat purchase get the
 * population mean, as do those for whom p x + q <= 1 leaves none. Shape (n,), in the currency of the dataset.
 *
 * @throws {RangeError} If lengths differ, x is no count, or spend is negative or no finite number where x is above 0.
 *
 * @example
 * const model = fitGammaGamma({ x: [2, 1, 4, 7, 3, 5], m_x: [22, 12, 74, 26, 30, 45] });
 * const [some, none] = expectedSpend(model, { x: [2, 0], m_x: [40, 0] });
 * none === model.populationMean; // true
 */
export function expectedSpend(model: GammaGammaModel, { x, m_x }: SpendHistories): Float64Array {
  requireSameLength("expectedSpend", { x, m_x });
  const { p, q, v } = model.parameters;
  requireCounts("compute expectedSpend", { x });
  return Float64Array.from({ length: x.length }, (_, i) => {
    if (x[i] === 0 || p * x[i] + q <= 1) return model.populationMean;
    if (!(m_x[i] >= 0 && m_x[i] < Number.POSITIVE_INFINITY)) {
      throw new RangeError(
        `Cannot compute expectedSpend: m_x is ${m_x[i]} in row ${i}; expected a finite number of at least 0`,
      );
    }
    return (p * (v + x[i] * m_x[i])) / (p * x[i] + q - 1);
  });
}
