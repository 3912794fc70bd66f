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
              markdown: "Seasons lift every number by themselves: compare a month with the same month of last year.",
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
            text: "Who comes back",
            lead: {
              markdown:
                "Customers of the first months are often older customers whose earlier orders the data does not hold, so they come back more.",
            },
          } as const,
          { type: "chart", chart: cohortRetentionChart(cohorts, options) } as const,
        ]
      : []),
  ];
}
