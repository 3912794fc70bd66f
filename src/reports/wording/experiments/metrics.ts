import type { ExperimentReadout, PlannedMeasure } from "../../../strategy/index.js";
import type { NumberTexts } from "../../../table/index.js";

/** Names the metric of an experiment, for the middle of a sentence. */
export function metricName(kind: ExperimentReadout["kind"]): string {
  return kind === "conversion" ? "the conversion rate" : "spend per customer";
}

/** Writes a value of a metric: a share of buyers, or an amount. */
export function metricAmount(kind: ExperimentReadout["kind"], { percent, money }: NumberTexts) {
  return kind === "conversion" ? (value: number) => percent(value) : (value: number) => money(value);
}

/** Labels a planned measure in a table. */
export function measureLabel({ measure, cuped }: Pick<PlannedMeasure, "measure" | "cuped">): string {
  const labels = {
    conversion: "conversion rate",
    spend: "spend per customer",
    "winsorized spend": "spend, outliers capped",
  };
  return `${labels[measure]}${cuped ? ", adjusted for past spend" : ""}`;
}

/** Formats a share with its sign: +5.0%, −5.0%; what rounds to zero has none. */
export function signedPercent(share: number, { percent }: NumberTexts): string {
  const size = percent(Math.abs(share));
  if (size === percent(0)) return size;
  return `${share < 0 ? "−" : "+"}${size}`;
}
