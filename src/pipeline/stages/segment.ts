import { readFile } from "node:fs/promises";
import { messageOf } from "../../errors.js";
import { cohortRetention } from "../../features/index.js";
import { consentInWords } from "../../reports/index.js";
import { modelFeatures, parseSegmentationModel } from "../../segmentation/index.js";
import { contactSecret } from "../../storage/index.js";
import { consentTotals, parseStrategies, standardStrategies, strategiesWithBudget } from "../../strategy/index.js";
import { numberTexts } from "../../table/index.js";
import { segmentRulesPath } from "../artifacts/segment-rules-file.js";
import { packageSegmentation } from "../model-packages/package-segmentation.js";
import {
  choice,
  defineOptions,
  namesOption,
  numberOption,
  optional,
  pathOption,
  switchOption,
  weightsOption,
  wholeNumber,
} from "../options/option-schema.js";
import { didYouMean } from "../options/parse-flags.js";
import { sharedOptions } from "../options/shared-options.js";
import { keepRules, resolveRules } from "../segment-rules/resolve-rules.js";
import { ruleLines } from "../segment-rules/rule-lines.js";
import { describeSegments } from "../segments/describe-segments.js";
import { loadCategorySpend } from "../segments/load-category-spend.js";
import { loadConsents } from "../segments/load-consents.js";
import { loadCustomers } from "../segments/load-customers.js";
import { requireCustomers } from "../segments/require-customers.js";
import { rowsWithOrders } from "../segments/rows-with-orders.js";
import { segmentCustomers } from "../segments/segment-customers.js";
import { targetLists, writeSegmentFiles } from "../segments/segment-files.js";
import { logCandidates, segmentLines, segmentMetrics } from "../segments/segment-log.js";
import type { Segments } from "../segments/segments.js";
import { tellClusterCounts } from "../segments/tell-cluster-counts.js";
import type { TrustedStage } from "../stage.js";

/** Features of clusters by default. */
export const defaultSegmentFeatures = ["recency_days", "frequency", "monetary"];

/** Lists of features that have a name. */
const featureLists: Readonly<Record<string, readonly string[]>> = {
  rfm: defaultSegmentFeatures,
  "rfm-extended": [
    ...["recency_days", "frequency", "avg_basket_value", "monetary"],
    ...["engagement_score", "purchase_frequency_per_month", "days_since_first_purchase"],
  ],
};

const options = defineOptions({
  nClusters: optional(wholeNumber("Number of clusters; overrides automatic selection", { minimum: 2 })),
  features: namesOption(`Features of clusters, or a list: ${Object.keys(featureLists).join(", ")}`, {
    default: ["rfm"],
  }),
  weights: weightsOption("Weights of features in the clusters, such as monetary=2; others weigh 1", { default: {} }),
  minOrders: wholeNumber("Orders required for a cluster", { default: 1, minimum: 1 }),
  rules: optional(
    choice(["standard", "strict", "fitted"], "Limits of the segment rules (default: the dataset's)", {
      value: "<kind>",
    }),
  ),
  refitRules: switchOption("Fit new limits and keep them", { default: false, once: true }),
  strategies: optional(pathOption("file", "JSON file that changes the strategies of segments")),
  fitted: optional(pathOption("file", "Evaluate this segmentation_model.json instead of one fitted 30 days earlier")),
  budget: numberOption("Budget divided among segments by priority", {
    default: 50_000,
    minimum: 0,
    value: "<amount>",
    decimals: 2,
    expected: "an amount with at most two decimals",
  }),
  returns: sharedOptions.returns,
  featureDir: sharedOptions.featureDir,
  figures: sharedOptions.figures,
  plainIds: sharedOptions.plainIds,
});

/** Customers in the example of the model that is tracked. */
const EXAMPLES = 5;

