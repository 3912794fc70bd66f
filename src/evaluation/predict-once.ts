import { messageOf } from "../errors.js";
import type { Candidate, FitContext, Fitted } from "./candidate.js";
import type { BacktestFailure, LabelledRows } from "./judged-cut.js";

/** Predictions, or why there are none. */
export type PredictionOutcome =
  | { readonly yPred: Float64Array }
  | { readonly yPred?: undefined; readonly code: BacktestFailure["code"]; readonly message: string };

/** Fits a candidate, predicts the current rows once, and frees the model whatever happens. */
export async function predictOnce<Rows extends LabelledRows>(
  candidate: Candidate<Rows>,
  { train, current }: { readonly train: Rows; readonly current: Rows },
  context: FitContext,
): Promise<PredictionOutcome> {
  let fitted: Fitted<Rows>;
  try {
    fitted = await candidate.fit(train, current, context);
  } catch (error) {
    return { code: "fit", message: messageOf(error) };
  }
  let outcome: PredictionOutcome;
  try {
    outcome = checked(await fitted.predict(current), current.y.length);
  } catch (error) {
    outcome = { code: "predict", message: messageOf(error) };
  }
  try {
    fitted.close?.();
  } catch (error) {
    if (outcome.yPred) return { code: "close", message: messageOf(error) };
  }
  return outcome;
}

function checked(predicted: Float64Array, nRows: number): PredictionOutcome {
  if (predicted.length !== nRows) {
    return { code: "wrong-length", message: `Expected ${nRows} predictions, found ${predicted.length}` };
  }
  const row = predicted.findIndex((value) => !Number.isFinite(value));
  if (row >= 0)
    return { code: "not-finite", message: `Expected finite predictions, found ${predicted[row]} in row ${row}` };
  // A copy, as a model may reuse its array.
  return { yPred: Float64Array.from(predicted) };
}
