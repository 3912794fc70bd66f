import type { TrustedDataset } from "../datasets/index.js";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import { stratifiedKFold } from "../evaluation/index.js";
import { addLabels, computeFeatures, dayBefore, defineSeen } from "../features/index.js";
import { type Matrix, matrixFromColumns, takeRows } from "../matrix/index.js";

/** Rows and labels. */
export interface LabelledRows {
  readonly X: Matrix;
  /** 1 for those who did not order in the horizon, shape (X.nRows,). */
  readonly y: Float64Array;
}

/** Features at a closed cut, and who ordered no more. */
export interface ChurnTable {
  /** The day that features stand at: a horizon before `asOf`. */
  readonly cut: string;
  readonly train: LabelledRows;
  /** A quarter of the customers, drawn within the classes. */
  readonly test: LabelledRows;
  /** The first rows, to try a model with. */
  readonly example: Matrix;
  /** Share of customers who did not order in the horizon. */
  readonly churnRate: number;
}

/** What a table is made for. */
export interface ChurnTableOptions {
  /** The last day that is known. */
  readonly asOf: string;
  readonly horizonDays: number;
  /** Seeds the draw of the test rows. */
  readonly seed: number;
}

/**
 * Numeric features of every customer as of `horizonDays` before `asOf`, with the label of the horizon, divided by
 * customers: a first look, not a test in time.
 *
 * @throws {RangeError} If nobody is known at the cut, or one of the classes is too small to divide.
 */
export async function churnTable(
  engine: Engine,
  dataset: TrustedDataset,
  { asOf, horizonDays, seed }: ChurnTableOptions,
): Promise<ChurnTable> {
  const cut = dayBefore(asOf, horizonDays);
  await defineSeen(engine, { cuts: [cut], returns: "drop" });
  await addLabels(engine, { horizonDays, knownUntil: asOf, categories: [] });
  const { names, rows } = await computeFeatures(engine, dataset, { cuts: [cut] });
  if (rows === 0)
    throw new RangeError(`Cannot make a table: no customer is known on ${cut}, an earlier start is needed`);
  const wanted = names.map((name) => `f.${quotedIdentifier(name)}`);
  const columns = await engine.columns(
    `SELECT ${wanted.join(", ")}, l.churned AS churned FROM features AS f
     JOIN labels AS l ON l.customer_id = f.customer_id AND l.as_of = f.as_of AND l.horizon_days = ${horizonDays}
     ORDER BY f.customer_id`,
  );
  const { churned, ...features } = columns;
  const numeric = Object.entries(features).filter((entry): entry is [string, Float64Array] => isVaried(entry[1]));
  const X = matrixFromColumns(Object.fromEntries(numeric));
  const y = Float64Array.from(churned as ArrayLike<number | boolean>, Number);
  const [{ train, test }] = stratifiedKFold(y, { nFolds: 4, seed });
  const part = (taken: Uint32Array): LabelledRows => ({
    X: takeRows(X, taken),
    y: Float64Array.from(taken, (row) => y[row]),
  });
  return {
    cut,
    train: part(train),
    test: part(test),
    example: takeRows(X, [0, 1, 2, 3, 4].slice(0, X.nRows)),
    churnRate: y.reduce((sum, label) => sum + label, 0) / y.length,
  };
}

/** Numbers that differ between customers; text is for encoders. */
function isVaried(column: unknown): column is Float64Array {
  return column instanceof Float64Array && column.some((value) => value !== column[0] && !Number.isNaN(value));
}
