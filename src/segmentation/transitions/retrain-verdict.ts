import { requireKnownOptions } from "../../errors.js";
/** Facts that speak for refitting. */
export interface RetrainFacts {
  /** Days since the clusters in use were fitted; null if none are in use. */
  readonly daysSinceFit: number | null;
  /** That clusters drifted in size, see `sizeDrift`. */
  readonly sizesDrifted: boolean;
  /** Mean silhouette of the present customers in the clusters that were fitted then. */
  readonly silhouette: number;
}

/** One reason to refit, and whether it holds. */
export interface RetrainRule {
  readonly rule: "age" | "sizes" | "silhouette";
  /** Days, or the silhouette; null where no fit is in use, and for sizes, which `sizeDrift` measures. */
  readonly value: number | null;
  readonly limit: number;
  readonly fired: boolean;
}

/** Verdict on refitting, and the rules behind it. */
export interface RetrainVerdict {
  readonly retrain: boolean;
  /** All three rules, also those that did not fire. */
  readonly rules: readonly RetrainRule[];
}

/** Limits of {@link retrainVerdict}. */
export interface RetrainOptions {
  /** Age of the fit, in days, from which it is too old; defaults to 30. */
  readonly maxDays?: number;
  /** Change of a share that `sizeDrift` was asked for, relative; defaults to 0.2. */
  readonly maxChange?: number;
  /** Silhouette below which the clusters do not hold together; defaults to 0.3. */
  readonly minSilhouette?: number;
}

/**
 * Decides whether to refit: after 30 days, when clusters drifted in size by more than 20 % and more than chance explains, or
 * when the silhouette is below 0.3: any one of the rules is enough.
 *
 * @throws {RangeError} If the age or the silhouette is no number, or the age is below 0.
 *
 * @example
 * const { retrain, rules } = retrainVerdict({ daysSinceFit: 12, sizesDrifted: false, silhouette: 0.28 });
 * [retrain, ...rules.filter(({ fired }) => fired).map(({ rule }) => rule)]; // [true, "silhouette"]
 */
export function retrainVerdict(
  { daysSinceFit, sizesDrifted, silhouette }: RetrainFacts,
  options: RetrainOptions = {},
): RetrainVerdict {
  requireKnownOptions("judge the segments", options, { maxDays: true, maxChange: true, minSilhouette: true });
  const { maxDays = 30, maxChange = 0.2, minSilhouette = 0.3 } = options;
  for (const [name, value] of Object.entries({ daysSinceFit, silhouette })) {
    if (value !== null && !Number.isFinite(value)) {
      throw new RangeError(`Cannot judge the clusters: ${name} is ${value}; expected a finite number`);
    }
  }
  if (daysSinceFit !== null && daysSinceFit < 0) {
    throw new RangeError(`Cannot judge the clusters: daysSinceFit is ${daysSinceFit}; expected a number, at least 0`);
  }
  const rules: RetrainRule[] = [
    { rule: "age", value: daysSinceFit, limit: maxDays, fired: daysSinceFit !== null && daysSinceFit >= maxDays },
    { rule: "sizes", value: null, limit: maxChange, fired: sizesDrifted },
    { rule: "silhouette", value: silhouette, limit: minSilhouette, fired: silhouette < minSilhouette },
  ];
  return { retrain: rules.some(({ fired }) => fired), rules };
}
