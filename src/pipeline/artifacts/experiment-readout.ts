import type { ExperimentReading, ExperimentReadout } from "../../strategy/index.js";

/** The wording of a readout. */
export interface ReadoutTexts {
  readonly sentences: readonly string[];
  readonly warnings: readonly string[];
  readonly remarks: readonly string[];
}

/** Writes the text of `readout.json`; null is an unknown number, or a missing bound. */
export function readoutJson(reading: ExperimentReading, texts: ReadoutTexts): string {
  const { design, days, conversion, spend, uncutSpend } = reading;
  const value = {
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
    conversion: outcomeJson(conversion),
    spend: spend && outcomeJson(spend),
    uncut_spend: uncutSpend && outcomeJson(uncutSpend),
    in_words: texts.sentences,
    warnings: texts.warnings,
    remarks: texts.remarks,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function outcomeJson({ test, control, ...read }: ExperimentReadout) {
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
    detectable: read.minimumDetectableEffect,
    correlation: read.correlation,
    cut_at: read.cutAt,
    too_few_to_cut: read.tooFewToCut,
    sizes_are_off: read.sampleRatioMismatch,
    verdict: read.verdict,
  };
}
