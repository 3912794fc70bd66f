import { asFloats } from "../../numeric/index.js";
import type { BoostingOptions, ValidationSet } from "./boosting-options.js";
import { categoricalColumns, requireCodes } from "./category-codes.js";
import { type DenseMatrix, quoted, requireFeatures, requireTable } from "./dense-matrix.js";

/** Labels allowed by an objective. */
export type LabelRule = "classes" | "numbers" | "at least 0" | "above 0" | "above -1";

/** Labels and weights as arrays that a native library can read. */
export interface TrainingRows {
  readonly X: DenseMatrix;
  readonly y: Float64Array;
  readonly weight: Float64Array | undefined;
  readonly baseMargin: Float64Array | undefined;
}

/** Training and validation rows, checked. */
export interface TrainingData {
  readonly featureNames: readonly string[];
  readonly training: TrainingRows;
  readonly validation: TrainingRows | undefined;
  /** The numbers of the columns of category codes. */
  readonly codes: readonly number[];
  /** Notices, for example that a column is constant. */
  readonly notices: readonly string[];
}

type Rows = { readonly X: DenseMatrix; readonly y: ArrayLike<number> } & Pick<
  ValidationSet,
  "sampleWeight" | "baseMargin"
>;

/**
 * Checks what a boosted model is to be fitted on, before the native library sees any of it.
 *
 * @param action For the messages, for example "fit XGBoost".
 * @throws {RangeError} If there are no rows, lengths or columns differ, a label is not one of the objective's, or a
 *   weight is negative, or either set of rows alone has a base margin.
 */
export function checkTrainingData(
  action: string,
  rows: Rows,
  labels: LabelRule,
  { validation, categorical = [] }: Pick<BoostingOptions, "validation" | "categorical">,
): TrainingData {
  const training = checkRows(action, "", rows, labels);
  const { X } = rows;
  const featureNames = X.columnNames ?? Array.from({ length: X.nCols }, (_, j) => `f${j}`);
  requireDistinct(action, featureNames);
  requireKnown(action, "categorical", categorical, featureNames);
  const codes = categoricalColumns(featureNames, categorical);
  requireCodes(action, X, featureNames, codes);
  if (labels === "classes") requireBoth(action, "y", training.y);
  if (validation) {
    requireFeatures(`${action} with this validation set`, featureNames, validation.X);
    requireCodes(`${action} with this validation set`, validation.X, featureNames, codes);
    if (Boolean(rows.baseMargin) !== Boolean(validation.baseMargin)) {
      const only = rows.baseMargin ? "training" : "validation";
      throw new RangeError(`Cannot ${action}: only the ${only} rows have a baseMargin; pass it for both or neither`);
    }
  }
  return {
    featureNames,
    training,
    validation: validation && checkRows(action, "validation.", validation, labels),
    codes,
    notices: constantColumns(X, featureNames),
  };
}

/** Throws unless every name is one of the columns. */
export function requireKnown(
  action: string,
  option: string,
  names: readonly string[],
  featureNames: readonly string[],
): void {
  const unknown = names.filter((name) => !featureNames.includes(name));
  if (unknown.length) {
    throw new RangeError(
      `Cannot ${action}: ${option} names ${quoted(unknown)}; expected one of ${quoted(featureNames)}`,
    );
  }
}

function checkRows(
  action: string,
  prefix: string,
  { X, y, sampleWeight, baseMargin }: Rows,
  labels: LabelRule,
): TrainingRows {
  requireTable(action, X);
  const numbers = (name: string, values: ArrayLike<number>, isUsable: (value: number) => boolean, expected: string) => {
    if (values.length !== X.nRows) {
      throw new RangeError(
        `Cannot ${action}: lengths differ, ${prefix}${name} has ${values.length} and X has ${X.nRows} rows; pass one value per row`,
      );
    }
    const floats = asFloats(values);
    const bad = floats.findIndex((value) => !(Number.isFinite(Math.fround(value)) && isUsable(value)));
    if (bad >= 0) throw new RangeError(`Cannot ${action}: ${prefix}${name}[${bad}] is ${values[bad]}; ${expected}`);
    return floats;
  };
  const [isLabel, expected] = LABELS[labels];
  const weight =
    sampleWeight &&
    numbers("sampleWeight", sampleWeight, (value) => value >= 0, "expected a finite weight of at least 0");
  if (weight && !weight.some((value) => value > 0)) {
    throw new RangeError(`Cannot ${action}: every ${prefix}sampleWeight is 0; expected at least one positive weight`);
  }
  return {
    X,
    y: numbers("y", y, isLabel, expected),
    weight,
    baseMargin: baseMargin && numbers("baseMargin", baseMargin, () => true, "expected a finite number"),
  };
}

const LABELS: Readonly<Record<LabelRule, readonly [(label: number) => boolean, string]>> = {
  classes: [(label) => label === 0 || label === 1, "expected 0 or 1"],
  numbers: [() => true, "expected a finite number"],
  "at least 0": [(label) => label >= 0, "expected a finite number of at least 0"],
  "above 0": [(label) => label > 0, "expected a finite number greater than 0"],
  "above -1": [(label) => label > -1, "expected a finite number greater than -1"],
};

/** Throws unless both classes occur. */
function requireBoth(action: string, name: string, y: Float64Array): void {
  const nPositive = y.reduce((sum, label) => sum + label, 0);
  if (nPositive === 0 || nPositive === y.length) {
    const counts = `${nPositive} positives and ${y.length - nPositive} negatives`;
    throw new RangeError(`Cannot ${action}: ${name} has ${counts}; expected both classes`);
  }
}

function requireDistinct(action: string, names: readonly string[]): void {
  const twice = names.filter((name, j) => names.indexOf(name) !== j);
  if (twice.length)
    throw new RangeError(`Cannot ${action}: ${quoted(twice)} occurs twice; expected distinct column names`);
  const bad = names.filter((name) => !name || /[[\]<]/.test(name));
  if (bad.length) {
    throw new RangeError(
      `Cannot ${action}: ${quoted(bad)} is not a valid column name; expected a name without [, ] and <`,
    );
  }
}

function constantColumns({ nRows, nCols, data }: DenseMatrix, names: readonly string[]): string[] {
  return names.flatMap((name, j) => {
    const first = data[j];
    for (let i = 1; i < nRows; ++i) if (!Object.is(data[i * nCols + j], first)) return [];
    const what = Number.isNaN(first) ? "is missing in every row" : `is ${first} in every row`;
    return [`Column "${name}" ${what}: no split can use it`];
  });
}
