import { cohortRetentionChart, monthlyRevenueChart } from "../../charts/index.js";
import type { Block } from "../report.js";
import { conventionsOf } from "./conventions-of.js";
import type { DataQualityInput } from "./input.js";

export function salesBlocks({ monthlyRevenue, cohorts, totals, dataset, asOf }: DataQualityInput): Block[] {
  const options = { ...conventionsOf(dataset), asOf: totals.lastDate < asOf ? totals.lastDate : asOf };
  return [
    ...(monthlyRevenue.length
      ? [
          {
            type: "heading",
            level: 2,
            text: "Sales over time",
            lead: {
              markdown: "Sales are seasonal: compare a month with the same month of the previous year.",
            },
          } as const,
          { type: "chart", chart: monthlyRevenueChart(monthlyRevenue, options) } as const,
        ]
      : []),
    ...(cohorts.length
      ? [
          {
            type: "heading",
            level: 2,
            text: "Retention by cohort",
            lead: {
              markdown:
                "Many customers of the first months had ordered before the data begins, so these cohorts retain better.",
            },
          } as const,
          { type: "chart", chart: cohortRetentionChart(cohorts, options) } as const,
        ]
      : []),
  ];
}
