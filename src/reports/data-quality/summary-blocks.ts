import type { FormattedValue } from "../../table/index.js";
import { sentenceCase } from "../../text/index.js";
import type { Block } from "../report.js";
import { assumedInWords } from "../wording/assumed-settings.js";
import { count, date, money, share } from "./formats.js";
import type { DataQualityInput } from "./input.js";

export function summaryBlocks({ totals, largestCost, dataset, asOf, wholeFileTo }: DataQualityInput): Block[] {
  const values: Record<string, FormattedValue> = {
    rowsRead: { value: totals.rowsRead, format: count },
    rowsKept: { value: totals.rowsKept, format: count },
    shareKept: { value: totals.shareKept, format: share },
    customers: { value: totals.customers, format: count },
    orders: { value: totals.orders, format: count },
    revenue: { value: totals.revenue, format: money },
    oneOrderShare: { value: totals.oneOrderShare, format: share },
    topFifthShare: { value: totals.topFifthShare, format: share },
    costRule: { value: largestCost?.rule ?? null, format: { kind: "text" } },
    costRevenue: { value: largestCost?.revenue ?? null, format: money },
    costShare: { value: largestCost?.shareOfRevenue ?? null, format: share },
    asOf: { value: asOf, format: date },
    wholeFileTo: { value: wholeFileTo, format: date },
  };
  const cost = largestCost
    ? " The costliest rule was *{{costRule}}*: it removed {{costRevenue}}, {{costShare}} of the imported revenue."
    : "";
  return [
    {
      type: "prose",
      style: "lead",
      markdown: `**{{rowsKept}} of {{rowsRead}} lines ({{shareKept}}) passed cleaning.** They hold {{revenue}} from {{customers}} customers in {{orders}} orders.${cost} The top fifth of customers bring {{topFifthShare}} of the revenue, and {{oneOrderShare}} of customers ordered only once.`,
      values,
    },
    ...(asOf < wholeFileTo
      ? [
          {
            type: "prose",
            style: "note",
            markdown:
              "Figures on import and cleaning cover the whole file, up to {{wholeFileTo}}. Features, months, cohorts and the time split use only data up to {{asOf}}.",
            values,
          } as const,
        ]
      : []),
    ...assumedNote(dataset),
    ...(dataset.synthetic
      ? [
          {
            type: "prose",
            style: "warning",
            markdown:
              "**Generated data.** These customers are simulated: the report shows the method, not a real market.",
          } as const,
        ]
      : []),
    {
      type: "kpis",
      kpis: [
        {
          label: "revenue after cleaning",
          value: totals.revenue,
          format: { kind: "money", compact: true },
          note: {
            markdown: "{{first}} to {{last}}",
            values: {
              first: { value: totals.firstDate, format: date },
              last: { value: totals.lastDate, format: date },
            },
          },
        },
        { label: "customers", value: totals.customers, format: count },
        { label: "orders", value: totals.orders, format: count },
        {
          label: "of lines kept",
          value: totals.shareKept,
          format: share,
          note: {
            markdown: "{{removed}} lines removed",
            values: { removed: { value: totals.rowsRemoved, format: count } },
          },
        },
        {
          label: "of customers ordered once",
          value: totals.oneOrderShare,
          format: share,
          note: { markdown: "{{n}} customers", values: { n: { value: totals.oneOrderCustomers, format: count } } },
        },
        { label: "of revenue from the top fifth", value: totals.topFifthShare, format: share },
      ],
    },
  ];
}

/** Warns that amounts or days rest on defaults. */
function assumedNote({ assumed, currency, timezone }: DataQualityInput["dataset"]): Block[] {
  const words = assumedInWords({ assumed, settings: { currency, timezone } });
  return words === undefined
    ? []
    : [{ type: "prose", style: "warning", markdown: `**Assumed settings.** ${sentenceCase(words)}.` }];
}
