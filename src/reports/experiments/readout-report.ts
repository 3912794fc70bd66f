import type { ExperimentReading } from "../../strategy/index.js";
import { pageTexts } from "../../table/index.js";
import { sentenceCase } from "../../text/index.js";
import type { Report } from "../report.js";
import { readoutAssumptions } from "../wording/experiments/assumptions.js";
import { remarkText, warningText } from "../wording/experiments/notes.js";
import { readoutSentences } from "../wording/experiments/readout.js";
import { glossaryOf, listBlock, reportHead, sentenceBlock } from "./blocks.js";
import type { ExperimentPageFacts } from "./facts.js";
import { readoutTable, readoutTables } from "./readout-table.js";

/** Builds the page of a readout: warnings and verdict first, then both groups by metric, and how they were read. */
export function readoutReport(reading: ExperimentReading, facts: ExperimentPageFacts): Report {
  const texts = pageTexts(facts);
  const { design, conversion, spend, warnings, remarks, days } = reading;
  const [verdict, ...secondary] = readoutSentences(reading, texts);
  const primary = design.primaryMetric === "spend" && spend ? spend : conversion;
  const metric = primary.kind === "conversion" ? "conversion rate" : "spend per customer";
  const mean = { kind: primary.kind === "conversion" ? "percent" : "money" } as const;
  return {
    ...reportHead(`Readout: ${design.name}`, days?.to ?? design.asOf, facts),
    blocks: [
      ...warnings.map((warning) => sentenceBlock(`${sentenceCase(warningText(warning, texts))}.`, "warning")),
      sentenceBlock(verdict, "lead"),
      {
        type: "kpis",
        kpis: [
          { label: `${metric}, test group`, value: primary.test.adjustedMean, format: mean },
          { label: `${metric}, control group`, value: primary.control.adjustedMean, format: mean },
          { label: `change in ${metric}`, value: primary.relative.value, format: { kind: "percent", signed: true } },
        ],
      },
      ...secondary.map((sentences) => sentenceBlock(sentences)),
      { type: "heading", level: 2, text: "Metrics" },
      ...readoutTables(readoutTable(reading, texts)),
      {
        type: "checks",
        caption: "Checks",
        checks: [
          {
            name: "Sample ratio: p-value of the group sizes",
            value: conversion.sampleRatio.pValue,
            format: { kind: "number", digits: 4 },
            test: "gte",
            limit: conversion.sampleRatio.limit,
            passed: !conversion.sampleRatioMismatch,
          },
        ],
      },
      { type: "heading", level: 2, text: "How it was read" },
      listBlock([
        ...readoutAssumptions(reading, texts),
        ...remarks.map((remark) => sentenceCase(remarkText(remark, texts))),
      ]),
      ...glossaryOf(["interval", "minimum detectable effect", "sample ratio", "adjusted", "capped"]),
    ],
  };
}
