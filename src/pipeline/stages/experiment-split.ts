import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type ExperimentPageFacts,
  experimentPageFacts,
  groupsText,
  overlapText,
  splitReport,
  splitSentences,
  splitText,
} from "../../reports/index.js";
import { contactSecret } from "../../storage/index.js";
import { contactKey, designExperiment, drawGroups, type ExperimentDesign, type Stratum } from "../../strategy/index.js";
import { fileTexts, numberTexts } from "../../table/index.js";
import { designJson, findOverlaps, requireFree, sha256, splitCsv, splitRecord } from "../artifacts/experiment-split.js";
import { segmentAssignments, segmentationModel } from "../artifacts/segment-assignments.js";
import { experimentPlace, openAudience } from "../inputs/audience.js";
import { detectableChange } from "../inputs/base-rates.js";
import { checkSplitOptions, splitOptions } from "../options/experiment-options.js";
import type { TrustedStage } from "../stage.js";

/** A design, and how its numbers are written. */
export interface SplitResult {
  readonly design: ExperimentDesign;
  readonly facts: ExperimentPageFacts;
  /** True if it took the place of another experiment. */
  readonly replaced: boolean;
}

/** Segments -> who gets a campaign and who does not, and how the result will be read. */
export const experimentSplitStage: TrustedStage<typeof splitOptions, SplitResult> = {
  name: "experiment-split",
  folder: "experiments",
  about: "Split a segment at random into test and control, and fix how the result will be read",
  options: splitOptions,
  opens: "trusted",
  reads: [segmentAssignments, segmentationModel],
  dayOf: segmentAssignments,
  settings: ["strategy", "currency", "locale"],
  seeded: true,
  ownSeed: true,
  always: true,
  check: checkSplitOptions,
  place: experimentPlace("split"),
  async run(work, options) {
    const { testShare, strata, outcome, relativeEffect, alpha, power, winsorize, replace, ...given } = options;
    const { asOf, context, dataset, folder, provenance, run, say, seed } = work;
    const { workspace } = context;
    const opened = await openAudience(work, given);
    const { segment, members, audience } = opened;
    const name = given.name ?? segment.slug;
    const stratifiedBy = strata.filter((by): by is Stratum => by !== "none");
    const drawn = drawGroups(members, { segment: segment.name, name, seed, testShare, stratifyBy: stratifiedBy });
    const secret = () => contactSecret(workspace.processedDatasets, context.key);
    const key = given.plainIds ? undefined : await secret();
    const rows = drawn.customers.map((one) => (key === undefined ? one : { ...one, id: contactKey(one.id, { key }) }));
    const idColumn = key === undefined ? "customer_id" : "contact_key";
    const csv = splitCsv(rows, { segment: segment.name, idColumn });
    const design = designExperiment(drawn, {
      name,
      dataset: context.dataset,
      datasetSha256: provenance.sha256,
      segment,
      audience,
      asOf,
      startsOn: given.startsOn,
      horizonDays: given.horizonDays ?? dataset.trusted.settings.strategy.horizon_days,
      beforeDays: given.beforeDays,
      primaryMetric: outcome,
      relativeEffect,
      alpha,
      power,
      winsorizeAt: winsorize,
      seed,
      testShare,
      stratifiedBy,
      idColumn,
      splitSha256: sha256(csv),
    });
    const replaced = await requireFree(folder, design, { replace, asOf });
    const { overlaps, unreadable } = await findOverlaps(context.out, { ...design, ids: members.ids }, { secret });
    // On a later day, which knows the orders of the campaign.
    const next = work.commandLine(
      { stage: { name: "experiment-readout", options: splitOptions }, options: { name } },
      {},
    );
    const detects = await detectableChange(work, opened, options);
    const facts = experimentPageFacts(dataset.trusted, { next, detects, runId: run.id, gitCommit: context.gitCommit });
    for (const overlap of overlaps) say(`warning: ${overlapText(overlap, numberTexts(facts))}`);
    for (const error of unreadable) say(`warning: ${error}`);
    const report = splitReport(design, facts);
    await work.write("split.csv", csv);
    await work.write("split.json", designJson(design));
    await work.write("split.md", { report });
    await work.write("split.html", { report });
    return { design, facts, replaced };
  },
  finish: async ({ folder }, { replaced }) => {
    if (replaced) await rm(join(dirname(folder), "readout"), { recursive: true, force: true });
  },
  metrics: ({ design: { test, control, optedOut, unknownConsent, strata } }) => ({
    test_customers: test,
    control_customers: control,
    without_consent: optedOut + unknownConsent,
    strata: strata.length,
  }),
  params: ({ design: { name, segment, basis, startsOn, horizonDays, beforeDays } }) => ({
    experiment: name,
    segment,
    by: basis,
    starts_on: startsOn,
    horizon_days: horizonDays,
    before_days: beforeDays,
  }),
  facts: ({ design }) => groupsText(design),
  summary: ({ design, facts }) => splitText(design, facts),
  answer: ({ design, facts }) =>
    splitRecord(design, { sentences: splitSentences({ design, detects: facts.detects }, fileTexts(facts)) }),
};
