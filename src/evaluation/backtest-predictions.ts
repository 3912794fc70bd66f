import { type OptionNames, requireKnownOptions } from "../errors.js";
import { abortCheck } from "../progress/index.js";
import { type BacktestOrigin, type BacktestStep, requireOrigins, stepsOf } from "./backtest-origin.js";
import { type BacktestTableOptions, tableOptions } from "./backtest-table.js";
import type { Candidate } from "./candidate.js";
import type { BacktestFailure, BacktestPredictions, JudgedCut, LabelledRows } from "./judged-cut.js";
import { predictOnce } from "./predict-once.js";

/** State of a backtest. */
export interface BacktestProgress {
  /** Fits done, with the share of the present one. */
  readonly done: number;
  readonly total: number;
  readonly candidate: string;
  readonly origin: string;
  readonly part: "validation" | "test";
}

/** Options of a run of candidates over origins. */
export interface BacktestRunOptions<Rows> {
  readonly origins: readonly BacktestOrigin[];
  /** Group of each row, such as the customer: a group is drawn with all its rows of all days. */
  readonly groups: (rows: Rows) => ArrayLike<string | number>;
  /** Passed to every fit. */
  readonly seed: number;
  /** Threads of one fit; defaults to 2. */
  readonly threads?: number;
  readonly onProgress?: ((progress: BacktestProgress) => void) | undefined;
  /** Ends the backtest with its reason, between two fits. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of a backtest. */
export type BacktestOptions<Rows> = BacktestRunOptions<Rows> & BacktestTableOptions;

const backtestOptions: OptionNames<BacktestOptions<never>> = {
  origins: true,
  groups: true,
  threads: true,
  onProgress: true,
  signal: true,
  ...tableOptions,
};

/**
 * Fits every candidate twice per origin, for the validation and for the test day, and predicts each of these days once
 * per candidate. Rows of the judged day reach candidates with NaN labels. A candidate that fails is recorded, and the
 * others continue.
 *
 * @param rowsAt Labelled rows of the given days as plain objects.
 * @throws {RangeError} If candidates share a name, a complexity is not finite, a horizon is not closed, or `rowsAt`
 * gives rows of other days.
 *
 * @example
 * const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
 * const constant = {
 *   name: "mean",
 *   complexity: 0,
 *   fit: ({ y }: { y: Float64Array }) => ({ predict: (rows: { y: Float64Array }) => rows.y.map(() => mean(y)) }),
 * };
 * const days = { score: "2024-12-31", test: "2024-12-01", validation: "2024-11-01", choice: ["2024-10-01"], fit: ["2024-11-01"] };
 * const rowsAt = () => ({ y: Float64Array.of(0, 1) });
 * const { cuts } = await backtestPredictions([constant], rowsAt, { origins: [days], groups: () => ["ann", "ben"], seed: 7 });
 * cuts[1].yPred["mean"]; // [0.5, 0.5]
 */
export async function backtestPredictions<Rows extends LabelledRows>(
  candidates: readonly Candidate<Rows>[],
  rowsAt: (days: readonly string[]) => Rows | Promise<Rows>,
  options: BacktestRunOptions<Rows>,
): Promise<BacktestPredictions> {
  // Options of the table are known too, so that one object serves both steps.
  requireKnownOptions("backtest", options as BacktestOptions<Rows>, backtestOptions);
  const { origins, groups, seed, threads = 2, onProgress, signal } = options;
  requireCandidates(candidates);
  requireOrigins(origins);
  const throwIfStopped = abortCheck(signal);
  const cuts: JudgedCut[] = [];
  const failures: BacktestFailure[] = [];
  const total = 2 * origins.length * candidates.length;
  let done = 0;
  for (const origin of origins) {
    for (const step of stepsOf(origin)) {
      throwIfStopped();
      const { part } = step;
      const train = await rowsOf(rowsAt, step.train);
      const judged = await rowsOf(rowsAt, [step.judged]);
      const current = withoutLabels(judged);
      const yPred: Record<string, Float64Array> = {};
      for (const candidate of candidates) {
        throwIfStopped();
        const report = (share: number) =>
          onProgress?.({ done: done + share, total, candidate: candidate.name, origin: origin.score, part });
        const context = { seed, threads, signal, onProgress: report };
        const outcome = await predictOnce(candidate, { train, current }, context);
        throwIfStopped();
        if (outcome.yPred) yPred[candidate.name] = outcome.yPred;
        else failures.push({ candidate: candidate.name, origin: origin.score, part, ...outcome });
        done += 1;
        report(0);
      }
      cuts.push(cutOf(origin, step, { train, judged, groups: groups(judged), yPred }));
    }
  }
  const facts = candidates.map(({ name, complexity }) => ({ name, complexity }));
  return { candidates: facts, origins: origins.map(({ score }) => score), cuts, failures };
}

function cutOf<Rows extends LabelledRows>(
  { score }: BacktestOrigin,
  { part, judged: asOf }: BacktestStep,
  found: { train: Rows; judged: Rows; groups: ArrayLike<string | number>; yPred: Record<string, Float64Array> },
): JudgedCut {
  const yTrue = Float64Array.from(found.judged.y);
  if (found.groups.length !== yTrue.length) {
    throw new RangeError(
      `Cannot backtest: there are ${yTrue.length} rows on ${asOf} and ${found.groups.length} groups; use one per row`,
    );
  }
  return { origin: score, part, asOf, nTrain: found.train.y.length, groups: found.groups, yTrue, yPred: found.yPred };
}

async function rowsOf<Rows extends LabelledRows>(
  rowsAt: (days: readonly string[]) => Rows | Promise<Rows>,
  days: readonly string[],
): Promise<Rows> {
  const rows = await rowsAt(days);
  const refuse = (found: string): never => {
    throw new RangeError(`Cannot backtest: rowsAt gave ${found} for ${days.join(", ")}`);
  };
  if (!rows.y.length) refuse("no rows");
  for (let i = 0; i < rows.y.length; ++i) if (!Number.isFinite(rows.y[i])) refuse(`the label ${rows.y[i]}`);
  for (const day of new Set(Array.from(rows.asOf ?? []))) if (!days.includes(day)) refuse(`rows of ${day}`);
  return rows;
}

function withoutLabels<Rows extends LabelledRows>(rows: Rows): Rows {
  return { ...rows, y: new Float64Array(rows.y.length).fill(Number.NaN) };
}

function requireCandidates(candidates: readonly Candidate<never>[]): void {
  if (!candidates.length) throw new RangeError("Cannot backtest: there are no candidates; use at least one");
  const names = candidates.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new RangeError(`Cannot backtest: two candidates are named "${twice}"; use other names`);
  for (const { name, complexity } of candidates) {
    if (Number.isFinite(complexity)) continue;
    throw new RangeError(`Cannot backtest: the complexity of "${name}" is ${complexity}; use a finite number`);
  }
}
