import { cleaningWaterfallChart } from "../../charts/index.js";
import type { Block } from "../report.js";
import { conventionsOf } from "./conventions-of.js";
import { count, money } from "./formats.js";
import type { DataQualityInput, LedgerEntry } from "./input.js";

const ACTIONS: Readonly<Record<LedgerEntry["action"], string>> = {
  drop: "dropped",
  move: "moved to returns",
  change: "changed",
  flag: "kept, flagged",
};

export function cleaningBlocks({ ledger, totals, asOf, dataset }: DataQualityInput): Block[] {
  const heading: Block = {
    type: "heading",
    level: 2,
    text: "Dropped rows and their cost",
    lead: {
      markdown:
        "Rules run from top to bottom. A line that matches several rules counts under the first. Revenue affected is quantity times price of these lines, so refunds are negative.",
    },
  };
  if (ledger.length === 0) {
    return [heading, { type: "prose", markdown: "No cleaning rule applies to this dataset: every line was kept." }];
  }
  return [
    heading,
    {
      type: "chart",
      chart: cleaningWaterfallChart(ledger, { ...conventionsOf(dataset), asOf: totals.lastDate || asOf }),
    },
    {
      type: "table",
      caption: "Cleaning ledger",
      download: "ledger.csv",
      columns: [
        { name: "Rule" },
        { name: "Action" },
        { name: "Lines affected", format: count },
        { name: "Customers affected", format: count },
        { name: "Revenue affected", format: money },
        { name: "Lines left", format: count },
        { name: "Customers left", format: count },
        { name: "Revenue left", format: money },
      ],
      rows: ledger.map((entry) => [
        entry.rule,
        ACTIONS[entry.action],
        entry.rowsTouched,
        entry.customersTouched,
        entry.revenueTouched,
        entry.rowsAfter,
        entry.customersAfter,
        entry.revenueAfter,
      ]),
      total: [
        "Removed and left",
        "",
        totals.rowsRemoved,
        "",
        totals.revenueRemoved,
        totals.rowsKept,
        totals.customers,
        totals.revenue,
      ],
    },
    { type: "terms", terms: ledger.map(({ rule, reason }) => ({ term: rule, meaning: reason })) },
  ];
}
