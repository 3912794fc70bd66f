import type { SegmentSettings } from "../../datasets/index.js";
import { requireKnownOptions } from "../../errors.js";
import { camelCase } from "../../text/index.js";
import { type SegmentRule, standardSegmentRules, strictSegmentRules } from "./segment-rules.js";

/** Source of the limits of segment rules: published, published and stricter, or fitted to the shop. */
export type SegmentRuleKind = "standard" | "strict" | "fitted";

/**
 * Returns the kind of rules that a dataset's settings ask for: fitted ones, unless it names a kind or has limits of its
 * own, which change the standard ones.
 *
 * @example
 * segmentRuleKind({}); // "fitted"
 * segmentRuleKind({ thresholds: { Champions: { order_value_above: 250 } } }); // "standard"
 */
export function segmentRuleKind({ rules, thresholds = {} }: SegmentSettings = {}): SegmentRuleKind {
  return rules ?? (Object.keys(thresholds).length ? "standard" : "fitted");
}

/**
 * Returns the rules that a dataset's settings ask for: standard, strict or fitted ones, with thresholds of its own.
 *
 * @param options.fitted Rules that were fitted; needed where the settings ask for these.
 * @throws {RangeError} If fitted rules are asked for and not given.
 *
 * @example
 * segmentRulesOf({ thresholds: { Champions: { order_value_above: 250 } } })[0].orderValueAbove; // 250
 */
export function segmentRulesOf(
  settings: SegmentSettings = {},
  options: { readonly fitted?: readonly SegmentRule[] } = {},
): SegmentRule[] {
  requireKnownOptions("read the segment rules", options, { fitted: true });
  const { fitted } = options;
  const { thresholds = {} } = settings;
  const base = { standard: standardSegmentRules, strict: strictSegmentRules, fitted }[segmentRuleKind(settings)];
  if (!base) throw new RangeError("Cannot choose segment rules: fitted ones are asked for; fit them first");
  return base.map((rule) => {
    const own = Object.entries(thresholds).find(([name]) => name === rule.name)?.[1] ?? {};
    const changes = Object.entries(own).map(([condition, value]) => [camelCase(condition), value]);
    return { ...rule, ...Object.fromEntries(changes) } as SegmentRule;
  });
}
