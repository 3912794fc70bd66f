import { rm } from "node:fs/promises";
import { openDuckDb } from "../../engine/index.js";
import { dayBefore } from "../../features/index.js";
import { type ExperimentPageFacts, overlapText, splitReport } from "../../reports/index.js";
import {
  type ArmOfCustomer,
  contactKey,
  type ExperimentDesign,
  type Metric,
  type Stratum,
  splitExperiment,
  strataOf,
} from "../../strategy/index.js";
import { numberTexts } from "../../table/index.js";
import { checkedExperimentName, experimentFolder } from "../artifacts/experiment-folder.js";
import { findOverlaps } from "../artifacts/experiment-overlaps.js";
import { requireFree, sha256, splitCsv, writeSplit } from "../artifacts/experiment-split.js";
import { openSegments } from "../artifacts/open-segments.js";
import { writeArtifacts } from "../artifacts/write-artifacts.js";
import { writeReport } from "../artifacts/write-report.js";
import { openAudience } from "../experiment-audience.js";
import type { Stage } from "../legacy-stage.js";
import { pageFacts } from "../page-facts.js";
import { trackedInput } from "../tracked-input.js";

/** Options of the stage that splits a segment into test and control. */
export interface SplitStageOptions {
  /** Name of a segment, or "everyone". */
  readonly segment: string;
  readonly basis?: "rule" | "cluster";
  /** Name of the experiment; defaults to the slug of the segment. */
  readonly name?: string;
  /** First day of the campaign; defaults to the day after the day of the segments. */
  readonly startsOn?: string;
  /** Days of the experiment; defaults to the horizon of the dataset's settings. */
  readonly horizonDays?: number;
  /** Days of past spend that the readout adjusts for; defaults to twice the horizon. */
  readonly beforeDays?: number;
  /** Defaults to 0.5. */
  readonly testShare?: number;
  /** Columns to stratify by; defaults to spend. */
  readonly stratifyBy?: readonly Stratum[];
  /** Primary metric; defaults to conversion. */
  readonly outcome?: Metric;
  /** Smallest relative change worth a campaign; defaults to 0.05. */
  readonly relativeEffect?: number;
  /** Defaults to 0.05. */
  readonly alpha?: number;
  /** Defaults to 0.8. */
  readonly power?: number;
  /** Defaults to 0.99. */
  readonly winsorizeAt?: number;
  /** Overwrites an existing experiment and its readout; defaults to false. */
  readonly replace?: boolean;
  /** Writes customer ids instead of contact keys; defaults to false. */
  readonly plainIds?: boolean;
  /** Returns the key of the contact keys. */
  readonly secret: () => Promise<string>;
}

/** A design, and how its numbers are written. */
export interface SplitStageResult {
  readonly design: ExperimentDesign;
  readonly facts: ExperimentPageFacts;
}

/** Splits a segment into test and control, and fixes how the result will be read. */
export function splitExperimentStage({
  segment: asked,
  basis,
  name,
  startsOn,
  testShare = 0.5,
  stratifyBy = ["spend"],
  outcome = "conversion",
  relativeEffect = 0.05,
  alpha = 0.05,
  power = 0.8,
  winsorizeAt = 0.99,
  replace = false,
  plainIds = false,
  secret,
  ...days
}: SplitStageOptions): Stage<SplitStageResult> {
  return {
    name: "experiment-split",
    run: async (context, tracked) => {
      const { say, dataset, seed, out } = context;
      const opened = await openSegments(context, { doing: "split", segment: asked, ...(basis ? { basis } : {}) });
      const { segment, asOf } = opened;
      const experiment = checkedExperimentName(name ?? segment.slug);
      const first = startsOn ?? dayBefore(asOf, -1);
      if (first <= asOf) {
        throw new RangeError(
          `Cannot start an experiment on ${first}: its segment already knows the orders of that day; use a day after ${asOf}`,
        );
      }
      const engine = await openDuckDb({ threads: context.threads });
      try {
        const { provenance, trusted, members, audience } = await openAudience(engine, opened, {
          context,
          doing: "split",
        });
        const { ids, spend, orders, recencyDays } = members;
        if (ids.length < 4) {
          throw new RangeError(
            `Cannot split "${segment.name}": ${ids.length} customers can be contacted; expected at least 4, for two groups of 2`,
          );
        }
        const columns = { spend, orders, recency: recencyDays };
        const strata = strataOf(Object.fromEntries(stratifyBy.map((by) => [by, columns[by]])));
        const drawn = splitExperiment(ids, {
          ...{ seed, name: experiment, testShare },
          ...(strata.length ? { strata } : {}),
        });
        if (Math.min(drawn.test, drawn.control) < 2) {
          throw new RangeError(
            `Cannot split "${segment.name}": a share of ${testShare} of ${ids.length} customers gives groups of ${drawn.test} and ${drawn.control}; expected at least 2 in each`,
          );
        }
        const key = plainIds ? undefined : await secret();
        const idColumn = key === undefined ? "customer_id" : "contact_key";
        const rows = ids.map(
          (id, i): ArmOfCustomer => ({
            id: key === undefined ? id : contactKey(id, { key }),
            arm: drawn.arms[i],
            stratum: strata[i] ?? "all",
          }),
        );
        const csv = splitCsv(rows, { segment: segment.name, idColumn });
        const horizonDays = days.horizonDays ?? trusted.settings.strategy.horizon_days;
        const { customers: _, ...consent } = audience;
        const design: ExperimentDesign = {
          ...{ name: experiment, dataset, datasetSha256: provenance.sha256 },
          ...{ segment: segment.name, basis: segment.basis, asOf },
          ...{ startsOn: first, endsOn: dayBefore(first, 1 - horizonDays), horizonDays },
          ...{ beforeDays: days.beforeDays ?? 2 * horizonDays, primaryMetric: outcome },
          ...{ relativeEffect, alpha, power, winsorizeAt, seed, testShare },
          ...{ test: drawn.test, control: drawn.control, stratifiedBy: stratifyBy, strata: drawn.strata },
          ...consent,
          ...{ idColumn, splitSha256: sha256(csv) },
        };
        const folder = experimentFolder(out, experiment, "split");
        const today = context.now().toISOString().slice(0, 10);
        const replaced = await requireFree(folder, design, { replace, today });
        const texts = numberTexts(trusted.settings);
        const { overlaps, unreadable } = await findOverlaps(out, { ...design, ids }, { secret });
        for (const overlap of overlaps) say(`  warning: ${overlapText(overlap, texts)}`);
        for (const error of unreadable) say(`  warning: ${error}`);
        const facts = pageFacts(context, trusted, tracked);
        const params = {
          ...{ as_of: asOf, experiment, segment: segment.name, by: segment.basis, starts_on: first },
          ...{ horizon_days: horizonDays, frac: testShare, outcome, relative_effect: relativeEffect },
        };
        await writeArtifacts(context, { folder, provenance, asOf, params, tracked }, async (temporary) => {
          await writeSplit(temporary, { design, csv });
          await writeReport(temporary, "split", splitReport(design, facts));
        });
        if (replaced) await rm(experimentFolder(out, experiment, "readout"), { recursive: true, force: true });
        return {
          stage: "experiment-split",
          value: { design, facts },
          folder,
          metrics: {
            test_customers: design.test,
            control_customers: design.control,
            without_consent: design.optedOut + design.unknownConsent,
            strata: design.strata.length,
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