/** Trusted tables -> segments of the customers, their profiles, strategies, lists and movement in the last 30 days. */
export const segmentStage: TrustedStage<typeof options, Segments> = {
  name: "segment",
  folder: "segments",
  about: "Segment and cluster customers: profiles, strategies, contact lists, movement over 30 days",
  options,
  opens: "trusted",
  reads: [],
  settings: ["categories", "protected", "segments", "currency", "locale"],
  keeps: ({ workspace, dataset }) => [segmentRulesPath(workspace, dataset)],
  seeded: true,
  async run(work, given) {
    const { dataset, seed, context, say } = work;
    const { trusted, firstOrder } = dataset;
    const { settings } = trusted;
    const features = featuresOf(given.features);
    requireWeights(given.weights, features);
    const fitted = given.fitted && parseSegmentationModel(await readOption(given.fitted, "segmentation"));
    const strategies = given.strategies
      ? parseStrategies(await readOption(given.strategies, "strategies"))
      : standardStrategies;
    const observations = await dataset.observe({
      returns: given.returns,
      ...(given.featureDir ? { featureFolder: given.featureDir } : {}),
    });
    const { now, before } = await loadCustomers(observations, {
      features,
      fittedFeatures: fitted ? fitted.scaler.map(({ name }) => name) : [],
    });
    requireCustomers(now, { dataset: context.dataset, minOrders: given.minOrders, firstOrder });
    const rules = await resolveRules(
      { now, before },
      {
        settings: { ...settings.segments, ...(given.rules ? { rules: given.rules } : {}) },
        path: segmentRulesPath(context.workspace, context.dataset),
        refit: given.refitRules,
      },
    );
    const segmented = await segmentCustomers(now, before, {
      dataset: context.dataset,
      features,
      weights: given.weights,
      minOrders: given.minOrders,
      rules,
      seed,
      ...(given.nClusters === undefined ? {} : { forced: given.nClusters }),
      ...(fitted ? { fitted } : {}),
      onProgress: tellClusterCounts(context),
    });
    const described = describeSegments(segmented, await loadCategorySpend(observations.engine, trusted));
    const key = given.plainIds ? undefined : await contactSecret(context.workspace.processedDatasets, context.key);
    const naming = { consents: await loadConsents(observations.engine, trusted), key };
    const lists = targetLists(segmented.now, naming);
    const totals = consentTotals(lists);
    const value: Segments = {
      ...described,
      withoutConsent: totals.refused + totals.unknownConsent,
      cohorts: await cohortRetention(observations),
      strategies: strategiesWithBudget(
        { profiles: described.ruleProfiles, lists },
        { strategies, budget: given.budget },
      ),
      rules,
      conventions: { locale: settings.locale, currency: settings.currency },
    };
    await keepRules(rules, segmentRulesPath(context.workspace, context.dataset));
    await writeSegmentFiles(work, value, { lists, naming, figures: given.figures });
    say(consentInWords(totals, numberTexts(value.conventions)));
    await logCandidates(work.run, value);
    const shown = rowsWithOrders(now, given.minOrders).slice(0, EXAMPLES);
    const inputExample = modelFeatures(segmented.model, now, shown);
    await work.run.logModel(packageSegmentation(segmented.model, { inputExample }), { name: "segmentation" });
    return value;
  },
  metrics: segmentMetrics,
  params: ({ model, rules }) => ({
    features: model.scaler.map(({ name }) => name).join(","),
    rules: rules.kind,
    ...(model.rules_as_of ? { rules_as_of: model.rules_as_of } : {}),
  }),
  summary: (segments) =>
    [...segmentLines(segments, segments.conventions), ...ruleLines(segments, segments.conventions)].join("\n"),
};

function featuresOf(names: readonly string[]): readonly string[] {
  return names.length === 1 ? (featureLists[names[0]] ?? names) : names;
}

function requireWeights(weights: Readonly<Record<string, number>>, features: readonly string[]): void {
  const unknown = Object.keys(weights).find((name) => !features.includes(name));
  if (unknown === undefined) return;
  throw new RangeError(
    `Cannot weight "${unknown}": it is not a feature of the clusters; ${didYouMean(unknown, features)}`,
  );
}

async function readOption(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new Error(`Cannot read the ${what}: ${messageOf(cause)}`, { cause });
  }
}
