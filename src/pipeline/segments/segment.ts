import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDb } from "../../engine/index.js";
import { cohortRetention, type ReturnsPolicy } from "../../features/index.js";
import { type SegmentationModel, segmentRulesOf } from "../../segmentation/index.js";
import { contactSecret } from "../../storage/index.js";
import { renderTargetList, type Strategies, standardStrategies, strategiesWithBudget } from "../../strategy/index.js";
import { SEGMENT_NAMES } from "../../text/index.js";
import { writeArtifacts } from "../artifacts/write-artifacts.js";
import { trackedInput } from "../clean.js";
import { packageSegmentation } from "../model-packages/package-segmentation.js";
import { openDataset } from "../open-dataset.js";
import type { Stage } from "../stage.js";
import { consentInWords } from "./consent-in-words.js";
import { describeSegments } from "./describe-segments.js";
import { loadCategorySpend } from "./load-category-spend.js";
import { loadConsents } from "./load-consents.js";
import { loadCustomers } from "./load-customers.js";
import { modelFeatures } from "./model-features.js";
import { requireCustomers } from "./require-customers.js";
import { rowsWithOrders } from "./rows-with-orders.js";
import { segmentCustomers } from "./segment-customers.js";
import { writeSegmentFigures } from "./segment-figures.js";
import { collectHistory, moversCsv, targetLists, writeAssignments } from "./segment-files.js";
import { logCandidates, segmentLines, segmentMetrics } from "./segment-log.js";
import { driftJson, migrationCsv, selectionCsv, summaryCsv, transitionMatrixCsv } from "./segment-tables.js";
import type { Segments } from "./segments.js";
import { tellClusterCounts } from "./tell-cluster-counts.js";

/** How a dataset is segmented. */
export interface SegmentStageOptions {
  /** What clusters are made of; defaults to recency_days, frequency, monetary. */
  readonly features?: readonly string[];
  /** Feature -> weight. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Orders that a customer needs to be in a cluster; defaults to 1. */
  readonly minOrders?: number;
  /** Takes this number of clusters, whatever the rule says. */
  readonly nClusters?: number;
  /** Defaults to those of the dataset's settings. */
  readonly rules?: "standard" | "strict";
  /** Defaults to "drop". */
  readonly returns?: ReturnsPolicy;
  readonly featureFolder?: string;
  /** Defaults to the standard ones. */
  readonly strategies?: Strategies;
  /** Divided among the segments by priority, in the dataset's currency; defaults to 50,000. */
  readonly budget?: number;
  /** Segments fitted before, which are judged; by default those that would have been fitted 30 days earlier. */
  readonly fitted?: SegmentationModel;
  /** Draws figures as PNG and SVG; defaults to true. */
  readonly figures?: boolean;
  /** Writes the customers' own ids into the lists, not pseudonyms; defaults to false. */
  readonly plainIds?: boolean;
  /** Says at the end what was found, in lines; defaults to true. */
  readonly tellsResults?: boolean;
}

/** What clusters are made of unless something else is asked for. */
export const defaultSegmentFeatures = ["recency_days", "frequency", "monetary"];

/** Customers in the example of the model that is tracked. */
const EXAMPLES = 5;

