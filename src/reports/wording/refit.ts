import { requireKnownOptions } from "../../errors.js";
import type { RefitComparison } from "../../segmentation/index.js";
import type { NumberTexts } from "../../table/index.js";

/**
 * States how many customers keep their cluster with the fit of an earlier day.
 *
 * @param options.asOf The earlier day, `YYYY-MM-DD`.
 *
 * @example
 * refitInWords({ agreement: 0.929 }, numberTexts(), { asOf: "2026-01-01" });
 * // "92.9% of customers keep their cluster if the model fitted on 2026-01-01 is used instead"
 */
export function refitInWords(
  { agreement }: Pick<RefitComparison, "agreement">,
  { percent }: NumberTexts,
  options: { readonly asOf: string },
): string {
  requireKnownOptions("describe a refit", options, { asOf: true });
  const { asOf } = options;
  return `${percent(agreement)} of customers keep their cluster if the model fitted on ${asOf} is used instead`;
}
