import { type OptionNames, requireKnownOptions } from "../errors.js";
import { mean, standardDeviation } from "../numeric/index.js";
import type { BootstrapInterval } from "./bootstrap-interval.js";
import { type JudgedLosses, judgeCut, type RowMeanLoss } from "./judge-cut.js";
import type { BacktestFailure, BacktestPredictions, CandidateFacts, JudgedCut } from "./judged-cut.js";
import { type PairedDraws, pairedLossDifferences } from "./paired-loss-differences.js";

/** Losses of one candidate on the days of one part. */
export interface BacktestLosses {
  /** One per origin, in their order; null where the candidate failed. */
  readonly byOrigin: readonly (number | null)[];
  /** Mean over the origins; null unless the candidate has a loss on each. */
  readonly mean: number | null;
  /** Standard deviation over the origins; null with fewer than two. */
  readonly spread: number | null;
  /** This candidate's mean less that of {@link BacktestTable.best}; null where either is missing. */
  readonly toBest: BootstrapInterval | null;
  /** This candidate's mean less that of {@link BacktestTable.baseline}; null where either is missing. */
  readonly toBaseline: BootstrapInterval | null;
}

/** One candidate of a table. */
export interface BacktestRow extends CandidateFacts {
  readonly validation: BacktestLosses;
  readonly test: BacktestLosses;
}

/** One judged day of a table. */
export type BacktestDay = Pick<JudgedCut, "origin" | "part" | "asOf" | "nTrain"> & { readonly nRows: number };

/** Losses of candidates over origins; lower is better. Plain data, which JSON keeps. */
export interface BacktestTable {
  readonly candidates: readonly BacktestRow[];
  /** The candidate with the lowest mean loss in validation, the simpler of equal ones; the test has no say. */
  readonly best: string;
  readonly baseline: string | null;
  readonly days: readonly BacktestDay[];
  readonly failures: readonly BacktestFailure[];
  /** Level of the intervals. */
  readonly level: number;
}

/** Options of a table of losses. */
export interface BacktestTableOptions {
  readonly loss: RowMeanLoss;
  /** Seeds the draws of groups. */
  readonly seed: number;
  /** Name of the candidate that all are compared with beside the best; defaults to none. */
  readonly baseline?: string | undefined;
  /** Share of intervals that should hold the true difference, in (0, 1); defaults to 0.95. */
  readonly level?: number;
  /** Draws per interval; defaults to 1000. */
  readonly nResamples?: number;
}

/** The names of {@link BacktestTableOptions}. */
export const tableOptions: OptionNames<BacktestTableOptions> = {
  loss: true,
  seed: true,
  baseline: true,
  level: true,
  nResamples: true,
};

/**
 * Judges predictions of a backtest: loss per origin, mean, spread, and paired differences with their intervals.
 *
 * @throws {RangeError} If the loss is no mean over rows, the baseline is unknown, or no candidate has a loss on every
 * validation day.
 *
 * @example
 * const cut = { origin: "2024-12-31", asOf: "2024-11-01", nTrain: 2, groups: ["ann", "ben"], yTrue: Float64Array.of(0, 1) };
 * const yPred = { even: Float64Array.of(0.5, 0.5), sure: Float64Array.of(0.2, 0.9) };
 * const candidates = [{ name: "even", complexity: 0 }, { name: "sure", complexity: 1 }];
 * const cuts = [{ ...cut, part: "validation" as const, yPred }, { ...cut, part: "test" as const, yPred }];
 * backtestTable({ candidates, origins: ["2024-12-31"], cuts, failures: [] }, { loss: brierScoreLoss, seed: 7 }).best; // "sure"
 */
