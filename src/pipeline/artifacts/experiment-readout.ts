import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { calendarDay, parseJson, type Static, Type } from "../../schema/index.js";
import type { ExperimentReading, ExperimentReadout } from "../../strategy/index.js";

/** The wording of a readout. */
export interface ReadoutTexts {
  readonly sentences: readonly string[];
  readonly warnings: readonly string[];
  readonly remarks: readonly string[];
}

const closed = { additionalProperties: false } as const;
const Count = Type.Integer({ minimum: 0 });
const Texts = Type.Array(Type.String());
/** JSON has neither NaN nor infinity: null is an unknown number, or a missing bound. */
const Known = Type.Union([Type.Number(), Type.Null()]);
const Interval = Type.Object({ value: Known, lower: Known, upper: Known }, closed);
const ArmFile = Type.Object(
  { customers: Count, buyers: Count, mean: Type.Number(), adjusted_mean: Type.Number() },
  closed,
);
const MetricFile = Type.Object(
  {
    test: ArmFile,
    control: ArmFile,
    difference: Interval,
    relative: Interval,
    total: Interval,
    level: Type.Number(),
    minimum_detectable_effect: Known,
    correlation: Known,
    cut_at: Known,
    sample_ratio_mismatch: Type.Boolean(),
    verdict: Type.Enum(["more", "less", "no worthwhile difference", "no reliable interval", "too few"]),
  },
  closed,
);
const ReadoutFile = Type.Object(
  {
    experiment: Type.String(),
    dataset: Type.String(),
    segment: Type.String(),
    as_of: calendarDay(),
    split_sha256: Type.String(),
    decided_by: Type.Enum(["conversion", "spend"]),
    from: Type.Union([calendarDay(), Type.Null()]),
    to: Type.Union([calendarDay(), Type.Null()]),
    results: Type.Union([Type.String(), Type.Null()]),
    relative_effect: Type.Number(),
    alpha: Type.Number(),
    power: Type.Number(),
    winsorize: Type.Number(),
    before_days: Type.Union([Count, Type.Null()]),
    missing: Count,
    gone: Count,
    unknown: Count,
    conversion: MetricFile,
    spend: Type.Union([MetricFile, Type.Null()]),
    capped_spend: Type.Union([MetricFile, Type.Null()]),
    in_words: Texts,
    warnings: Texts,
    remarks: Texts,
  },
  closed,
);

/** The content of `readout.json`. */
export type ReadoutFile = Static<typeof ReadoutFile>;

/** Writes the text of `readout.json`. */
export function readoutJson(reading: ExperimentReading, texts: ReadoutTexts): string {
  return `${JSON.stringify(readoutRecord(reading, texts), null, 2)}\n`;
}

/** Returns a readout as JSON, with its wording. */
export function readoutRecord(reading: ExperimentReading, texts: ReadoutTexts): ReadoutFile {
  const { design, days, conversion, spend, cappedSpend } = reading;
  return {
    experiment: design.name,
    dataset: design.dataset,
    segment: design.segment,
    as_of: design.asOf,
    split_sha256: design.splitSha256,
    decided_by: design.primaryMetric,
    from: days?.from ?? null,
    to: days?.to ?? null,
    results: reading.results,
    relative_effect: design.relativeEffect,
    alpha: design.alpha,
    power: design.power,
    winsorize: reading.winsorizeAt,
    before_days: reading.cuped ? design.beforeDays : null,
    missing: reading.missing,
    gone: reading.gone,
    unknown: reading.unknown,
    conversion: metricOf(conversion),
    spend: spend && metricOf(spend),
    capped_spend: cappedSpend && metricOf(cappedSpend),
    in_words: [...texts.sentences],
    warnings: [...texts.warnings],
    remarks: [...texts.remarks],
  };
}

/** Reads `readout.json` of a folder. @throws {SyntaxError} If it is not what {@link readoutJson} writes. */
export async function readReadout(folder: string): Promise<ReadoutFile> {
  const path = join(folder, "readout.json");
  return parseJson(ReadoutFile, await readFile(path, "utf8"), { action: `read "${path}"` });
}

function metricOf({ test, control, ...read }: ExperimentReadout): ReadoutFile["conversion"] {
  const arm = ({ customers, buyers, mean, adjustedMean }: ExperimentReadout["test"]) => ({
    customers,
    buyers,
    mean,
    adjusted_mean: adjustedMean,
  });
  return {
    test: arm(test),
    control: arm(control),
    difference: { value: read.difference, lower: read.lower, upper: read.upper },
    relative: read.relative,
    total: read.total,
    level: read.level,
    minimum_detectable_effect: read.minimumDetectableEffect,
    correlation: read.correlation,
    cut_at: read.cutAt,
    sample_ratio_mismatch: read.sampleRatioMismatch,
    verdict: read.verdict,
  };
}
