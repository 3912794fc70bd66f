/** Features that do not grow by factors: shares, scores and deciles. Of others the logarithms are compared. */
const LINEAR = [
  ...["active_month_share", "engagement_score", "gap_regularity", "monetary_decile_2y", "promotion_usage_rate"],
  ...["redemption_rate_730d", "return_rate", "weekend_transaction_rate"],
];

/**
 * Returns true for a feature that is compared by differences, not by ratios.
 *
 * @example
 * isLinearFeature("return_rate"); // true
 * isLinearFeature("monetary"); // false
 */
export function isLinearFeature(name: string): boolean {
  return LINEAR.includes(name);
}
