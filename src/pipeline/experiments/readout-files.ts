import type { ExperimentReadout } from "../../strategy/index.js";
import { type Conventions, numberTexts } from "../../table/index.js";
import { EVERYONE } from "./choose-segment.js";
import type { ExperimentReading } from "./experiment-reading.js";
import { markdownTable } from "./markdown-table.js";
import { measureName } from "./plan-files.js";

/** The readout as JSON; null is a number that cannot be known, or has no bound. */
export function readoutJson(reading: ExperimentReading): string {
  const { manifest, days, results, winsorizeAt, cuped, missing, gone, unknown, conversion, spend, uncutSpend } =
    reading;
  const value = {
    experiment: manifest.name,
    dataset: manifest.dataset,
    segment: manifest.segment,
    as_of: manifest.as_of,
    split_sha256: manifest.split_sha256,
    decided_by: manifest.outcome,
    from: days?.from ?? null,
    to: days?.to ?? null,
    results,
    relative_effect: manifest.relative_effect,
    alpha: manifest.alpha,
    power: manifest.power,
    winsorize: winsorizeAt,
    before_days: cuped ? manifest.before_days : null,
    missing,
    gone,
    unknown,
    conversion: outcomeJson(conversion),
    spend: spend && outcomeJson(spend),
    uncut_spend: uncutSpend && outcomeJson(uncutSpend),
    in_words: reading.inWords,
    warnings: reading.warnings,
    remarks: reading.remarks,
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
    minimumDetectableEffect: read.minimumDetectableEffect,
    correlation: read.correlation,
    cut_at: read.cutAt,
    too_few_to_cut: read.tooFewToCut,
    sizes_are_off: read.sampleRatioMismatch,
    verdict: read.verdict,
  };
}

/** What the star in {@link readoutRows} means. */
export const decidesNote = "decides, as laid down when the groups were drawn";

/** The outcomes as rows of text, the header their keys. */
export function readoutRows(
  { conversion, spend, uncutSpend, manifest }: ExperimentReading,
  settings: Partial<Conventions>,
): Record<string, string>[] {
  const { percent, exactPercent, money, number } = numberTexts(settings);
  const level = `${exactPercent(conversion.level)} interval`;
  const sign = (value: number, text: (value: number) => string) =>
    Number.isFinite(value) ? `${value < 0 ? "−" : "+"}${text(Math.abs(value))}` : "open";
  const row = (name: string, read: ExperimentReadout, decides: boolean) => {
    const share = read.kind === "conversion";
    const amount = share ? (value: number) => percent(value) : money;
    const difference = share ? (value: number) => `${number(100 * value)} points` : money;
    const relative = (value: number) => (Number.isNaN(value) ? "" : sign(value, (x) => percent(x)));
    return {
      outcome: `${name}${decides ? " *" : ""}`,
      test: amount(read.test.adjustedMean),
      control: amount(read.control.adjustedMean),
      difference: sign(read.difference, difference),
      [level]: `${sign(read.lower, share ? (x) => number(100 * x) : money)} to ${sign(read.upper, difference)}`,
      change: relative(read.relative.value),
      [`change, ${level}`]: Number.isNaN(read.relative.value)
        ? ""
        : `${relative(read.relative.lower)} to ${relative(read.relative.upper)}`,
      "change visible from": Number.isNaN(read.minimumDetectableEffect) ? "" : percent(read.minimumDetectableEffect, 0),
    };
  };
  return [
    row(measureName({ measure: "conversion", cuped: false }), conversion, manifest.outcome === "conversion" || !spend),
    ...(spend
      ? [
          row(
            measureName({ measure: spend.cutAt === null ? "spend" : "winsorized spend", cuped: false }),
            spend,
            manifest.outcome === "spend",
          ),
        ]
      : []),
    ...(uncutSpend ? [row("spend as it is", uncutSpend, false)] : []),
  ];
}

/** The readout as a page. */
export function readoutMarkdown(reading: ExperimentReading, settings: Partial<Conventions>): string {
  const { inWords, warnings } = reading;
  return [
    `# Readout: ${reading.manifest.name}`,
    "",
    ...warnings.flatMap((warning) => [`> **Warning:** ${warning}.`, ""]),
    ...inWords.flatMap((words) => [words, ""]),
    ...markdownTable(readoutRows(reading, settings)),
    "",
    `\\* ${decidesNote}.`,
    "",
    ...factsInWords(reading, settings).map((fact) => `- ${fact}.`),
    "",
  ].join("\n");
}

/** What was read and how, one line each. */
function factsInWords(
  { manifest, days, results, winsorizeAt, conversion, spend, cuped, remarks }: ExperimentReading,
  settings: Partial<Conventions>,
): string[] {
  const { count, exactPercent, number, money } = numberTexts(settings);
  const source = days ? `the orders from ${days.from} to ${days.to}` : `\`${results}\``;
  const segment = manifest.segment === EVERYONE ? "" : ` of "${manifest.segment}"`;
  return [
    `Read: ${source} of ${count(conversion.test.customers)} test and ${count(conversion.control.customers)} control customers${segment} as of ${manifest.as_of}, drawn with seed ${manifest.seed}`,
    `A change is worth the campaign from ${exactPercent(manifest.relative_effect)} on, as laid down then`,
    ...(spend?.cutAt != null
      ? [
          `Outliers are amounts above ${money(spend.cutAt)}, which ${exactPercent(1 - winsorizeAt)} of the customers exceed: they count as that (winsorized), but not in "as it is"`,
        ]
      : []),
    ...(spend && cuped
      ? [
          `Means of spend are as if both groups had spent alike in the ${manifest.before_days} days to ${manifest.as_of} (CUPED; correlation ${number(spend.correlation ?? Number.NaN, 2).replace("-", "−")})`,
        ]
      : []),
    ...remarks.map((remark) => `${remark.charAt(0).toUpperCase()}${remark.slice(1)}`),
  ];
}
