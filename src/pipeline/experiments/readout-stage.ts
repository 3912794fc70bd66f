import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { resolveDataset } from "../../datasets/index.js";
import { type Engine, openDuckDb } from "../../engine/index.js";
import { dayBefore } from "../../features/index.js";
import { asideInWords, contactKey, readoutInWords } from "../../strategy/index.js";
import type { Conventions } from "../../table/index.js";
import { writeArtifacts } from "../artifacts/write-artifacts.js";
import type { Stage } from "../legacy-stage.js";
import { openDataset } from "../open-dataset.js";
import { trackedInput } from "../tracked-input.js";
import { countOrders } from "./count-orders.js";
import { chooseExperiment, experimentFolder } from "./experiment-folder.js";
import type { ExperimentReading } from "./experiment-reading.js";
import { type OutcomeReadouts, readOutcomes } from "./read-outcomes.js";
import { readResultsFile } from "./read-results-file.js";
import { readoutJson, readoutMarkdown } from "./readout-files.js";
import { readoutRemarks, readoutWarnings } from "./readout-remarks.js";
import { spendBetween, spendOf } from "./spend-between.js";
import { readSplit, type SplitManifest } from "./split-files.js";

/** Which experiment is read, and from what. */
export interface ReadoutStageOptions {
  /** Defaults to the only experiment that there is. */
  readonly name?: string;
  /** CSV of what happened to each customer; without it the dataset's own orders are counted. */
  readonly results?: string;
  readonly spendColumn?: string;
  readonly convertedColumn?: string;
  /** Customers of the split without a line in the results bought nothing, or are left out; by default neither is taken for granted. */
  readonly missing?: "zero" | "drop";
  /** Days that are read; defaults to those of the split. */
  readonly horizonDays?: number;
  /** Defaults to that of the split. */
  readonly winsorizeAt?: number;
  /** Takes the spend before into account; defaults to true. */
  readonly cuped?: boolean;
  /** Gives the key of the pseudonymous ids. */
  readonly secret: () => Promise<string>;
}

/** A split and what happened since -> what the campaign did, with intervals and in words. */
export function readExperimentStage({
  name: asked,
  results,
  spendColumn,
  convertedColumn,
  missing,
  horizonDays,
  winsorizeAt,
  cuped = true,
  secret,
}: ReadoutStageOptions): Stage<ExperimentReading> {
  return {
    name: "experiment-readout",
    run: async (context, tracked) => {
      const { say, dataset, out } = context;
      const name = await chooseExperiment(out, asked, { dataset });
      const { manifest, rows, changed } = await readSplit(experimentFolder(out, name, "split"));
      if (manifest.dataset !== dataset) {
        throw new Error(`Cannot read "${name}": it was split from "${manifest.dataset}", not from "${dataset}"`);
      }
      const engine = await openDuckDb({ threads: context.threads });
      try {
        const opened = await openDataset(engine, await resolveDataset(context.workspace, dataset), context.asOf);
        const { settings } = opened.trusted;
        const known = (await opened.observe()).engine;
        if (results !== undefined && opened.asOf < manifest.as_of) {
          throw new RangeError(
            `Cannot read "${name}" as of ${opened.asOf}: it was split as of ${manifest.as_of}, a day from then on is needed`,
          );
        }
        const idOf = await customersOf(known, manifest, secret);
        const there = rows.filter(({ id }) => idOf.has(id));
        if (!there.length) {
          throw new Error(
            `Cannot read "${name}": none of its ${rows.length} customers is in "${dataset}"; keys made with another REKINDLE_KEY do not match`,
          );
        }
        const columns = { spendColumn, convertedColumn, missing };
        const measured =
          results === undefined
            ? await countOrders(known, there, { manifest, opened, idOf, horizonDays })
            : await readResultsFile(results, there, { manifest, rows, secret, ...columns });
        const before = cuped
          ? spendOf(
              measured.rows.map(({ id }) => idOf.get(id) as string),
              await spendBetween(known, {
                from: dayBefore(manifest.as_of, manifest.before_days - 1),
                to: manifest.as_of,
              }),
            )
          : undefined;
        const cut = winsorizeAt ?? manifest.winsorize;
        const planned = { test: manifest.test, control: manifest.control };
        const reads = readOutcomes(
          {
            arms: measured.rows.map(({ arm }) => arm),
            converted: measured.converted,
            ...(measured.spend ? { spend: measured.spend } : {}),
            ...(before ? { before } : {}),
          },
          {
            testShare: planned.test / (planned.test + planned.control),
            winsorizeAt: cut,
            relativeEffect: manifest.relative_effect,
            alpha: manifest.alpha,
            power: manifest.power,
          },
        );
        const facts = {
          manifest,
          reads,
          measured,
          changed,
          gone: rows.length - there.length,
          lastOrder: opened.lastOrder,
          winsorizeAt: cut,
          cuped,
          settings,
        };
        const value: ExperimentReading = {
          ...reads,
          manifest,
          days: measured.days,
          results: results === undefined ? null : basename(results),
          winsorizeAt: cut,
          cuped,
          missing: measured.missing,
          gone: facts.gone,
          unknown: measured.unknown,
          settings: { locale: settings.locale, currency: settings.currency },
          inWords: verdictsInWords(reads, manifest, settings),
          warnings: readoutWarnings(facts),
          remarks: readoutRemarks(facts),
        };
        say(`  ${measured.source}`);
        for (const remark of value.remarks) say(`  ${remark}`);
        const asOf = measured.days?.to ?? opened.asOf;
        const params = {
          as_of: asOf,
          experiment: name,
          segment: manifest.segment,
          outcome: manifest.outcome,
          source: value.results === null ? "orders" : "results",
          winsorize: cut,
          cuped,
        };
        const { provenance } = opened;
        const folder = experimentFolder(out, name, "readout");
        await writeArtifacts(context, { folder, provenance, asOf, params, tracked }, async (temporary) => {
          await writeFile(join(temporary, "readout.json"), readoutJson(value));
          await writeFile(join(temporary, "readout.md"), readoutMarkdown(value, settings));
        });
        return {
          stage: "experiment-readout",
          value,
          folder,
          metrics: metricsOf(value),
          input: trackedInput(provenance),
          params,
        };
      } finally {
        engine.close();
      }
    },
  };
}

/** The id of each customer of the dataset by the name that the split has for him. */
async function customersOf(
  engine: Engine,
  { id_column }: SplitManifest,
  secret: () => Promise<string>,
): Promise<ReadonlyMap<string, string>> {
  const columns = await engine.columns("SELECT DISTINCT customer_id FROM orders ORDER BY customer_id");
  const ids = columns["customer_id"] as string[];
  if (id_column === "customer_id") return new Map(ids.map((id) => [id, id]));
  const key = await secret();
  return new Map(ids.map((id) => [contactKey(id, { key }), id]));
}

/** The verdict by the outcome that decides, and what was seen of the other. */
function verdictsInWords(
  { conversion, spend }: OutcomeReadouts,
  { outcome }: SplitManifest,
  settings: Partial<Conventions>,
): string[] {
  if (!spend) return [readoutInWords(conversion, settings)];
  const [decides, aside] = outcome === "spend" ? [spend, conversion] : [conversion, spend];
  return [readoutInWords(decides, settings), asideInWords(aside, settings)];
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
