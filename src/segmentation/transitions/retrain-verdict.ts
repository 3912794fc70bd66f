import { type Conventions, numberTexts } from "../../table/index.js";
import { distinctDigits } from "../clusters/distinct-digits.js";

/** What speaks for fitting segments anew. */
export interface RetrainFacts {
  /** Days since the segments in use were fitted; null if none are in use. */
  readonly daysSinceFit: number | null;
  /** That clusters drifted in size, see `sizeDrift`. */
  readonly sizesDrifted: boolean;
  /** Mean silhouette of the present customers in the segments that were fitted then. */
  readonly silhouette: number;
}

/** One reason to fit anew, and whether it holds. */
export interface RetrainRule {
  readonly rule: "age" | "sizes" | "silhouette";
  readonly fired: boolean;
  /** What was looked at, and the limit. */
  readonly why: string;
}

/** Whether to fit anew, and by which rules. */
export interface RetrainVerdict {
  readonly retrain: boolean;
  /** All three rules, also those that did not fire. */
  readonly rules: readonly RetrainRule[];
  /** One sentence per rule that fired. */
  readonly reasons: readonly string[];
}

/** When to fit anew. */
export interface RetrainOptions extends Partial<Pick<Conventions, "locale">> {
  /** Age of the fit, in days, from which it is too old; defaults to 30. */
  readonly maxDays?: number;
  /** Change of a share that `sizeDrift` was asked for, relative; defaults to 0.2. */
  readonly maxChange?: number;
  /** Silhouette below which the segments do not hold together; defaults to 0.3. */
  readonly minSilhouette?: number;
}

/**
 * Whether to fit anew: after 30 days, when clusters drifted in size by more than 20 % and more than chance explains, or
 * when the silhouette is below 0.3: any one of the rules is enough.
 *
 * @throws {RangeError} If the age or the silhouette is no number, or the age is below 0.
 *
 * @example
 * retrainVerdict({ daysSinceFit: 12, sizesDrifted: false, silhouette: 0.28 }).reasons;
 * // ["The silhouette is 0.28, below 0.30."]
 */
export function retrainVerdict(
  { daysSinceFit, sizesDrifted, silhouette }: RetrainFacts,
  { maxDays = 30, maxChange = 0.2, minSilhouette = 0.3, ...options }: RetrainOptions = {},
): RetrainVerdict {
  for (const [name, value] of Object.entries({ daysSinceFit, silhouette })) {
    if (value !== null && !Number.isFinite(value)) {
      throw new RangeError(`Cannot judge the segments: ${name} is ${value}, a number is needed`);
    }
  }
  if (daysSinceFit !== null && daysSinceFit < 0) {
    throw new RangeError(`Cannot judge the segments: daysSinceFit is ${daysSinceFit}, from 0 is needed`);
  }
  const { count, number, percent } = numberTexts(options);
  const tooOld = daysSinceFit !== null && daysSinceFit >= maxDays;
  const poor = silhouette < minSilhouette;
  const [found, needed] = distinctDigits(silhouette, minSilhouette, number);
  const rules: RetrainRule[] = [
    {
      rule: "age",
      fired: tooOld,
      why:
        daysSinceFit === null
          ? "No fit is in use that could be too old."
          : `The fit is ${count(daysSinceFit)} days old, ${count(maxDays)} is the limit.`,
    },
    {
      rule: "sizes",
      fired: sizesDrifted,
      why: `${sizesDrifted ? "A" : "No"} cluster changed in size by more than ${percent(maxChange, 0)} and more than chance explains.`,
    },
    {
      rule: "silhouette",
      fired: poor,
      why: `The silhouette is ${found}, ${poor ? "below" : "not below"} ${needed}.`,
    },
  ];
  const reasons = rules.filter(({ fired }) => fired).map(({ why }) => why);
  return { retrain: reasons.length > 0, rules, reasons };
}
