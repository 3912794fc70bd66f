import type { OptionNames } from "../../errors.js";
import type { Candidate, FitContext } from "../../evaluation/index.js";
import { type Matrix, takeRows } from "../../matrix/index.js";
import type { ModelPackage } from "../../tracking/index.js";
import { packageModel, type TabularModel } from "../model-packages/package-model.js";
import { selectColumns } from "../model-packages/select-columns.js";
import { transformColumns } from "../model-packages/transform-columns.js";
import type { CandidateRows } from "./candidate-rows.js";

/** Options shared by all candidates. */
export interface CandidateOptions {
  readonly name: string;
  /** Rank among the candidates; smaller is simpler. */
  readonly complexity: number;
}

/** Columns of a candidate that learns from features. */
export interface TabularOptions extends CandidateOptions {
  /** Names of the columns; defaults to all of X. */
  readonly features?: readonly string[] | undefined;
}

/** The names of {@link CandidateOptions}. */
export const candidateOptions: OptionNames<CandidateOptions> = { name: true, complexity: true };

/** The names of {@link TabularOptions}. */
export const tabularOptions: OptionNames<TabularOptions> = { ...candidateOptions, features: true };

/** Fits a model on columns and labels. */
type FitTabular = (X: Matrix, y: Float64Array, context: FitContext) => TabularModel | Promise<TabularModel>;

/** Makes a candidate that fits one model on columns of X. Columns that are constant in training are left out. */
export function tabularCandidate(
  { name, complexity, features, transform }: TabularOptions & { readonly transform?: "signed-log1p" | undefined },
  fitModel: FitTabular,
): Candidate<CandidateRows, ModelPackage> {
  const prepared = (X: Matrix) => (transform ? transformColumns(X) : X);
  return {
    name,
    complexity,
    async fit({ X, y }, _current, context) {
      const varied = variedColumns(selectColumns(X, features ?? X.columnNames ?? []));
      const model = await fitModel(prepared(varied), y, context);
      const example = takeRows(varied, [0, 1, 2, 3, 4].slice(0, varied.nRows));
      return {
        predict: (rows) => predictedBy(model, prepared(selectColumns(rows.X, model.featureNames))),
        package: () => packageModel(model, { inputExample: example, transform }),
        ...("close" in model ? { close: () => model.close() } : {}),
      };
    },
  };
}

function predictedBy(model: TabularModel, X: Matrix): Float64Array {
  return "predictProba" in model ? model.predictProba(X) : model.predict(X);
}

/** @throws {RangeError} If no column varies. */
function variedColumns(X: Matrix): Matrix {
  const names = X.columnNames ?? [];
  const varies = (j: number) => {
    const first = X.data[j];
    for (let i = 1; i < X.nRows; ++i) if (!Object.is(X.data[i * X.nCols + j], first)) return true;
    return false;
  };
  const kept = names.filter((_, j) => varies(j));
  if (kept.length) return selectColumns(X, kept);
  throw new RangeError(
    `Cannot fit a candidate: no column varies among ${names.join(", ") || "none"}; use other features`,
  );
}
