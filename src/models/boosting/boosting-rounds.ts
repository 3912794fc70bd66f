import { setImmediate as yieldToOthers } from "node:timers/promises";
import { abortCheck } from "../../progress/index.js";
import type { BoostingRound } from "./boosting-options.js";

/** Early stopping of a fit. */
export interface EarlyStopping {
  /** Full name, for example "validation-auc". */
  readonly metric: string;
  readonly higherIsBetter: boolean;
  readonly rounds: number;
}

/** Result of a boosting run. */
export interface BoostingHistory {
  /** One per round that was trained and measured. */
  readonly rounds: readonly BoostingRound[];
  /** Rounds that the model has to keep. */
  readonly nBest: number;
  /** The watched metric at `nBest`, where one was watched. */
  readonly bestScore?: number | undefined;
}

/**
 * Trains round by round on this thread, letting others run in between.
 *
 * The native libraries keep their random engine and their last error per thread, so a round is never handed to a
 * pool of threads; and between two rounds an interrupt, an abort or a progress bar gets its turn.
 *
 * @param boost.update Trains one round, counted from 0.
 * @param boost.evaluate Measures after it; leave it out where nobody reads the metrics.
 * @param options.onBest Called whenever the watched metric improved.
 */
export async function runRounds(
  nRounds: number,
  boost: { update: (round: number) => void; evaluate?: ((round: number) => Record<string, number>) | undefined },
  {
    stopping,
    onBest,
    onRound,
    signal,
  }: {
    stopping?: EarlyStopping | undefined;
    onBest?: (() => void) | undefined;
    onRound?: ((round: BoostingRound) => void) | undefined;
    signal?: AbortSignal | undefined;
  } = {},
): Promise<BoostingHistory> {
  const throwIfStopped = abortCheck(signal);
  const rounds: BoostingRound[] = [];
  let nTrained = 0;
  let best: { nRounds: number; score: number } | undefined;
  while (nTrained < nRounds) {
    throwIfStopped();
    boost.update(nTrained);
    ++nTrained;
    if (boost.evaluate) {
      const measured = { round: nTrained, nRounds, metrics: boost.evaluate(nTrained - 1) };
      let stops = false;
      if (stopping) {
        const score = requiredScore(measured, stopping.metric);
        if (!best || (stopping.higherIsBetter ? score > best.score : score < best.score)) {
          best = { nRounds: nTrained, score };
          onBest?.();
        }
        stops = nTrained - best.nRounds >= stopping.rounds;
      }
      const round: BoostingRound = { ...measured, isLast: stops || nTrained === nRounds };
      rounds.push(round);
      onRound?.(round);
      if (stops) break;
    }
    await yieldToOthers();
  }
  throwIfStopped();
  return { rounds, nBest: best?.nRounds ?? nTrained, bestScore: best?.score };
}

function requiredScore({ round, metrics }: Pick<BoostingRound, "round" | "metrics">, metric: string): number {
  const score = metrics[metric];
  if (score === undefined || Number.isNaN(score)) {
    const known = Object.keys(metrics).join(", ");
    const is = score === undefined ? `is not among ${known}` : `is NaN after round ${round}`;
    throw new RangeError(`Cannot stop early: ${metric} ${is}; expected a number`);
  }
  return score;
}
