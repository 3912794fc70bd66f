import { join } from "node:path";
import { openTrustedTables, resolveDataset } from "../datasets/index.js";
import { type Engine, openDuckDb } from "../engine/index.js";
import {
  addLabels,
  computeBtydSummary,
  computeFeatures,
  type FeatureTable,
  leakageCheck,
  openHistory,
  type ReturnsPolicy,
  rollingOrigins,
} from "../features/index.js";
import { replaceFolder } from "../replace-folder.js";
import { resolveAsOf } from "./as-of.js";
import { trackedInput } from "./clean.js";
import { writeManifest } from "./manifest.js";
import type { Stage } from "./stage.js";

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
      const { workspace, dataset, say } = context;
      const { provenance } = await resolveDataset(workspace, dataset);
      const engine = await openDuckDb({ threads: context.threads });
      try {
        const trusted = await openTrustedTables(engine, join(workspace.processedDatasets, dataset));
        const { asOf, remarks } = resolveAsOf(context.asOf, {
          lastOrder: await lastOrderDay(engine),
          defaultAsOf: trusted.settings.default_as_of,
          importedOn: provenance.imported_at.slice(0, 10),
        });
        for (const remark of remarks) say(`  ${remark}`);
        await openHistory(engine, trusted, { asOf });
        const horizons = labelHorizons(dataset, trusted.settings.strategy.horizon_days);
        const labelled = await labelCuts(engine, asOf, horizons);
        const settings = { returns, ...(featureFolder ? { featureFolder } : {}) };
        if (featureFolder) await refuseLeaks(engine, trusted, { asOf, cuts: [labelled[0] ?? asOf], ...settings });
        // Labels first: they stand at earlier cuts than the features that are kept.
        if (labelled.length) {
          await computeFeatures(engine, trusted, { cuts: labelled, returns });
          for (const horizonDays of horizons) {
            await addLabels(engine, { horizonDays, knownUntil: asOf, categories: trusted.settings.categories });
          }
        }
        const table = await computeFeatures(engine, trusted, { cuts: [asOf], ...settings });
        await computeBtydSummary(engine);
        const params = {
          as_of: asOf,
          returns,
          label_horizons: horizons.join(","),
          ...(featureFolder ? { feature_dir: featureFolder } : {}),
        };
        const folder = join(context.out, "features");
        await replaceFolder(folder, async (temporary) => {
          const store = "SELECT * FROM features ORDER BY as_of, customer_id";
          await engine.writeParquet(store, join(temporary, "feature_store.parquet"));
          await engine.writeCsv(store, join(temporary, "feature_store.csv"));
          await engine.writeParquet(
            "SELECT * FROM btyd_summary ORDER BY as_of, customer_id",
            join(temporary, "btyd_summary.parquet"),
          );
          if (labelled.length) {
            await engine.writeParquet(
              "SELECT * FROM labels ORDER BY horizon_days, as_of, customer_id",
              join(temporary, "labels.parquet"),
            );
          }
          await writeManifest(temporary, {
            dataset,
            dataset_sha256: provenance.sha256,
            as_of: asOf,
            seed: context.seed,
            git_commit: context.gitCommit ?? null,
            versions: context.versions,
            mlflow_run_id: tracked.id ?? null,
            params,
          });
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

/** Churn and value look 90 days ahead unless the dataset says otherwise, spend 30; CDNOW's buyers are too rare for 30. */
export function labelHorizons(dataset: string, horizonDays: number): number[] {
  return dataset === "cdnow" ? [horizonDays] : [...new Set([30, horizonDays])].sort((a, b) => a - b);
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

async function lastOrderDay(engine: Engine): Promise<string> {
  const [{ day }] = await engine.rows("SELECT max(ordered_on) AS day FROM orders");
  if (day === null) throw new RangeError("Cannot compute features: no order is left after cleaning");
  return String(day);
}

async function refuseLeaks(...args: Parameters<typeof leakageCheck>): Promise<void> {
  const leaks = await leakageCheck(...args);
  if (leaks.length) {
    const names = leaks.map(({ feature, rows }) => `"${feature}" (${rows} rows)`).join(", ");
    throw new RangeError(
      `Cannot use the features ${names}: they change when only the future does, read the seen_* relations instead of whole tables`,
    );
  }
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
