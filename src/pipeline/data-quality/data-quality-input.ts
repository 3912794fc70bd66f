import { join } from "node:path";
import type { CleaningReport, LedgerEntry } from "../../cleaning/index.js";
import type { Provenance } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";
import {
  cohortRetention,
  customerTotals,
  monthlyRevenue,
  openObservations,
  type ReturnsPolicy,
} from "../../features/index.js";
import type { DataQualityInput, SourceWarning } from "../../reports/index.js";
import { sentenceCase } from "../../text/index.js";
import type { OpenedDataset } from "../open-dataset.js";
import { featureSummary } from "./feature-summary.js";
import { repurchaseAfterCut, wholeFileTradeOffs } from "./trade-offs.js";

/** Subject of the report and its sources. */
export interface DataQualityFacts extends OpenedDataset {
  readonly cleaning: CleaningReport;
  /** Path of `feature_store.parquet`. */
  readonly featureStore: string;
  /** The command that makes the same report again. */
  readonly command: string;
  readonly returns: ReturnsPolicy;
  readonly seed: number;
  readonly gitCommit?: string;
  readonly runId?: string;
}

/**
 * Brings together what the data-quality report says. Import, cleaning and their totals are of the whole file; features,
 * months, cohorts and the time split stand at `asOf`.
 */
export async function dataQualityInput(engine: Engine, facts: DataQualityFacts): Promise<DataQualityInput> {
  const { provenance, trusted, cleaning, asOf, lastOrder, returns, seed, command, gitCommit, runId } = facts;
  const { currency, locale } = trusted.settings;
  const lines = cleaning.ledger.filter(({ table }) => table === "lines");
  const rowsRead = lines[0]?.rows_before ?? cleaning.lines;
  const wholeFile = await openObservations(engine, trusted, { asOf: lastOrder });
  const totals = await customerTotals(wholeFile);
  const whole = await wholeFileTradeOffs(wholeFile.engine, cleaning, returns);
  await wholeFile.close();
  const days = await rawDays(engine, facts);
  const observations = await facts.observe();
  return {
    dataset: {
      name: trusted.name,
      title: trusted.title,
      currency,
      locale,
      licence: provenance.licence,
      citation: provenance.citation,
      synthetic: provenance.synthetic ?? false,
      timezone: trusted.settings.timezone,
      ...(provenance.assumed ? { assumed: provenance.assumed } : {}),
    },
    asOf,
    wholeFileTo: lastOrder,
    seed,
    ...(gitCommit ? { gitCommit } : {}),
    ...(runId ? { runId } : {}),
    command,
    sources: provenance.sources.map(({ file, table, sha256, profile, columns, encoding }) => ({
      file,
      table,
      sha256,
      rows: profile?.rows ?? 0,
      columns: columns.length,
      ...(encoding ? { encoding } : {}),
      ...(table === "orders" ? days : {}),
      warnings: warningsOf(provenance, cleaning, { table, duplicates: profile?.fullRowDuplicates ?? 0 }),
    })),
    totals: {
      rowsRead,
      rowsKept: cleaning.lines,
      rowsRemoved: rowsRead - cleaning.lines,
      shareKept: rowsRead && cleaning.lines / rowsRead,
      customers: totals.customers,
      orders: totals.orders,
      revenue: totals.revenue,
      revenueRemoved: (lines[0]?.revenue_before ?? cleaning.revenue) - cleaning.revenue,
      firstDate: cleaning.first_order ?? asOf,
      lastDate: cleaning.last_order ?? asOf,
      oneOrderCustomers: totals.oneOrderCustomers,
      oneOrderShare: totals.oneOrderShare,
      topFifthShare: totals.topFifthShare,
    },
    ledger: lines.map(ledgerLine),
    ...(largestCost(lines) ? { largestCost: largestCost(lines) as NonNullable<DataQualityInput["largestCost"]> } : {}),
    tradeOffs: {
      ...whole,
      engagementProxies: ["engagement_score", "avg_interpurchase_days", "purchase_span_days", "active_month_share"],
      timeSplit: await repurchaseAfterCut(observations, { horizonDays: trusted.settings.strategy.horizon_days }),
    },
    features: await featureSummary(engine, facts.featureStore, trusted),
    monthlyRevenue: await monthlyRevenue(observations),
    cohorts: await cohortRetention(observations),
  };
}

function warningsOf(
  { notes, rejected }: Provenance,
  { ledger }: CleaningReport,
  { table, duplicates }: { table: string; duplicates: number },
): SourceWarning[] {
  const unreadable = rejected.filter((row) => row.table === table).length;
  return [
    ...notes
      .filter((note) => /^\w+(?=[.:])/.exec(note)?.[0] === table)
      .map((text) => ({ code: "note", text }) as const),
    ...(duplicates ? [{ code: "duplicates", rows: duplicates } as const] : []),
    ...ledger
      .filter((entry) => entry.table === table && entry.rows_touched > 0)
      .map(({ rule, rows_touched, reason }) => ({ code: "rule", rule, rows: rows_touched, reason }) as const),
    ...(unreadable ? [{ code: "unreadable", rows: unreadable } as const] : []),
  ];
}

/** First and last calendar day of the raw lines. */
async function rawDays(
  engine: Engine,
  { rawFolder, trusted }: DataQualityFacts,
): Promise<{ firstDate?: string; lastDate?: string }> {
  await engine.registerParquet("raw_lines", join(rawFolder, "lines.parquet"));
  const [{ first, last }] = await engine.rows(
    `SELECT @local_day(min(ordered_at), $zone) AS first, @local_day(max(ordered_at), $zone) AS last FROM raw_lines`,
    { zone: trusted.settings.timezone },
  );
  return { ...(first ? { firstDate: String(first) } : {}), ...(last ? { lastDate: String(last) } : {}) };
}

const actions = { drop: "drop", return: "move", set: "change" } as const;

/** A rule's slug as words with a capital. */
function wordsOf(rule: string): string {
  return sentenceCase(rule.replaceAll("_", " "));
}

function ledgerLine(entry: LedgerEntry): DataQualityInput["ledger"][number] {
  return {
    rule: wordsOf(entry.rule),
    action: actions[entry.action],
    reason: entry.reason,
    rowsTouched: entry.rows_touched,
    rowsRemoved: entry.rows_before - entry.rows_after,
    customersTouched: entry.customers_touched,
    revenueTouched: entry.revenue_touched,
    rowsBefore: entry.rows_before,
    rowsAfter: entry.rows_after,
    customersBefore: entry.customers_before,
    customersAfter: entry.customers_after,
    revenueBefore: entry.revenue_before,
    revenueAfter: entry.revenue_after,
  };
}

/** The rule that took away the most revenue, if any took some. */
function largestCost(ledger: readonly LedgerEntry[]): DataQualityInput["largestCost"] {
  const [first] = [...ledger]
    .filter(({ action }) => action === "drop")
    .sort((a, b) => b.revenue_touched - a.revenue_touched);
  if (!first || first.revenue_touched <= 0) return undefined;
  const read = ledger[0].revenue_before;
  return {
    rule: wordsOf(first.rule).toLowerCase(),
    revenue: first.revenue_touched,
    shareOfRevenue: read && first.revenue_touched / read,
  };
}
