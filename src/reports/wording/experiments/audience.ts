import { requireKnownOptions } from "../../../errors.js";
import type { Audience, ExperimentDesign } from "../../../strategy/index.js";
import { type NumberTexts, numberTexts } from "../../../table/index.js";

/**
 * States the size of a segment and how many of its customers can be contacted, in the form of a log line.
 *
 * @example
 * const audience = { customers: 484, optedOut: 1680, unknownConsent: 89, consentKnown: true };
 * audienceText(audience, { segment: "At Risk", asOf: "2026-02-28" }, numberTexts());
 * // "At Risk as of 2026-02-28: 2,253 customers, 484 can be contacted (excluded: 1,680 opted out, 89 without recorded consent)"
 */
export function audienceText(
  { customers, optedOut, unknownConsent, consentKnown }: Audience,
  options: { readonly segment: string; readonly asOf: string },
  { count, day }: NumberTexts,
): string {
  requireKnownOptions("describe an audience", options, { segment: true, asOf: true });
  const { segment, asOf } = options;
  const size = `${segment} as of ${day(asOf)}: ${count(customers + optedOut + unknownConsent)} customers`;
  return consentKnown
    ? `${size}, ${count(customers)} can be contacted (excluded: ${count(optedOut)} opted out, ${count(unknownConsent)} without recorded consent)`
    : `${size}, consent unknown (the dataset does not record it)`;
}

/**
 * States the groups of an experiment, in the form of a log line.
 *
 * @example
 * groupsText({ name: "at-risk", test: 1200, control: 400 }); // "at-risk, 1,200 test and 400 control customers"
 */
export function groupsText({ name, test, control }: Pick<ExperimentDesign, "name" | "test" | "control">): string {
  const { count } = numberTexts();
  return `${name}, ${count(test)} test and ${count(control)} control customers`;
}
