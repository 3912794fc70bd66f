import type { ExperimentReadout } from "../read-experiment.js";
import type { ExperimentReading } from "./read-designed.js";

/** Returns the numbers of a reading by flat name. */
export function readoutMetrics({
  conversion,
  spend,
  cappedSpend,
  missing,
  gone,
  unknown,
}: ExperimentReading): Record<string, number> {
  return {
    test_customers: conversion.test.customers,
    control_customers: conversion.control.customers,
    sample_ratio_mismatch: conversion.sampleRatioMismatch ? 1 : 0,
    missing,
    gone,
    unknown,
    ...metricNumbers("conversion", conversion),
    ...(spend ? metricNumbers("spend", spend) : {}),
    ...(cappedSpend ? metricNumbers("capped_spend", cappedSpend) : {}),
  };
}

function metricNumbers(name: string, read: ExperimentReadout): Record<string, number> {
  return {
    [`${name}_test`]: read.test.adjustedMean,
    [`${name}_control`]: read.control.adjustedMean,
    [`${name}_difference`]: read.difference,
    [`${name}_lower`]: read.lower,
    [`${name}_upper`]: read.upper,
    [`${name}_change`]: read.relative.value,
    [`${name}_minimum_detectable_effect`]: read.minimumDetectableEffect,
  };
}
