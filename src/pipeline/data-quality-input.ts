import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { histogram } from "../charts/index.js";
import type { CleaningReport, LedgerEntry } from "../cleaning/index.js";
import type { Provenance, TrustedDataset } from "../datasets/index.js";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import {
  categorySlug,
  cohortRetention,
  customerTotals,
  dayBefore,
  featureCatalogue,
  monthlyRevenue,
  numericColumns,
  profileFeatures,
  type ReturnsPolicy,
  rankCorrelations,
} from "../features/index.js";
import type { DataQualityInput } from "../reports/index.js";

export interface DataQualityFacts {
  readonly provenance: Provenance;
  /** `datasets/raw/<name>`. */
  readonly rawFolder: string;
  readonly trusted: TrustedDataset;
  /** Folder of `cleaning/` and `features/`. */
  readonly artifacts: string;
  readonly asOf: string;
  readonly returns: ReturnsPolicy;
  readonly seed: number;
  readonly gitCommit?: string;
  readonly runId?: string;
}

/**
 * Brings together what the data-quality report says: the import, the cleaning ledger, the feature store and the open
 * history. Every number of the report is computed here or was computed before.
 */
export async function dataQualityInput(engine: Engine, facts: DataQualityFacts): Promise<DataQualityInput> {
  const { provenance, trusted, artifacts, asOf, returns, seed, gitCommit, runId } = facts;
  const cleaning = JSON.parse(
    await readFile(join(artifacts, "cleaning", "cleaning_report.json"), "utf8"),
  ) as CleaningReport;
  const { currency, locale } = trusted.settings;
  const lines = cleaning.ledger.filter(({ table }) => table === "lines");
  const rowsRead = lines[0]?.rows_before ?? cleaning.lines;
  const totals = await customerTotals(engine);
  const days = await rawDays(engine, facts);
  return {
    dataset: {
      name: trusted.name,
      title: trusted.title,
      currency,
      locale,
      licence: provenance.licence,
      citation: provenance.citation,
      synthetic: /synthetic/i.test(`${provenance.citation} ${provenance.title} ${provenance.licence}`),
    },
    asOf,
    seed,
    ...(gitCommit ? { gitCommit } : {}),
    ...(runId ? { runId } : {}),
    command: `npx rekindle run --dataset ${trusted.name} --as-of ${asOf} --seed ${seed}`,
    sources: provenance.sources.map(({ file, table, sha256, profile, columns, encoding }) => ({
      file,
      table,
      sha256,
      rows: profile?.rows ?? 0,
      columns: columns.length,
      ...(encoding ? { encoding } : {}),
      ...(table === "orders" ? days : {}),
      warnings: warningsOf(provenance, cleaning, table, profile?.fullRowDuplicates ?? 0),
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
    tradeOffs: await tradeOffs(engine, cleaning, {
      asOf,
      returns,
      horizonDays: trusted.settings.strategy.horizon_days,
    }),
    features: await featureSummary(engine, join(artifacts, "features", "feature_store.parquet"), trusted),
    monthlyRevenue: await monthlyRevenue(engine, { asOf }),
    cohorts: await cohortRetention(engine, { asOf }),
  };
}

function warningsOf(
  { notes, rejected }: Provenance,
  { ledger }: CleaningReport,
  table: string,
  duplicates: number,
): string[] {
  const left = rejected.filter((row) => row.table === table).length;
  return [
    ...notes.filter((note) => note.startsWith(`${table}.`)),
    ...(duplicates ? [`${duplicates.toLocaleString("en-US")} rows repeat an earlier one in every column`] : []),
    ...ledger
      .filter((entry) => entry.table === table && entry.rows_touched > 0)
      .map(
        ({ rule, rows_touched, reason }) =>
          `${rule.replaceAll("_", " ")}: ${rows_touched.toLocaleString("en-US")} rows. ${reason}`,
      ),
    ...(left ? [`${left.toLocaleString("en-US")} rows could not be read and were left out`] : []),
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

function ledgerLine(entry: LedgerEntry): DataQualityInput["ledger"][number] {
  const words = entry.rule.replaceAll("_", " ");
  return {
    rule: words.charAt(0).toUpperCase() + words.slice(1),
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

async function tradeOffs(
  engine: Engine,
  { trade_offs }: CleaningReport,
  { asOf, returns, horizonDays }: { asOf: string; returns: ReturnsPolicy; horizonDays: number },
): Promise<DataQualityInput["tradeOffs"]> {
  const { missing_customer_id: missing, returns: back } = trade_offs;
  const ids = back.top_customers.map(({ customer_id }) => customer_id);
  const orders = new Map(
    (await engine.rows("SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id"))
      .filter((row) => ids.includes(String(row["customer_id"])))
      .map((row) => [String(row["customer_id"]), Number(row["n"])]),
  );
  const [returned] = await engine.rows(
    "SELECT count(DISTINCT return_id) AS n FROM trusted_returns WHERE returned_on <= CAST($day AS DATE)",
    { day: asOf },
  );
  return {
    ...(missing.rows
      ? {
          missingCustomerIds: {
            rows: missing.rows,
            shareOfRows: missing.share_of_rows,
            revenue: missing.revenue,
            shareOfRevenue: missing.share_of_revenue,
          },
        }
      : {}),
    ...(back.rows
      ? {
          returns: {
            policy: returns,
            rows: back.rows,
            orders: Number(returned["n"]),
            customers: back.customers,
            revenue: -back.amount,
            topCustomers: back.top_customers.map((customer) => ({
              customerId: customer.customer_id,
              orders: orders.get(customer.customer_id) ?? 0,
              revenueDropped: customer.revenue_drop,
              rankDropped: customer.rank_drop,
              revenueNetted: customer.revenue_net,
              rankNetted: customer.rank_net,
            })),
          },
        }
      : {}),
    engagementProxies: ["engagement_score", "avg_interpurchase_days", "purchase_span_days", "active_month_share"],
    timeSplit: await timeSplit(engine, { asOf: dayBefore(asOf, horizonDays), horizonDays }),
  };
}

/** What became of the customers known at the test cut. */
async function timeSplit(engine: Engine, { asOf, horizonDays }: { asOf: string; horizonDays: number }) {
  const [row] = await engine.rows(
    `WITH firsts AS (SELECT customer_id, min(ordered_on) AS first_on, max(CASE WHEN ordered_on > CAST($cut AS DATE) THEN 1 ELSE 0 END) AS bought FROM orders GROUP BY customer_id)
     SELECT COALESCE(sum(CASE WHEN first_on <= CAST($cut AS DATE) THEN 1 ELSE 0 END), 0) AS known,
       COALESCE(sum(CASE WHEN first_on <= CAST($cut AS DATE) THEN bought ELSE 0 END), 0) AS again,
       COALESCE(sum(CASE WHEN first_on > CAST($cut AS DATE) THEN 1 ELSE 0 END), 0) AS newcomers FROM firsts`,
    { cut: asOf },
  );
  const [known, again] = [Number(row["known"]), Number(row["again"])];
  return {
    asOf,
    horizonDays,
    knownCustomers: known,
    boughtAgain: again,
    boughtAgainShare: known && again / known,
    newCustomers: Number(row["newcomers"]),
  };
}

/** Features whose correlations a page can show; the others repeat one of these or are single categories. */
const correlated = [
  "recency_days",
  "frequency",
  "monetary",
  "avg_basket_value",
  "unique_products",
  "avg_interpurchase_days",
  "purchase_span_days",
  "days_since_first_purchase",
  "gap_regularity",
  "return_rate",
  "engagement_score",
  "total_spend_90d",
  "purchase_momentum",
  "weekend_transaction_rate",
  "promotion_usage_rate",
  "household_income",
];

async function featureSummary(
  engine: Engine,
  store: string,
  { settings }: TrustedDataset,
): Promise<NonNullable<DataQualityInput["features"]>> {
  await engine.registerParquet("feature_store", store);
  const all = (await engine.describe("SELECT * FROM feature_store")).map(({ name }) => name);
  const names = await numericColumns(engine, "feature_store", all);
  const profiles = await profileFeatures(engine, "feature_store", names);
  const values = await engine.columns(
    `SELECT ${names.map(quotedIdentifier).join(", ")} FROM feature_store ORDER BY as_of, customer_id`,
  );
  const used = correlated.filter((name) => names.includes(name));
  return {
    customers: profiles[0]?.rows ?? 0,
    profiles: profiles.map((profile) => {
      const { group, unit, definition } = definitionOf(profile.name, settings.categories);
      return {
        name: profile.name,
        group,
        unit,
        definition,
        mean: profile.mean,
        min: profile.min,
        q1: profile.q25,
        median: profile.median,
        q3: profile.q75,
        max: profile.max,
        missingShare: profile.missing / profile.rows,
        zeroShare: profile.zeros / profile.rows,
        histogram: histogram(values[profile.name] as Float64Array),
      };
    }),
    correlations: await rankCorrelations(engine, "feature_store", used),
  };
}

function definitionOf(name: string, categories: readonly string[]) {
  const found = featureCatalogue.find(
    (feature) =>
      feature.name === name ||
      categories.some((category) => feature.name.replace("<category>", categorySlug(category)) === name),
  );
  return found ?? { group: "own", unit: "as its SQL says", definition: "From the user's own feature folder" };
}
