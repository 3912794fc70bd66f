import { categorySpend, cohortRetention, loadConsents } from "../../features/index.js";
import { searchProgress } from "../../progress/index.js";
import {
  clusterCountNote,
  consentInWords,
  type ShownSegments,
  type SummarizedSegments,
  segmentSummary,
} from "../../reports/index.js";
import {
  clusterCountMetrics,
  describeSegments,
  exampleFeatures,
  parseSegmentationModel,
  type ResolvedRules,
  requireCustomers,
  resolveRules,
  segmentCustomers,
  segmentMetrics,
  segmentRuleKind,
} from "../../segmentation/index.js";
import { contactSecret, readTextFile } from "../../storage/index.js";
import {
  type AppliedStrategy,
  consentTotals,
  contactableMovers,
  parseStrategies,
  standardStrategies,
  strategiesWithBudget,
  targetLists,
} from "../../strategy/index.js";
import { type Conventions, numberTexts } from "../../table/index.js";
import { writeSegmentFiles } from "../artifacts/segment-files.js";
import { keepRules, readSegmentRules, segmentRulesPath } from "../artifacts/segment-rules-file.js";
import { inspectSegmentOptions, loadCustomers } from "../inputs/load-customers.js";
import { packageSegmentation } from "../model-packages/package-segmentation.js";
import { checkSegmentOptions, clusterFeatures, segmentOptions } from "../options/segment-options.js";
import type { TrustedStage } from "../stage.js";

/** Described segments, their strategies, and how their numbers are written. */
export interface Segments extends SummarizedSegments, Pick<ShownSegments, "cohorts"> {
  /** Customers excluded from the lists without consent. */
  readonly withoutConsent: number;
  readonly listedMovers: number;
  /** Strategy and budget of each segment by rule, most urgent first. */
  readonly strategies: Readonly<Record<string, AppliedStrategy>>;
  readonly rules: ResolvedRules;
  readonly idColumn: "contact_key" | "customer_id";
  readonly conventions: Conventions;
}

/** Trusted tables -> segments of the customers, their profiles, strategies, lists and movement in the last 30 days. */
export const segmentStage: TrustedStage<typeof segmentOptions, Segments> = {
  name: "segment",
  folder: "segments",
  about: "Segment and cluster customers: profiles, strategies, contact lists, movement over 30 days",
  options: segmentOptions,
  opens: "trusted",
  reads: [],
  settings: ["categories", "protected", "segments", "currency", "locale"],
  keeps: ({ workspace, dataset }) => [segmentRulesPath(workspace, dataset)],
  usesContactKey: ({ plainIds }) => !plainIds,
  seeded: true,
  check: checkSegmentOptions,
  inspect: inspectSegmentOptions,
  async run(work, { minOrders, weights, refitRules: refit, figures, budget, returns, featureDir, ...given }) {
    const { dataset, seed, context, say, run } = work;
    const { trusted, firstOrder, provenance } = dataset;
    const { segments: ownRules, locale, currency } = trusted.settings;
    const features = clusterFeatures(given.features);
    const fitted = given.fitted && parseSegmentationModel(await readTextFile(given.fitted, "the segmentation"));
    const strategies = given.strategies
      ? parseStrategies(await readTextFile(given.strategies, "the strategies"))
      : standardStrategies;
    const observations = await dataset.observe({ returns, ...(featureDir ? { featureDir } : {}) });
    const customers = await loadCustomers(observations, { features, ...(fitted ? { fitted } : {}) });
    requireCustomers(customers.now, { dataset: context.dataset, minOrders, firstOrder });
    const settings = { ...ownRules, ...(given.rules ? { rules: given.rules } : {}) };
    const rulesPath = segmentRulesPath(context.workspace, context.dataset);
    const kept =
      segmentRuleKind(settings) === "fitted" && !refit ? await readSegmentRules(rulesPath, provenance) : undefined;
    const rules = resolveRules(customers, { settings, kept, refit });
    const report = searchProgress("  Clusters", { say, draw: context.draw, now: context.now });
    const segmented = await segmentCustomers(customers, {
      ...{ dataset: context.dataset, features, weights, minOrders, rules, seed },
      ...(given.nClusters === undefined ? {} : { forced: given.nClusters }),
      ...(fitted ? { fitted } : {}),
      onProgress: (progress) => report({ ...progress, note: clusterCountNote(progress) }),
    });
    const described = describeSegments(segmented, { categorySpend: await categorySpend(observations.engine, trusted) });
    const key = given.plainIds ? undefined : await contactSecret(context.workspace.processedDatasets, context.key);
    const naming = { consents: await loadConsents(observations.engine, trusted), key };
    const lists = targetLists(segmented.now, naming);
    const totals = consentTotals(lists);
    const value: Segments = {
      ...{ ...described, withoutConsent: totals.optedOut + totals.unknownConsent },
      listedMovers: contactableMovers(described.movers, naming).length,
      cohorts: await cohortRetention(observations),
      strategies: strategiesWithBudget({ profiles: described.ruleProfiles, lists }, { strategies, budget }),
      rules,
      idColumn: key === undefined ? "customer_id" : "contact_key",
      conventions: { locale, currency },
    };
    await keepRules(rules, rulesPath);
    await writeSegmentFiles(work, value, { lists, naming, figures, conventions: value.conventions });
    say(consentInWords(totals, numberTexts(value.conventions)));
    for (const { step, metrics } of clusterCountMetrics(segmented.choice)) await run.logMetrics(metrics, { step });
    const inputExample = exampleFeatures(segmented.model, customers.now);
    await run.logModel(packageSegmentation(segmented.model, { inputExample }), { name: "segmentation" });
    return value;
  },
  metrics: (segments) => ({ ...segmentMetrics(segments), without_consent: segments.withoutConsent }),
  params: ({ model, rules }) => ({
    features: model.scaler.map(({ name }) => name).join(","),
    rules: rules.kind,
    ...(model.rulesAsOf ? { rules_as_of: model.rulesAsOf } : {}),
  }),
  facts: ({ profiles, ruleProfiles }) => `${ruleProfiles.length} segments, ${profiles.length} clusters`,
  summary: (value) => segmentSummary(value, value.conventions).join("\n"),
};
