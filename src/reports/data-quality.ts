import { cleaningWaterfallChart, cohortRetentionChart, type Format, monthlyRevenueChart } from "../charts/index.js";
import type { DataQualityInput, LedgerEntry, SourceSummary } from "./data-quality-input.js";
import { featureBlocks } from "./feature-blocks.js";
import type { Block, FormattedValue, Report } from "./report.js";
import { tradeOffBlocks } from "./trade-off-blocks.js";

const count: Format = { kind: "count" };
const money: Format = { kind: "money", decimals: 0 };
const share: Format = { kind: "share" };
const date: Format = { kind: "date" };
const code: Format = { kind: "code" };

/** The report on what came in, what was dropped and what it cost, and what the features look like. */
export function dataQualityReport(input: DataQualityInput): Report {
  const { dataset, asOf, runId, gitCommit } = input;
  return {
    title: "What the data holds, and what cleaning cost",
    dataset: dataset.title,
    asOf,
    locale: dataset.locale,
    currency: dataset.currency,
    ...(runId ? { runId } : {}),
    ...(gitCommit ? { gitCommit } : {}),
    blocks: [
      ...summary(input),
      ...sources(input.sources),
      ...cleaning(input),
      ...tradeOffBlocks(input.tradeOffs),
      ...sales(input),
      ...featureBlocks(input),
      ...method(input),
    ],
  };
}

function summary({ totals, largestCost, dataset, asOf, wholeFileTo }: DataQualityInput): Block[] {
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
    ? " The costliest rule was *{{costRule}}*: it took away {{costRevenue}}, {{costShare}} of the revenue read."
    : "";
  return [
    {
      type: "prose",
      style: "lead",
      markdown: `**{{rowsKept}} of {{rowsRead}} lines ({{shareKept}}) can be trusted.** They hold {{revenue}} from {{customers}} customers in {{orders}} orders.${cost} A fifth of the customers bring {{topFifthShare}} of the revenue, and {{oneOrderShare}} ordered once only.`,
      values,
    },
    ...(asOf < wholeFileTo
      ? [
          {
            type: "prose",
            style: "note",
            markdown:
              "Import and cleaning are told for the whole file, to {{wholeFileTo}}. Features, months, cohorts and the split in time stand at {{asOf}} and see nothing later.",
            values,
          } as const,
        ]
      : []),
    ...(dataset.synthetic
      ? [
          {
            type: "prose",
            style: "warning",
            markdown: "**Generated data.** These customers do not exist: read the method here, not a market.",
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

function sources(files: readonly SourceSummary[]): Block[] {
  const warnings = files.flatMap(({ file, warnings: texts = [] }) => texts.map((text) => ({ file, text })));
  return [
    {
      type: "heading",
      level: 2,
      text: "What came in",
      lead: { markdown: "Files as they were read. The fingerprint tells two versions of a file apart." },
    },
    {
      type: "table",
      caption: "Source files",
      columns: [
        { label: "File" },
        { label: "Fills table" },
        { label: "Rows", format: count },
        { label: "Columns", format: count },
        { label: "First day", format: date },
        { label: "Last day", format: date },
        { label: "Encoding" },
        { label: "sha256", format: code },
      ],
      rows: files.map(({ file, table, rows, columns, firstDate, lastDate, encoding, sha256 }) => [
        file,
        table,
        rows,
        columns,
        firstDate ?? null,
        lastDate ?? null,
        encoding ?? null,
        sha256.slice(0, 12),
      ]),
    },
    ...(warnings.length
      ? [
          {
            type: "prose",
            style: "note",
            markdown: `Noticed while reading:\n\n${warnings.map((_, i) => `- {{file${i}}}: {{text${i}}}`).join("\n")}`,
            values: Object.fromEntries(
              warnings.flatMap(({ file, text }, i) => [
                [`file${i}`, { value: file, format: code }],
                [`text${i}`, { value: text }],
              ]),
            ),
          } as const,
        ]
      : []),
  ];
}

const ACTIONS: Readonly<Record<LedgerEntry["action"], string>> = {
  drop: "dropped",
  move: "moved to returns",
  change: "changed",
  flag: "kept, flagged",
};

function cleaning({ ledger, totals, asOf, dataset }: DataQualityInput): Block[] {
  const heading: Block = {
    type: "heading",
    level: 2,
    text: "What was dropped, and what it cost",
    lead: {
      markdown:
        "Rules run from top to bottom; a line that two rules would catch is counted at the first. Revenue touched is quantity times price of these lines, so refunds count negative.",
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
      caption: "Ledger of the cleaning",
      download: "ledger.csv",
      columns: [
        { label: "Rule" },
        { label: "Action" },
        { label: "Lines touched", format: count },
        { label: "Customers touched", format: count },
        { label: "Revenue touched", format: money },
        { label: "Lines left", format: count },
        { label: "Customers left", format: count },
        { label: "Revenue left", format: money },
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
      totals: [
        "Removed, and left",
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

function sales({ monthlyRevenue, cohorts, totals, dataset, asOf }: DataQualityInput): Block[] {
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

function method({ dataset, asOf, seed, runId, gitCommit, command, sources: files }: DataQualityInput): Block[] {
  const facts: [string, FormattedValue | undefined][] = [
    ["Dataset", { value: dataset.name, format: code }],
    ["As of", { value: asOf, format: code }],
    ["Seed", { value: String(seed), format: code }],
    ["Command", command ? { value: command, format: code } : undefined],
    ["Code", gitCommit ? { value: gitCommit, format: code } : undefined],
    ["Run", runId ? { value: runId, format: code } : undefined],
    ...files.map(({ file, sha256 }): [string, FormattedValue] => [
      `sha256 of ${file}`,
      { value: sha256, format: code },
    ]),
    ["Licence", dataset.licence ? { value: dataset.licence } : undefined],
    ["Source", dataset.citation ? { value: dataset.citation } : undefined],
  ];
  return [
    { type: "heading", level: 2, text: "Method and caveats" },
    {
      type: "prose",
      markdown: `- A rule is a condition, an action and a reason; it never changes with the result.
- Features see only what was known at the end of the as-of day. Labels and forecasts look at the days after it and are kept in a table of their own.
- Quartiles are interpolated linearly. A log axis is taken where a tail is heavy; the numbers in the tables are untouched.
- Correlation is not cause: two features may move together because both grow with time as a customer.`,
    },
    { type: "heading", level: 2, text: "Glossary" },
    {
      type: "terms",
      terms: [
        { term: "As of", meaning: "The last day that features may see, counted to its end" },
        { term: "Line", meaning: "One article of an order" },
        { term: "Cohort", meaning: "Customers by the month of their first order" },
        { term: "Recency", meaning: "Days from the last order to the as-of day" },
        { term: "Frequency", meaning: "Number of orders up to the as-of day" },
        { term: "Monetary", meaning: "Total spend up to the as-of day" },
        { term: "Horizon", meaning: "The days after the as-of day that a label or a forecast covers" },
      ],
    },
    {
      type: "heading",
      level: 2,
      text: "How to get the same numbers again",
      lead: { markdown: "The same file, as-of day, seed and code give the same numbers." },
    },
    {
      type: "table",
      caption: "What this report was made from",
      columns: [{ label: "What" }, { label: "Value" }],
      rows: facts.flatMap(([name, value]) => (value ? [[name, value]] : [])),
    },
  ];
}

function conventionsOf({ locale, currency }: DataQualityInput["dataset"]) {
  return { locale, currency };
}
