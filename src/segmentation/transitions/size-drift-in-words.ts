import { type Conventions, numberTexts } from "../../table/index.js";
import type { SizeChange, SizeDrift } from "./size-drift.js";

/**
 * A comparison of sizes in plain words: its message, then each segment that drifted, and how many changed by as much
 * without being large enough to tell.
 *
 * @param options.limit The limit that `sizeDrift` was asked for; defaults to 0.2.
 *
 * @example
 * const flows = [
 *   { from: "A", to: "A", customers: 1000, revenue: 0 },
 *   { from: "B", to: "A", customers: 400, revenue: 0 },
 *   { from: "B", to: "B", customers: 600, revenue: 0 },
 * ];
 * sizeDriftInWords(sizeDrift({ flows, vanished: {} }));
 * // "Segment drift detected! A has 1,400 customers instead of 1,000 (40.0% more of all); B has 600 customers instead of 1,000 (40.0% less of all)."
 */
export function sizeDriftInWords(
  { changes, message }: SizeDrift,
  { limit = 0.2, ...options }: Partial<Conventions> & { readonly limit?: number } = {},
): string {
  const { count, percent } = numberTexts(options);
  const phrase = ({ segment, before, after, relativeChange, grew }: SizeChange) => {
    const size = `${segment} has ${count(after)} customers instead of ${count(before)}`;
    return Number.isFinite(relativeChange)
      ? `${size} (${percent(relativeChange)} ${grew ? "more" : "less"} of all)`
      : size;
  };
  const drifted = changes.filter((change) => change.drifted).map(phrase);
  const unsure = changes.filter((change) => !change.drifted && change.relativeChange > limit).length;
  const parts = [
    message,
    ...(drifted.length ? [`${drifted.join("; ")}.`] : []),
    ...(unsure
      ? [
          `${unsure} more changed by over ${percent(limit, 0)}, but ${unsure === 1 ? "has" : "have"} too few customers to tell that from chance.`,
        ]
      : []),
  ];
  return parts.join(" ");
}
