import type { BacktestRow, BacktestTable } from "./backtest-table.js";

/** Verdict on one candidate. */
export interface CandidateVerdict {
  readonly name: string;
  readonly complexity: number;
  /** Mean loss in validation; null if the candidate failed on a day. */
  readonly loss: number | null;
  /** Mean loss less that of the best, with the limits of its interval; null if the candidate failed. */
  readonly difference: { readonly value: number; readonly lower: number; readonly upper: number } | null;
  readonly verdict: "chosen" | "within-noise" | "worse" | "failed";
}

/** The candidate to ship, and why. */
export interface ShippingChoice {
  readonly name: string;
  /** The candidate with the lowest loss. */
  readonly best: string;
  /** "best": no simpler one is within noise of it. "simpler": a simpler one is. "only": no other has a loss. */
  readonly rule: "best" | "simpler" | "only";
  /** Level of the intervals of the differences. */
  readonly level: number;
  /** In the order of the table. */
  readonly candidates: readonly CandidateVerdict[];
}

/**
 * Chooses what to ship: the least complex of the candidates whose validation loss is within noise of the best, that is,
 * whose interval of the paired difference to the best (candidate less best) has a lower limit of at most 0. Of equally
 * complex ones the lower loss wins, then the name that sorts first. Test losses are not read.
 *
 * The idea is the one-standard-error rule (Breiman, Friedman, Olshen & Stone 1984, Classification and Regression Trees,
 * section 3.4.3), with the interval of the paired difference in the place of the standard error of the best.
 *
 * @throws {RangeError} If a loss or a limit is not finite, or the best has no loss.
 *
 * @example
 * const of = { byOrigin: [], spread: null, toBaseline: null };
 * const interval = { level: 0.95, standardError: 0.01, nResamples: 1000, nUndefined: 0 };
 * const logistic = { ...of, mean: 0.51, toBest: { ...interval, value: 0.01, lower: -0.01, upper: 0.03 } };
 * const boosted = { ...of, mean: 0.5, toBest: { ...interval, value: 0, lower: 0, upper: 0 } };
 * const candidates = [
 *   { name: "logistic", complexity: 1, validation: logistic, test: logistic },
 *   { name: "boosted", complexity: 2, validation: boosted, test: boosted },
 * ];
 * simplestWithinNoise({ candidates, best: "boosted", level: 0.95 }).name; // "logistic"
 */
export function simplestWithinNoise({
  candidates,
  best,
  level,
}: Pick<BacktestTable, "candidates" | "best" | "level">): ShippingChoice {
  const judged = candidates.map(judge);
  const winner = judged.find(({ name }) => name === best);
  if (!winner || winner.difference === null) {
    throw new RangeError(
      `Cannot choose a candidate: the best, "${best}", has no loss; pass the table that backtest returned`,
    );
  }
  const [{ name }] = judged
    .filter(({ difference }) => difference !== null && difference.lower <= 0)
    .sort((a, b) => a.complexity - b.complexity || a.loss! - b.loss! || (a.name < b.name ? -1 : 1));
  const isOnly = judged.every((each) => each === winner || each.verdict === "failed");
  return {
    name,
    best,
    rule: isOnly ? "only" : name === best ? "best" : "simpler",
    level,
    candidates: judged.map((each) => (each.name === name ? { ...each, verdict: "chosen" } : each)),
  };
}

function judge({ name, complexity, validation }: BacktestRow): CandidateVerdict {
  const { mean: loss, toBest } = validation;
  if (loss === null || toBest === null) return { name, complexity, loss, difference: null, verdict: "failed" };
  const { value, lower, upper } = toBest;
  const found = Object.entries({ complexity, loss, value, lower, upper }).find(
    ([, number]) => !Number.isFinite(number),
  );
  if (found)
    throw new RangeError(`Cannot choose a candidate: ${found[0]} of "${name}" is ${found[1]}; use finite numbers`);
  return {
    name,
    complexity,
    loss,
    difference: { value, lower, upper },
    verdict: lower <= 0 ? "within-noise" : "worse",
  };
}
