import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDb } from "../../engine/index.js";
import { dayBefore } from "../../features/index.js";
import { contactKey, splitExperiment } from "../../strategy/index.js";
import { writeArtifacts } from "../artifacts/write-artifacts.js";
import type { Stage } from "../legacy-stage.js";
import { trackedInput } from "../tracked-input.js";
import { checkedExperimentName, experimentFolder } from "./experiment-folder.js";
import { openParticipants } from "./open-participants.js";
import { openSegments } from "./open-segments.js";
import { overlapWarnings } from "./overlaps.js";
import { beforeDaysOf } from "./spend-between.js";
import { parseSplitManifest, type SplitManifest, type SplitRow, splitCsv } from "./split-files.js";
import { type Stratum, strataOf } from "./strata.js";

/** Whom an experiment is about, and how it is to be read. */
export interface SplitStageOptions {
  /** Name of a segment, or "everyone". */
  readonly segment: string;
  readonly basis?: "rule" | "cluster";
  /** Defaults to the segment's name for files. */
  readonly name?: string;
  /** First day of the campaign; defaults to the day after the one that the segments stand at. */
  readonly startsOn?: string;
  /** Days that the experiment runs; defaults to the horizon of the dataset's settings. */
  readonly horizonDays?: number;
  /** Days of the spend before that the readout takes into account; defaults to twice the horizon. */
  readonly beforeDays?: number;
  /** Defaults to 0.5. */
  readonly testShare?: number;
  /** What both groups have alike; defaults to spend. */
  readonly stratifyBy?: readonly Stratum[];
  /** What the experiment is decided by; defaults to conversion. */
  readonly outcome?: "conversion" | "spend";
  /** The smallest change that is worth a campaign, relative; defaults to 0.05. */
  readonly relativeEffect?: number;
  /** Defaults to 0.05. */
  readonly alpha?: number;
  /** Defaults to 0.8. */
  readonly power?: number;
  /** Defaults to 0.99. */
  readonly winsorizeAt?: number;
  /** Overwrites an experiment of the same name. */
  readonly replace?: boolean;
  /** Writes the customers' own ids; defaults to false. */
  readonly plainIds?: boolean;
  /** Gives the key of the pseudonymous ids. */
  readonly secret: () => Promise<string>;
}

/** Segments -> who gets a campaign and who does not, with how it will be read. */
export function splitExperimentStage({
  segment: asked,
  basis,
  name,
  startsOn,
  horizonDays,
  beforeDays,
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
}: SplitStageOptions): Stage<SplitManifest> {
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
          `Cannot start an experiment on ${first}: its segment stands at ${asOf} and knows that day, a later one is needed`,
        );
      }
      const engine = await openDuckDb({ threads: context.threads });
      try {
        const { provenance, trusted, participants } = await openParticipants(engine, opened, {
          context,
          doing: "split",
        });
        const { ids, spend, orders, recencyDays } = participants;
        if (ids.length < 4) {
          throw new RangeError(
            `Cannot split "${segment.name}": ${ids.length} customers may take part, at least 4 are needed for two groups of 2`,
          );
        }
        const columns = { spend, orders, recency: recencyDays };
        const strata = strataOf(Object.fromEntries(stratifyBy.map((by) => [by, columns[by]])));
        const drawn = splitExperiment(ids, {
          seed,
          name: experiment,
          testShare,
          ...(strata.length ? { strata } : {}),
        });
        if (Math.min(drawn.test, drawn.control) < 2) {
          throw new RangeError(
            `Cannot split "${segment.name}": a share of ${testShare} of ${ids.length} customers gives groups of ${drawn.test} and ${drawn.control}, at least 2 in each are needed`,
          );
        }
        const key = plainIds ? undefined : await secret();
        const idColumn = key === undefined ? "customer_id" : "contact_key";
        const rows = ids.map(
          (id, i): SplitRow => ({
            id: key === undefined ? id : contactKey(id, { key }),
            arm: drawn.arms[i],
            stratum: strata[i] ?? "all",
          }),
        );
        const csv = splitCsv(rows, { segment: segment.name, id_column: idColumn });
        const horizon = horizonDays ?? trusted.settings.strategy.horizon_days;
        const manifest: SplitManifest = {
          kind: "experiment",
          version: 1,
          name: experiment,
          dataset,
          dataset_sha256: provenance.sha256,
          segment: segment.name,
          by: segment.basis,
          as_of: asOf,
          starts_on: first,
          ends_on: dayBefore(first, 1 - horizon),
          horizon_days: horizon,
          before_days: beforeDays ?? beforeDaysOf(horizon),
          outcome,
          relative_effect: relativeEffect,
          alpha,
          power,
          winsorize: winsorizeAt,
          seed,
          testShare,
          test: drawn.test,
          control: drawn.control,
          stratified_by: stratifyBy,
          strata: drawn.strata,
          refused: participants.refused,
          unknown_consent: participants.unknownConsent,
          consent_known: participants.consentKnown,
          id_column: idColumn,
          split_sha256: createHash("sha256").update(csv).digest("hex"),
        };
        const json = `${JSON.stringify(manifest, null, 2)}\n`;
        const folder = experimentFolder(out, experiment, "split");
        const replaced = await requireFree(folder, json, { replace, today: context.now().toISOString().slice(0, 10) });
        const warnings = await overlapWarnings(out, { ...manifest, ids }, { secret });
        for (const warning of warnings) say(`  warning: ${warning}`);
        const params = {
          as_of: asOf,
          experiment,
          segment: segment.name,
          by: segment.basis,
          starts_on: first,
          horizon_days: horizon,
          testShare,
          outcome,
          relative_effect: relativeEffect,
        };
        await writeArtifacts(context, { folder, provenance, asOf, params, tracked }, async (temporary) => {
          await writeFile(join(temporary, "split.csv"), csv);
          await writeFile(join(temporary, "split.json"), json);
        });
        if (replaced) await rm(experimentFolder(out, experiment, "readout"), { recursive: true, force: true });
        return {
          stage: "experiment-split",
          value: manifest,
          folder,
          metrics: {
            test_customers: manifest.test,
            control_customers: manifest.control,
            without_consent: manifest.refused + manifest.unknown_consent,
            strata: manifest.strata.length,
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

/**
 * Refuses to overwrite another experiment of the name unless told; the same one is no other.
 *
 * @returns True if another one is replaced.
 */
async function requireFree(
  folder: string,
  json: string,
  { replace, today }: { readonly replace: boolean; readonly today: string },
): Promise<boolean> {
  const path = join(folder, "split.json");
  if (!existsSync(path)) return false;
  const text = await readFile(path, "utf8");
  if (text === json) return false;
  if (replace) return true;
  const { name, ends_on, test, control } = parseSplitManifest(text);
  throw new Error(
    `Cannot split "${name}": an experiment of that name with ${test} test and ${control} control customers ${ends_on < today ? `ended on ${ends_on}` : `is under way until ${ends_on}`}, choose another --name, or give it up with --replace`,
  );
}
