import { argsort, asFloats, requireFinite, requireLabels, requireRows } from "../numeric/index.js";

/** Totals of the best-ranked rows, one entry per distinct score, the highest first. */
export interface UpliftCounts {
  readonly nRows: number;
  /** Rows among the best so far. */
  readonly counts: Float64Array;
  readonly treated: Float64Array;
  readonly treatedOutcome: Float64Array;
  readonly control: Float64Array;
  readonly controlOutcome: Float64Array;
}

/** Checks an experiment's rows for `caller`, and accumulates outcomes by arm from the best-ranked row on. */
export function upliftCounts(
  caller: string,
  yTrue: ArrayLike<number>,
  uplift: ArrayLike<number>,
  treatment: ArrayLike<number>,
): UpliftCounts {
  requireRows(caller, { yTrue, uplift, treatment });
  requireFinite(caller, { yTrue, uplift });
  requireLabels(caller, { treatment });
  const outcome = asFloats(yTrue);
  const scores = asFloats(uplift);
  const order = argsort(scores);
  const nRows = order.length;
  const curves = Array.from({ length: 5 }, () => new Float64Array(nRows));
  const [counts, treated, treatedOutcome, control, controlOutcome] = curves;
  let n = 0;
  let [nTreated, sumTreated, nControl, sumControl] = [0, 0, 0, 0];
  for (let at = nRows - 1; at >= 0; ++n) {
    const score = scores[order[at]];
    for (; at >= 0 && scores[order[at]] === score; --at) {
      const row = order[at];
      if (treatment[row] === 1) {
        ++nTreated;
        sumTreated += outcome[row];
      } else {
        ++nControl;
        sumControl += outcome[row];
      }
    }
    counts[n] = nRows - 1 - at;
    treated[n] = nTreated;
    treatedOutcome[n] = sumTreated;
    control[n] = nControl;
    controlOutcome[n] = sumControl;
  }
  if (!nTreated || !nControl) {
    throw new RangeError(
      `Cannot compute ${caller}: treatment has ${nTreated} treated and ${nControl} control rows; expected both arms`,
    );
  }
  const [c, t, ty, k, ky] = curves.map((values) => values.subarray(0, n));
  return { nRows, counts: c, treated: t, treatedOutcome: ty, control: k, controlOutcome: ky };
}
