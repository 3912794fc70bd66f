import type { DatasetSettings } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";
import {
  addLabels,
  computeBtydSummary,
  computeFeatures,
  defineSeen,
  type FeatureTable,
  rollingOrigins,
} from "../../features/index.js";
import { defineOptions } from "../options/option-schema.js";
import { sharedOptions } from "../options/shared-options.js";
import type { TrustedStage } from "../stage.js";

const options = defineOptions({ returns: sharedOptions.returns, featureDir: sharedOptions.featureDir });

/** What the feature store holds. */
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
  async run({ engine, dataset: { trusted }, asOf, say, write }, { returns, featureDir }) {
    const { categories } = trusted.settings;
    const horizons = labelHorizons(trusted.settings);
    const labelled = await labelCuts(engine, asOf, horizons);
    // Labels stand at earlier cuts than the features that are kept; without a closed cut their table is empty.
    await defineSeen(engine, { cuts: labelled.length ? labelled : [asOf], returns });
    for (const horizonDays of horizons) await addLabels(engine, { horizonDays, knownUntil: asOf, categories });
    if (!labelled.length) say("no labels: the history is shorter than the horizons");
    const table = await computeFeatures(engine, trusted, {
      cuts: [asOf],
      returns,
      ...(featureDir ? { featureFolder: featureDir } : {}),
    });
    await computeBtydSummary(engine);
    const store = "SELECT * FROM features ORDER BY as_of, customer_id";
    await write("feature_store.parquet", { sql: store });
    await write("feature_store.csv", { sql: store });
    await write("btyd_summary.parquet", { sql: "SELECT * FROM btyd_summary ORDER BY as_of, customer_id" });
    await write("labels.parquet", { sql: "SELECT * FROM labels ORDER BY horizon_days, as_of, customer_id" });
    say(`${table.rows.toLocaleString("en-US")} customers, ${table.names.length} features`);
    if (table.leftOut.length) say(leftOutLine(table));
    return { ...table, asOf, horizons, means: await meanMetrics(engine) };
  },
  metrics: ({ rows, names, leftOut, means }) => ({
    customers: rows,
    features: names.length,
    features_left_out: leftOut.length,
    ...means,
  }),
  params: ({ horizons }) => ({ label_horizons: horizons.join(",") }),
};

/** Returns the days that labels cover: by default 30, which spend uses, and the strategy's horizon. */
export function labelHorizons({ label_horizons, strategy }: DatasetSettings): number[] {
  return [...new Set(label_horizons ?? [30, strategy.horizon_days])].sort((a, b) => a - b);
}

/** The test and validation cuts of every horizon that have customers, earliest first. */
async function labelCuts(engine: Engine, asOf: string, horizons: readonly number[]): Promise<string[]> {
  const firsts = await engine.columns("SELECT min(ordered_on) AS day FROM orders GROUP BY customer_id ORDER BY day");
  const firstOrderDays = firsts["day"] as string[];
  const cuts = horizons.flatMap((horizonDays) => {
    const { test, validation } = rollingOrigins(asOf, { horizonDays, firstOrderDays });
    return [test, validation];
  });
  return [...new Set(cuts)].filter((cut) => firstOrderDays.length > 0 && firstOrderDays[0] <= cut).sort();
}

async function meanMetrics(engine: Engine): Promise<Record<string, number>> {
  const [row] = await engine.rows(
    "SELECT @ratio(sum(recency_days), count(*)) AS r, @ratio(sum(frequency), count(*)) AS f, @ratio(sum(@money(monetary)), count(*)) AS m FROM features",
  );
  return { mean_recency_days: Number(row["r"]), mean_frequency: Number(row["f"]), mean_monetary: Number(row["m"]) };
}

/** How many features a dataset cannot give, by what it lacks. */
function leftOutLine({ leftOut }: FeatureTable): string {
  const byNeed = new Map<string, number>();
  for (const need of leftOut.flatMap(({ lacks }) => lacks)) byNeed.set(need, (byNeed.get(need) ?? 0) + 1);
  const reasons = [...byNeed].map(([need, n]) => `no ${need}${n > 1 ? ` (${n})` : ""}`);
  return `${leftOut.length} features unavailable: ${reasons.join(", ")}`;
}
