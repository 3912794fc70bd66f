import { type Conventions, formatValue, numberTexts } from "../../table/index.js";
import { leftOutInWords, type UnavailableFeature } from "./unavailable-features.js";

/** Results that the takeaways are drawn from. */
export interface FeatureFacts {
  readonly rows: number;
  readonly names: readonly string[];
  readonly leftOut: readonly UnavailableFeature[];
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Features that the leakage check found to use the future. */
  readonly leaks: readonly unknown[];
}

/** Sums up a feature store in sentences: its size, what it lacks, and whether a feature uses the future. */
export function featureTakeaways(
  { rows, names, leftOut, asOf, leaks }: FeatureFacts,
  conventions: Partial<Conventions> = {},
): string[] {
  const texts = numberTexts(conventions);
  const { count } = texts;
  return [
    `The feature store describes ${count(rows)} customers by ${count(names.length)} features as of ${formatValue(asOf, { kind: "date" }, conventions)}.`,
    leftOut.length ? `${leftOutInWords(leftOut, texts)}.` : "Every feature of the catalogue is available.",
    leaks.length
      ? `Do not train on this store: ${count(leaks.length)} of ${count(names.length)} features change if later data are shuffled, so they use the future.`
      : "No feature uses later data: shuffling the future changes none of them.",
  ];
}