export function backtestTable(
  { candidates, origins, cuts, failures }: BacktestPredictions,
  options: BacktestTableOptions,
): BacktestTable {
  // Options of the predictions are known too, so that one object serves both steps.
  const known = {
    ...tableOptions,
    origins: true,
    groups: true,
    threads: true,
    onProgress: true,
    signal: true,
  } as const;
  requireKnownOptions("judge a backtest", options, known);
  const { loss, seed, baseline, level = 0.95, nResamples = 1000 } = options;
  if (baseline !== undefined && !candidates.some(({ name }) => name === baseline)) {
    throw new RangeError(`Cannot judge a backtest: the baseline "${baseline}" is no candidate; use the name of one`);
  }
  const lossFailures: BacktestFailure[] = [];
  const judged = cuts.map((cut) => judgeCut(cut, loss, lossFailures));
  const partOf = (part: JudgedCut["part"]) => origins.map((origin) => judged[placeOf(cuts, origin, part)]);
  const parts = { validation: partOf("validation"), test: partOf("test") };
  const best = bestOf(candidates, parts.validation, [...failures, ...lossFailures]);
  const references = { best, baseline };
  const draws = { seed, level, nResamples };
  const validation = lossesOf(candidates, parts.validation, references, draws);
  const test = lossesOf(candidates, parts.test, references, draws);
  return {
    candidates: candidates.map(({ name, complexity }, i) => ({
      name,
      complexity,
      validation: validation[i],
      test: test[i],
    })),
    best,
    baseline: baseline ?? null,
    days: cuts.map(({ origin, part, asOf, nTrain, yTrue }) => ({ origin, part, asOf, nTrain, nRows: yTrue.length })),
    failures: [...failures, ...lossFailures],
    level,
  };
}

/** Returns the losses of every candidate on some days, compared with the best and the baseline. */
function lossesOf(
  candidates: readonly CandidateFacts[],
  days: readonly JudgedLosses[],
  references: { readonly best: string; readonly baseline: string | undefined },
  draws: PairedDraws,
): BacktestLosses[] {
  const complete = candidates.map(({ name }) => name).filter((name) => meanOver(name, days) !== null);
  const pairs = Object.values(references)
    .filter((other) => other !== undefined && complete.includes(other))
    .flatMap((other) => complete.map((name) => [name, other as string] as const));
  const intervals = pairedLossDifferences(days, pairs, draws);
  const against = (name: string, other: string | undefined) =>
    intervals[pairs.findIndex(([first, second]) => first === name && second === other)] ?? null;
  return candidates.map(({ name }) => {
    const byOrigin = days.map(({ means }) => means[name] ?? null);
    const spread = complete.includes(name) && days.length > 1;
    return {
      byOrigin,
      mean: meanOver(name, days),
      spread: spread ? standardDeviation(byOrigin as number[], { ddof: 1 }) : null,
      toBest: against(name, references.best),
      toBaseline: against(name, references.baseline),
    };
  });
}

function placeOf(cuts: readonly JudgedCut[], origin: string, part: JudgedCut["part"]): number {
  const place = cuts.findIndex((cut) => cut.origin === origin && cut.part === part);
  if (place < 0)
    throw new RangeError(
      `Cannot judge a backtest: the ${part} day of origin ${origin} is missing; pass the table that backtest returned`,
    );
  return place;
}

function meanOver(name: string, days: readonly JudgedLosses[]): number | null {
  return days.every(({ means }) => name in means) ? mean(days.map(({ means }) => means[name])) : null;
}

function bestOf(
  candidates: readonly CandidateFacts[],
  days: readonly JudgedLosses[],
  failures: readonly BacktestFailure[],
): string {
  const ranked = candidates
    .map(({ name, complexity }) => ({ name, complexity, loss: meanOver(name, days) }))
    .filter((each): each is CandidateFacts & { loss: number } => each.loss !== null)
    .sort((a, b) => a.loss - b.loss || a.complexity - b.complexity || (a.name < b.name ? -1 : 1));
  if (ranked.length) return ranked[0].name;
  const [first] = failures;
  const why = first ? ` ("${first.candidate}" on ${first.origin}: ${first.message})` : "";
  throw new RangeError(`Cannot judge a backtest: no candidate has a loss on every validation day${why}`);
}
