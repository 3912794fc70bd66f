import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { resolveDataset } from "../../datasets/index.js";
import { type Engine, openDuckDb } from "../../engine/index.js";
import { messageOf } from "../../errors.js";
import { dayBefore, spendBetween } from "../../features/index.js";
import {
  type ExperimentPageFacts,
  readoutReport,
  readoutSentences,
  remarkText,
  warningText,
} from "../../reports/index.js";
import {
  contactKey,
  type ExperimentDesign,
  type ExperimentReading,
  outcomesFromResults,
  outcomesFromSpend,
  parseResults,
  readDesigned,
} from "../../strategy/index.js";
import { numberTexts } from "../../table/index.js";
import { chooseExperiment, experimentFolder } from "../artifacts/experiment-folder.js";
import { readoutJson } from "../artifacts/experiment-readout.js";
import { readSplit } from "../artifacts/experiment-split.js";
import { writeArtifacts } from "../artifacts/write-artifacts.js";
import { writeReport } from "../artifacts/write-report.js";
import type { Stage } from "../legacy-stage.js";
import { type OpenedDataset, openDataset } from "../open-dataset.js";
import { pageFacts } from "../page-facts.js";
import { trackedInput } from "../tracked-input.js";

/** Options of the stage that reads an experiment. */
export interface ReadoutStageOptions {
  /** Name of the experiment; defaults to the only one. */
  readonly name?: string;
  /** CSV of results per customer; without it the dataset's own orders are counted. */
  readonly results?: string;
  readonly spendColumn?: string;
  readonly convertedColumn?: string;
  /** Counts customers without a line in the results as not buying, or leaves them out; by default they are an error. */
  readonly missing?: "zero" | "drop";
  /** Days to read; defaults to those of the split. */
  readonly horizonDays?: number;
  /** Quantile at which spend is capped; defaults to that of the split. */
  readonly winsorizeAt?: number;
  /** Adjusts for past spend; defaults to true. */
  readonly cuped?: boolean;
  /** Returns the key of the contact keys. */
  readonly secret: () => Promise<string>;
}

/** A reading, its wording, and how its numbers are written. */
export interface ReadoutStageResult {
  readonly reading: ExperimentReading;
  readonly facts: ExperimentPageFacts;
}

/** Reads an experiment: the effect of the campaign, with intervals and a verdict. */
export function readExperimentStage({
  name: asked,
  results,
  spendColumn,
  convertedColumn,
  missing,
  winsorizeAt,
  cuped = true,
  secret,
  ...given
}: ReadoutStageOptions): Stage<ReadoutStageResult> {
  return {
    name: "experiment-readout",
    run: async (context, tracked) => {
      const { say, dataset, out } = context;
      const name = await chooseExperiment(out, asked, { dataset });
      const { design, rows, changed } = await readSplit(experimentFolder(out, name, "split"));
      if (design.dataset !== dataset) {
        throw new Error(`Cannot read "${name}": it is a split of "${design.dataset}", not of "${dataset}"`);
      }
      const engine = await openDuckDb({ threads: context.threads });
      try {
        const opened = await openDataset(engine, await resolveDataset(context.workspace, dataset), context.asOf);
        const known = (await opened.observe()).engine;
        const { settings } = opened.trusted;
        if (results !== undefined && opened.asOf < design.asOf) {
          throw new RangeError(
            `Cannot read "${name}" as of ${opened.asOf}: it was split as of ${design.asOf}; use that day or a later one`,
          );
        }
        const idOf = await customersOf(known, design, secret);
        const there = rows.filter(({ id }) => idOf.has(id));
        if (!there.length) {
          throw new Error(
            `Cannot read "${name}": none of its ${rows.length} customers is in "${dataset}"; contact keys made with another REKINDLE_KEY do not match`,
          );
        }
        const spendOf = (among: typeof rows, days: { readonly from: string; readonly to: string }) =>
          spendBetween(
            known,
            among.map(({ id }) => idOf.get(id) as string),
            days,
          );
        const file = results === undefined ? null : basename(results);
        const parsed =
          results === undefined || file === null
            ? null
            : await parseResults(await readText(results), rows, {
                what: file,
                idColumn: design.idColumn,
                key: secret,
                ...(spendColumn === undefined ? {} : { spendColumn }),
                ...(convertedColumn === undefined ? {} : { convertedColumn }),
              });
        const days = parsed ? null : daysOf(design, opened, given.horizonDays ?? design.horizonDays);
        const measured =
          parsed && file !== null
            ? outcomesFromResults(there, parsed, { missing, experiment: name, what: file })
            : outcomesFromSpend(there, await spendOf(there, days as NonNullable<typeof days>));
        const past = { from: dayBefore(design.asOf, design.beforeDays - 1), to: design.asOf };
        const before = cuped ? await spendOf(measured.rows, past) : undefined;
        const reading = readDesigned(
          {
            arms: measured.rows.map(({ arm }) => arm),
            converted: measured.converted,
            ...(measured.spend ? { spend: measured.spend } : {}),
            ...(before ? { before } : {}),
          },
          {
            ...{ design, days, results: file, changed, cuped },
            winsorizeAt: winsorizeAt ?? design.winsorizeAt,
            missing: measured.missing,
            ...(missing ? { missingAs: missing } : {}),
            gone: rows.length - there.length,
            unknown: parsed?.unknown ?? 0,
            inOtherArm: parsed?.inOtherArm ?? 0,
            lastOrder: opened.lastOrder,
          },
        );
        const texts = numberTexts(settings);
        const remarks = reading.remarks.map((remark) => remarkText(remark, texts));
        const source = days ? `orders from ${days.from} to ${days.to}` : `${file}`;
        say(`  ${name}: ${texts.count(measured.rows.length)} customers, ${source}`);
        for (const remark of remarks) say(`  ${remark}`);
        const asOf = days?.to ?? opened.asOf;
        const facts = pageFacts(context, opened.trusted, tracked);
        const params = {
          ...{ as_of: asOf, experiment: name, segment: design.segment, outcome: design.primaryMetric },
          ...{ source: parsed ? "results" : "orders", winsorize: reading.winsorizeAt, cuped },
        };
        const { provenance } = opened;
        const folder = experimentFolder(out, name, "readout");
        await writeArtifacts(context, { folder, provenance, asOf, params, tracked }, async (temporary) => {
          const json = readoutJson(reading, {
            sentences: readoutSentences(reading, texts),
            warnings: reading.warnings.map((warning) => warningText(warning, texts)),
            remarks,
          });
          await writeFile(join(temporary, "readout.json"), json);
          await writeReport(temporary, "readout", readoutReport(reading, facts));
        });
        return {
          stage: "experiment-readout",
          value: { reading, facts },
          folder,
          metrics: metricsOf(reading),
          input: trackedInput(provenance),
          params,
        };
      } finally {
        engine.close();
      }
    },
  };
}

