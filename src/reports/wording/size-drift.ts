import { requireKnownOptions } from "../../errors.js";
import type { SizeChange, SizeDrift } from "../../segmentation/index.js";
import type { NumberTexts } from "../../table/index.js";
import { listed } from "./listed.js";

/**
 * Says whether segments drifted in size, in one short sentence.
 *
 * @example
 * sizeDriftMessage({ drifted: false }); // "No segment drift."
 */
export function sizeDriftMessage({ drifted }: Pick<SizeDrift, "drifted">): string {
  return drifted ? "Segment drift detected!" : "No segment drift.";
}

/**
 * Says which segments drifted in size, and which changed as much with too few customers to rule out chance.
 *
 * @example
 * const flows = [
 *   { from: "A", to: "A", customers: 1000, revenue: 0 },
 *   { from: "B", to: "A", customers: 400, revenue: 0 },
 *   { from: "B", to: "B", customers: 600, revenue: 0 },
 * ];
 * sizeDriftInWords(sizeDrift({ flows, vanished: {} }), numberTexts());
 * // "Segment drift detected! A has 1,400 customers instead of 1,000 (share up 40.0%); B has 600 customers instead of 1,000 (share down 40.0%)."
 */
export function sizeDriftInWords(drift: SizeDrift, { count, percent }: NumberTexts): string {
  const { changes, limit } = drift;
  const phrase = ({ name, before, after, relativeChange, grew }: SizeChange) => {
    const size = `${name} has ${count(after)} customers instead of ${count(before)}`;
    return Number.isFinite(relativeChange)
      ? `${size} (share ${grew ? "up" : "down"} ${percent(relativeChange)})`
      : size;
  };
  const drifted = changes.filter((change) => change.drifted).map(phrase);
  const unsure = changes.filter((change) => !change.drifted && change.relativeChange > limit);
  return [
    sizeDriftMessage(drift),
    ...(drifted.length ? [`${drifted.join("; ")}.`] : []),
    ...(unsure.length
      ? [
          `${listed(unsure.map(({ name }) => name))} changed by over ${percent(limit, 0)}, but ${unsure.length === 1 ? "has" : "have"} too few customers to rule out chance.`,
        ]
      : []),
  ].join(" ");
}

/**
 * States how segments by rule changed in size since an earlier day.
 *
 * @param options.since The earlier day, `YYYY-MM-DD`.
 */
export function driftInWords(drift: SizeDrift, texts: NumberTexts, options: { readonly since: string }): string {
  requireKnownOptions("describe a drift", options, { since: true });
  const { since } = options;
  return `Sizes of segments by rule since ${since}: ${sizeDriftInWords(drift, texts)}`;
}