/** Trusted tables -> segments of the customers, their profiles, strategies, lists and movement in the last 30 days. */
export function segmentStage({
  features = defaultSegmentFeatures,
  weights = {},
  minOrders = 1,
  nClusters,
  rules,
  returns = "drop",
  featureFolder,
  strategies = standardStrategies,
  budget = 50_000,
  fitted,
  figures = true,
  plainIds = false,
  tellsResults = true,
}: SegmentStageOptions = {}): Stage<Segments> {
  return {
    name: "segment",
    run: async (context, tracked) => {
      const { say, dataset, seed } = context;
      const engine = await openDuckDb({ threads: context.threads });
      try {
        const { provenance, trusted, asOf, firstOrder, remarks } = await openDataset(engine, context);
        for (const remark of remarks) say(`  ${remark}`);
        const { now, before } = await loadCustomers(engine, trusted, {
          asOf,
          features,
          fittedFeatures: fitted?.scaler.map(({ name }) => name) ?? [],
          returns,
          ...(featureFolder ? { featureFolder } : {}),
        });
        requireCustomers(now, { dataset, minOrders, firstOrder });
        const segmented = await segmentCustomers(now, before, {
          dataset,
          features,
          weights,
          minOrders,
          rules: segmentRulesOf({ ...trusted.settings.segments, ...(rules ? { rules } : {}) }),
          seed,
          ...(nClusters === undefined ? {} : { forced: nClusters }),
          ...(fitted ? { fitted } : {}),
          locale: trusted.settings.locale,
          onProgress: tellClusterCounts(context),
        });
        const spend = await loadCategorySpend(engine, trusted);
        const segments = describeSegments(segmented, spend, trusted.settings);
        const key = plainIds ? undefined : await contactSecret(context.workspace.processedDatasets, context.key);
        const naming = { consents: await loadConsents(engine, trusted), key };
        const lists = targetLists(segmented.now, naming);
        const withoutConsent = lists.reduce(
          (count, { refused, unknownConsent }) => count + refused + unknownConsent,
          0,
        );
        const cohorts = await cohortRetention(engine, { asOf });
        const facts = { profiles: segments.ruleProfiles, lists };
        const applied = strategiesWithBudget(facts, { strategies, budget });
        const value: Segments = { ...segments, withoutConsent, cohorts, strategies: applied };
        const params = {
          as_of: asOf,
          features: features.join(","),
          min_orders: minOrders,
          rules: rules ?? trusted.settings.segments?.rules ?? "standard",
          returns,
          ...(Object.keys(weights).length ? { weights: JSON.stringify(weights) } : {}),
          ...(nClusters === undefined ? {} : { n_clusters: nClusters }),
        };
        const folder = join(context.out, "segments");
        await writeArtifacts(context, { folder, provenance, asOf, params, tracked }, async (temporary) => {
          await writeAssignments(engine, segmented, join(temporary, "segment_assignments.parquet"));
          await collectHistory(folder, temporary, asOf);
          const write = (name: string, text: string) => writeFile(join(temporary, name), text);
          await write("segment_summary.csv", summaryCsv(value.profiles, trusted.settings));
          await write("rule_segment_summary.csv", summaryCsv(value.ruleProfiles, trusted.settings));
          await write("selection.csv", selectionCsv(segmented));
          await write("migration.csv", migrationCsv(value.migration));
          await write("migration_matrix.csv", transitionMatrixCsv(value.migration.rule_segment, SEGMENT_NAMES));
          await write("movers.csv", moversCsv(value.movers, naming));
          await write("segmentation_model.json", json(segmented.model));
          await write("segment_strategies.json", json(applied));
          await write("drift.json", driftJson(value));
          const shown = { settings: trusted.settings, seed };
          if (figures) await writeSegmentFigures(join(temporary, "figures"), value, shown);
          await mkdir(join(temporary, "lists"));
          for (const list of lists) await write(join("lists", `${list.slug}.csv`), renderTargetList(list));
        });
        if (tellsResults) for (const line of segmentLines(value, trusted.settings)) say(line && `  ${line}`);
        say(`  ${consentInWords(lists, trusted.settings)}`);
        await logCandidates(tracked, value);
        const shown = rowsWithOrders(now, minOrders).slice(0, EXAMPLES);
        const inputExample = modelFeatures(segmented.model, now, shown);
        await tracked.logModel(packageSegmentation(segmented.model, { inputExample }), { name: "segmentation" });
        return {
          stage: "segment",
          value,
          folder,
          metrics: segmentMetrics(value),
          input: trackedInput(provenance),
          params,
        };
      } finally {
        engine.close();
      }
    },
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