async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new Error(`Cannot read the results: ${messageOf(cause)}`, { cause });
  });
}

/** The days whose orders count. @throws {RangeError} If orders are not known up to the last of them. */
function daysOf({ name, startsOn }: ExperimentDesign, { asOf, lastOrder }: OpenedDataset, horizonDays: number) {
  const to = dayBefore(startsOn, 1 - horizonDays);
  if (to <= asOf) return { from: startsOn, to, horizonDays };
  const later = lastOrder > asOf ? ` (--as-of ${lastOrder} knows more)` : "";
  const soFar = Math.round((Date.parse(asOf) - Date.parse(startsOn)) / 86_400_000) + 1;
  const known = `orders are known up to ${asOf}${later}`;
  throw new RangeError(
    `Cannot read "${name}" yet: ${
      soFar > 0
        ? `its ${horizonDays} days end on ${to}, and ${known}; use --horizon-days ${soFar} for the days so far`
        : `it starts on ${startsOn}, and ${known}`
    }`,
  );
}

/** Ids of the dataset's customers by their id in the split. */
async function customersOf(
  engine: Engine,
  { idColumn }: ExperimentDesign,
  secret: () => Promise<string>,
): Promise<ReadonlyMap<string, string>> {
  const columns = await engine.columns("SELECT DISTINCT customer_id FROM orders ORDER BY customer_id");
  const ids = columns["customer_id"] as string[];
  if (idColumn === "customer_id") return new Map(ids.map((id) => [id, id]));
  const key = await secret();
  return new Map(ids.map((id) => [contactKey(id, { key }), id]));
}

function metricsOf({ conversion, spend, missing, gone, unknown }: ExperimentReading): Record<string, number> {
  const of = (name: string, read: ExperimentReading["conversion"] | null): Record<string, number> =>
    read
      ? {
          [`${name}_test`]: read.test.adjustedMean,
          [`${name}_control`]: read.control.adjustedMean,
          [`${name}_difference`]: read.difference,
          [`${name}_lower`]: read.lower,
          [`${name}_upper`]: read.upper,
          [`${name}_change`]: read.relative.value,
          [`${name}_detectable`]: read.minimumDetectableEffect,
        }
      : {};
  return {
    test_customers: conversion.test.customers,
    control_customers: conversion.control.customers,
    sizes_are_off: conversion.sampleRatioMismatch ? 1 : 0,
    missing,
    gone,
    unknown,
    ...of("conversion", conversion),
    ...of("spend", spend),
  };
}
