import { join } from "node:path";
import type { DatasetSettings } from "../datasets/index.js";
import { type Engine, openDuckDb } from "../engine/index.js";
import {
  addLabels,
  computeBtydSummary,
  computeFeatures,
  defineSeen,
  type FeatureTable,
  type ReturnsPolicy,
  rollingOrigins,
} from "../features/index.js";
import { writeArtifacts } from "./artifacts/write-artifacts.js";
import { trackedInput } from "./clean.js";
import { openDataset } from "./open-dataset.js";
import type { Stage } from "./stage.js";

/** What becomes of returns, and the user's own groups. */
export interface FeaturesStageOptions {
  /** Defaults to "drop". */
  readonly returns?: ReturnsPolicy;
  /** The user's own SQL groups. */
  readonly featureFolder?: string;
}

/** What the feature store holds. */
export interface FeatureStore extends FeatureTable {
  readonly asOf: string;
}

/** Trusted tables -> feature store, BTYD summary and labels. */
export function featuresStage({ returns = "drop", featureFolder }: FeaturesStageOptions = {}): Stage<FeatureStore> {
  return {
    name: "features",
    run: async (context, tracked) => {
      const { say } = context;
      const engine = await openDuckDb({ threads: context.threads });
      try {
        const { provenance, trusted, asOf, remarks } = await openDataset(engine, context);
        for (const remark of remarks) say(`  ${remark}`);
        const { categories } = trusted.settings;
        const horizons = labelHorizons(trusted.settings);
        const labelled = await labelCuts(engine, asOf, horizons);
        // Labels stand at earlier cuts than the features that are kept; without a closed cut their table is empty.
        await defineSeen(engine, { cuts: labelled.length ? labelled : [asOf], returns });
        for (const horizonDays of horizons) await addLabels(engine, { horizonDays, knownUntil: asOf, categories });
        if (!labelled.length) say("  no label is closed yet: the history is shorter than its horizons");
        const table = await computeFeatures(engine, trusted, {
          cuts: [asOf],
          returns,
          ...(featureFolder ? { featureFolder } : {}),
        });
        await computeBtydSummary(engine);
        const params = {
          as_of: asOf,
          returns,
          label_horizons: horizons.join(","),
          ...(featureFolder ? { feature_dir: featureFolder } : {}),
        };
        const folder = join(context.out, "features");
        await writeArtifacts(context, { folder, provenance, asOf, params, tracked }, async (temporary) => {
          const store = "SELECT * FROM features ORDER BY as_of, customer_id";
          await engine.writeParquet(store, join(temporary, "feature_store.parquet"));
          await engine.writeCsv(store, join(temporary, "feature_store.csv"));
          const summary = "SELECT * FROM btyd_summary ORDER BY as_of, customer_id";
          await engine.writeParquet(summary, join(temporary, "btyd_summary.parquet"));
          const labels = "SELECT * FROM labels ORDER BY horizon_days, as_of, customer_id";
          await engine.writeParquet(labels, join(temporary, "labels.parquet"));
        });
        say(`  ${table.rows.toLocaleString("en-US")} customers, ${table.names.length} features`);
        if (table.leftOut.length) say(`  ${leftOutLine(table)}`);
        return {
          stage: "features",
          value: { ...table, asOf },
          folder,
          metrics: {
            customers: table.rows,
            features: table.names.length,
            features_left_out: table.leftOut.length,
            ...(await meanMetrics(engine)),
          },
          input: trackedInput(provenance),
          params,
        };
      } finally {
        engine.close();
      }
    },
  };
}

/** Churn and value look as far as the strategy's horizon, spend 30 days, unless the dataset says otherwise. */
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
  return `${leftOut.length} features left out: ${reasons.join(", ")}`;
}
