import type { ExperimentPlan, SpendRise } from "../../strategy/index.js";
import type { NumberTexts } from "../../table/index.js";
import type { TableBlock } from "../report.js";
import { measureLabel } from "../wording/experiments/metrics.js";

/** Note on the star of {@link planTable}. */
export const SPEND_NOTE = "the spend that the readout reports; capped spend is a secondary metric";

/**
 * Builds the table of a plan's measures: base rates, detectable rises by the way in which they come about, and the
 * customers that a worthwhile rise takes however it does.
 */
export function planTable(
  { measures, relativeEffect, spend }: ExperimentPlan,
  { exactPercent }: NumberTexts,
): TableBlock {
  return {
    type: "table",
    caption: "Detectable changes",
    columns: [
      { name: "metric", title: "Metric" },
      { name: "mean", title: "Without campaign", format: { kind: "money" } },
      { name: "more_buyers", title: "Detectable: more buyers", format: { kind: "percent", signed: true } },
      { name: "larger_purchases", title: "Detectable: larger purchases", format: { kind: "percent", signed: true } },
      {
        name: "needed_per_group",
        title: `Customers per group for +${exactPercent(relativeEffect)}`,
        format: { kind: "count" },
      },
    ],
    rows: measures.map((measure) => {
      const { mean, rises, neededPerArm } = measure;
      const detectable = (rise: SpendRise) => rises.find((one) => one.rise === rise)?.minimumDetectableEffect ?? null;
      const format = measure.measure === "conversion" ? { kind: "percent" as const } : { kind: "money" as const };
      return [
        `${measureLabel(measure)}${measure === spend ? " *" : ""}`,
        { value: mean, format },
        detectable("more buyers"),
        detectable("larger purchases"),
        neededPerArm,
      ];
    }),
    ...(spend ? { note: { markdown: `\\* ${SPEND_NOTE}` } } : {}),
  };
}
