import { type NumberTextOptions, numberTexts } from "../../number-texts.js";
import type { ExperimentReadout } from "../../strategy/index.js";
import type { ExperimentReading } from "./readout-stage.js";

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
  const arm = ({ customers, mean, adjustedMean }: ExperimentReadout["test"]) => ({
    customers,
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
    detectable: read.detectable,
    correlation: read.correlation,
    cut_at: read.cutAt,
    sizes_are_off: read.sizesAreOff,
    verdict: read.verdict,
  };
}

/** The outcomes as rows of text, the header their keys. */
export function readoutRows(
  { conversion, spend, uncutSpend, manifest }: ExperimentReading,
  settings: NumberTextOptions,
): Record<string, string>[] {
  const { percent, money, number } = numberTexts(settings);
  const level = `${percent(conversion.level, 0)} interval`;
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
      "visible from": Number.isNaN(read.detectable) ? "" : percent(read.detectable, 0),
    };
  };
  return [
    row("share of buyers", conversion, manifest.outcome === "conversion" || !spend),
    ...(spend
      ? [row(spend.cutAt === null ? "spend per customer" : "spend, outliers cut", spend, manifest.outcome === "spend")]
      : []),
    ...(uncutSpend ? [row("spend as it is", uncutSpend, false)] : []),
  ];
}

/** The readout as a page. */
export function readoutMarkdown(reading: ExperimentReading, settings: NumberTextOptions): string {
  const { manifest, days, results, conversion, spend, cuped, inWords, warnings, remarks } = reading;
  const { count, percent, number, money } = numberTexts(settings);
  const rows = readoutRows(reading, settings);
  const header = Object.keys(rows[0]);
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.trim()).join(" | ")} |`;
  const source = days ? `the orders from ${days.from} to ${days.to}` : `\`${results}\``;
  return [
    `# Readout: ${manifest.name}`,
    "",
    ...warnings.flatMap((warning) => [`> **Warning:** ${warning}.`, ""]),
    ...inWords.flatMap((words) => [words, ""]),
    line(header),
    line(header.map((_, i) => (i === 0 ? "---" : "---:"))),
    ...rows.map((row) => line(Object.values(row))),
    "",
    "\\* decides, as was laid down when the groups were drawn.",
    "",
    `- ${count(conversion.test.customers)} test and ${count(conversion.control.customers)} control customers of "${manifest.segment}" as of ${manifest.as_of}, drawn with seed ${manifest.seed}, by ${source}.`,
    ...(spend?.cutAt != null
      ? [
          `- Spend above ${money(spend.cutAt)}, the ${percent(reading.winsorizeAt, 0)} quantile, is cut to it (winsorized); "as it is" is not.`,
        ]
      : []),
    ...(spend && cuped
      ? [
          `- The spend of the ${manifest.before_days} days to ${manifest.as_of} is taken into account (CUPED): its correlation with the outcome is ${number(spend.correlation ?? Number.NaN, 2)}. Means are after that.`,
        ]
      : []),
    ...remarks.map((remark) => `- ${remark.charAt(0).toUpperCase()}${remark.slice(1)}.`),
    "",
  ].join("\n");
}
