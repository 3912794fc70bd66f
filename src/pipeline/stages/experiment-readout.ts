import { join } from "node:path";
import {
  type ExperimentPageFacts,
  experimentPageFacts,
  groupsText,
  readoutReport,
  readoutSentences,
  readoutText,
  remarkText,
  warningText,
} from "../../reports/index.js";
import { contactSecret } from "../../storage/index.js";
import { type ExperimentReading, readDesigned, readoutMetrics } from "../../strategy/index.js";
import { fileTexts, numberTexts } from "../../table/index.js";
import { chooseExperiment, experimentFolder } from "../artifacts/experiment-folder.js";
import { readoutRecord } from "../artifacts/experiment-readout.js";
import { readSplit } from "../artifacts/experiment-split.js";
import { measureOutcomes } from "../inputs/measure-outcomes.js";
import { checkReadoutOptions, readoutOptions } from "../options/readout-options.js";
import type { TrustedStage } from "../stage.js";

/** A reading, and how its numbers are written. */
export interface ReadoutResult {
  readonly reading: ExperimentReading;
  readonly facts: ExperimentPageFacts;
  readonly asOf: string;
  /** The reading as JSON. */
  readonly record: object;
}

/** A split and what happened since -> the effect of the campaign, with intervals and a verdict. */
export const experimentReadoutStage: TrustedStage<typeof readoutOptions, ReadoutResult> = {
  name: "experiment-readout",
  folder: "experiments",
  about: "Read the effect of a campaign from the dataset's orders or a file of results",
  options: readoutOptions,
  opens: "trusted",
  reads: [],
  settings: ["currency", "locale"],
  seeded: false,
  always: true,
  // A split stays as it is; should it be another one, so is the readout.
  keeps: async ({ out, dataset }, { name }) => {
    const folder = experimentFolder(out, await chooseExperiment(out, name, { dataset }), "split");
    return [join(folder, "split.json"), join(folder, "split.csv")];
  },
  check: checkReadoutOptions,
  place: async ({ out, dataset }, { name }) =>
    experimentFolder(out, await chooseExperiment(out, name, { dataset }), "readout"),
  async run(work, { name: asked, winsorize, ...request }) {
    const { context, dataset, run, say } = work;
    const name = await chooseExperiment(context.out, asked, { dataset: context.dataset });
    const split = await readSplit(experimentFolder(context.out, name, "split"));
    const { design, changed } = split;
    if (design.dataset !== context.dataset) {
      throw new Error(
        `Cannot read "${name}": it is a split of "${design.dataset}", not of "${context.dataset}"; use --dataset ${design.dataset}`,
      );
    }
    if (request.results !== undefined && work.asOf < design.asOf) {
      throw new RangeError(
        `Cannot read "${name}" as of ${work.asOf}: it was split as of ${design.asOf}; use that day or a later one`,
      );
    }
    const { engine } = await dataset.observe();
    const secret = () => contactSecret(context.workspace.processedDatasets, context.key);
    const measured = await measureOutcomes(engine, split, request, { ...dataset, secret });
    const reading = readDesigned(
      { ...measured, arms: measured.rows.map(({ arm }) => arm) },
      {
        ...measured.facts,
        design,
        changed,
        cuped: request.cuped,
        lastOrder: dataset.lastOrder,
        winsorizeAt: winsorize ?? design.winsorizeAt,
      },
    );
    const facts = experimentPageFacts(dataset.trusted, { runId: run.id, gitCommit: context.gitCommit });
    const texts = numberTexts(facts);
    const { days, results } = reading;
    const source = days ? `orders from ${days.from} to ${days.to}` : `${results}`;
    say(`${name}: ${texts.count(measured.rows.length)} customers, ${source}`);
    const remarks = reading.remarks.map((remark) => remarkText(remark, texts));
    for (const remark of remarks) say(remark);
    const warnings = reading.warnings.map((warning) => warningText(warning, texts));
    const report = readoutReport(reading, facts);
    const sentences = readoutSentences(reading, fileTexts(facts));
    const record = readoutRecord(reading, { sentences, warnings, remarks });
    await work.write("readout.json", { json: record });
    await work.write("readout.md", { report });
    await work.write("readout.html", { report });
    return { reading, facts, record, asOf: days?.to ?? work.asOf };
  },
  metrics: ({ reading }) => readoutMetrics(reading),
  params: ({ reading: { design, results, winsorizeAt }, asOf }) => ({
    as_of: asOf,
    experiment: design.name,
    segment: design.segment,
    outcome: design.primaryMetric,
    source: results === null ? "orders" : "results",
    winsorize: winsorizeAt,
  }),
  // They belong to the verdict, so even --quiet shows them.
  warnings: ({ reading, facts }) => reading.warnings.map((warning) => warningText(warning, numberTexts(facts))),
  facts: ({ reading: { design, conversion } }) =>
    groupsText({ name: design.name, test: conversion.test.customers, control: conversion.control.customers }),
  summary: ({ reading, facts }) => readoutText(reading, facts),
  answer: ({ record }) => record,
};
