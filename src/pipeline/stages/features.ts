import type { DatasetSettings } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";
import { type FeatureTable, type History, rollingOrigins } from "../../features/index.js";
import { leftOutInWords } from "../../reports/index.js";
import { numberTexts } from "../../table/index.js";
import { defineOptions } from "../options/option-schema.js";
import { sharedOptions } from "../options/shared-options.js";
import type { TrustedStage } from "../stage.js";

const options = defineOptions({ returns: sharedOptions.returns, featureDir: sharedOptions.featureDir });

/** Contents of the feature store. */
export interface FeatureStore extends FeatureTable {
  readonly asOf: string;
  /** Days that labels cover. */
  readonly horizons: readonly number[];
  readonly means: Readonly<Record<string, number>>;
}

/** Trusted tables -> feature store, BTYD summary and labels. */
export const featuresStage: TrustedStage<typeof options, FeatureStore> = {
  name: "features",
  folder: "features",
  about: "Compute features, BTYD summary and labels: one row per customer as of a day",
  options,
  opens: "trusted",
  reads: [],
  settings: ["categories", "protected", "label_horizons", "strategy"],
  seeded: false,
  async run({ engine, dataset: { trusted, observe }, asOf, say, write }, { returns, featureDir }) {
    const { categories } = trusted.settings;
    const horizons = labelHorizons(trusted.settings);
    const observations = await observe({ returns, ...(featureDir ? { featureDir } : {}) });
    const labelled = labelDays(observations, horizons);
    const labels = await observations.labels({ at: labelled, horizonDays: horizons, categories });
    if (!labelled.length) say("no labels: the history is shorter than the horizons");
    const table = await observations.features({ at: asOf });
    const summary = await observations.btydSummary({ at: asOf });
    const store = `SELECT * FROM ${table.relation} ORDER BY as_of, customer_id`;
    await write("feature_store.parquet", { sql: store });
    await write("feature_store.csv", { sql: store });
    await write("btyd_summary.parquet", { sql: `SELECT * FROM ${summary.relation} ORDER BY as_of, customer_id` });
    await write("labels.parquet", {
      sql: `SELECT * FROM ${labels.relation} ORDER BY horizon_days, as_of, customer_id`,
    });
    if (table.leftOut.length) say(leftOutInWords(table.leftOut, numberTexts()));
    return { ...table, asOf, horizons, means: await meanMetrics(engine, table) };
  },
  metrics: ({ rows, names, leftOut, means }) => ({
    customers: rows,
    features: names.length,
    features_left_out: leftOut.length,
    ...means,
  }),
  params: ({ horizons }) => ({ label_horizons: horizons.join(",") }),
  facts: ({ rows, names }) => `${numberTexts().count(rows)} customers, ${names.length} features`,
};

/** Returns the days that labels cover: by default 30, which spend uses, and the strategy's horizon. */
export function labelHorizons({ label_horizons, strategy }: DatasetSettings): number[] {
  return [...new Set(label_horizons ?? [30, strategy.horizon_days])].sort((a, b) => a - b);
}

/** The test and validation days of every horizon that have customers, earliest first. */
function labelDays(history: History, horizons: readonly number[]): string[] {
  const days = horizons.flatMap((horizonDays) => {
    const { test, validation } = rollingOrigins(history, { horizonDays });
    return [test, validation];
  });
  const [first] = history.firstOrderDays;
  return [...new Set(days)].filter((day) => first !== undefined && first <= day).sort();
}

async function meanMetrics(engine: Engine, { relation }: FeatureTable): Promise<Record<string, number>> {
  const [row] = await engine.rows(
    `SELECT @ratio(sum(recency_days), count(*)) AS r, @ratio(sum(frequency), count(*)) AS f, @ratio(sum(@money(monetary)), count(*)) AS m FROM ${relation}`,
  );
  return { mean_recency_days: Number(row["r"]), mean_frequency: Number(row["f"]), mean_monetary: Number(row["m"]) };
}
