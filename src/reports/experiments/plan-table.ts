import type { ExperimentPlan } from "../../strategy/index.js";
import type { NumberTexts } from "../../table/index.js";
import type { TableBlock } from "../report.js";
import { measureLabel } from "../wording/experiment-metrics.js";

/** Note on the star of {@link planTable}. */
export const BEST_MEASURE_NOTE = "smallest detectable change in spend";

/**
 * Builds the table of a plan's measures: base rates, detectable changes, and the customers that a worthwhile rise
 * takes.
 */
export function planTable(
  { measures, relativeEffect, best }: ExperimentPlan,
  { exactPercent }: NumberTexts,
): TableBlock {
  return {
    type: "table",
    caption: "Detectable changes",
    columns: [
      { name: "metric", title: "Metric" },
      { name: "mean", title: "Without campaign", format: { kind: "money" } },
      { name: "detectable_from", title: "Detectable from", format: { kind: "money" } },
      { name: "detectable_rise", title: "Detectable rise", format: { kind: "percent", signed: true } },
      {
        name: "needed_per_group",
        title: `Customers per group for +${exactPercent(relativeEffect)}`,
        format: { kind: "count" },
      },
    ],
    rows: measures.map((measure) => {
      const { mean, minimumDetectableEffect, neededPerArm } = measure;
      const format = measure.measure === "conversion" ? { kind: "percent" as const } : { kind: "money" as const };
      return [
        `${measureLabel(measure)}${measure === best ? " *" : ""}`,
        { value: mean, format },
        { value: minimumDetectableEffect === null ? null : mean * (1 + minimumDetectableEffect), format },
        minimumDetectableEffect,
        neededPerArm,
      ];
    }),
    ...(best ? { note: { markdown: `\\* ${BEST_MEASURE_NOTE}` } } : {}),
  };
}
