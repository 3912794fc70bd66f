import type { Distinction, GroupProfile, ProfileColumn } from "../../segmentation/index.js";
import type { NumberTexts } from "../../table/index.js";
import { listed } from "./listed.js";

const WORDS: Readonly<Record<ProfileColumn, readonly [more: string, less: string]>> = {
  recencyDays: ["have been away longer", "have ordered more recently"],
  frequency: ["order more often", "order less often"],
  avgBasketValue: ["spend more per order", "spend less per order"],
  monetary: ["bring more revenue each", "bring less revenue each"],
  daysSinceFirstPurchase: ["have been customers for longer", "are newer customers"],
  engagementScore: ["are more engaged", "are less engaged"],
  returnRate: ["return more", "return less"],
};

/**
 * Describes a cluster in sentences. Differences of at least one standard deviation come with "much".
 *
 * @example
 * const distinctions = [
 *   { column: "frequency" as const, standardizedDifference: 2.1 },
 *   { column: "avgBasketValue" as const, standardizedDifference: 0.6 },
 * ];
 * clusterInWords({ share: 0.068, revenueShare: 0.458, distinctions, topCategories: [] }, numberTexts());
 * // "6.8% of the customers bring 45.8% of the revenue. They order much more often and spend more per order than the average customer."
 */
export function clusterInWords(
  {
    share,
    revenueShare,
    distinctions,
    topCategories,
  }: Pick<GroupProfile, "share" | "revenueShare" | "distinctions" | "topCategories">,
  { percent }: NumberTexts,
): string {
  const size = `${percent(share)} of the customers${Number.isNaN(revenueShare) ? "." : ` bring ${percent(revenueShare)} of the revenue.`}`;
  const parts = distinctions.map(phrase);
  const categories = topCategories.length ? ` They buy most in ${listed(topCategories)}.` : "";
  if (!parts.length) return `${size} They are much like all customers.${categories}`;
  return `${size} They ${listed(parts)} than the average customer.${categories}`;
}

function phrase({ column, standardizedDifference }: Distinction): string {
  const words = WORDS[column][standardizedDifference > 0 ? 0 : 1];
  return Math.abs(standardizedDifference) >= 1 ? words.replace(/\b(more|less|longer|newer)\b/, "much $1") : words;
}
