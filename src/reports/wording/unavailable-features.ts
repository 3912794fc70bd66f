import type { NumberTexts } from "../../table/index.js";

/** A feature that a dataset cannot give. */
export interface UnavailableFeature {
  /** Tables and columns that the dataset lacks. */
  readonly lacks: readonly string[];
}

/**
 * States how many features a dataset cannot give, by what it lacks.
 *
 * @example
 * leftOutInWords([{ lacks: ["returns"] }, { lacks: ["returns"] }], numberTexts());
 * // "2 features unavailable: no returns (2)"
 */
export function leftOutInWords(leftOut: readonly UnavailableFeature[], { count }: NumberTexts): string {
  const byNeed = new Map<string, number>();
  for (const need of leftOut.flatMap(({ lacks }) => lacks)) byNeed.set(need, (byNeed.get(need) ?? 0) + 1);
  const reasons = [...byNeed].map(([need, n]) => `no ${need}${n > 1 ? ` (${count(n)})` : ""}`);
  return `${count(leftOut.length)} ${leftOut.length === 1 ? "feature" : "features"} unavailable: ${reasons.join(", ")}`;
}
