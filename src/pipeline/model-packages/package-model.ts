import type { Calibrator } from "../../calibration/index.js";
import { requireKnownOptions } from "../../errors.js";
import type { Matrix } from "../../matrix/index.js";
import type {
  LightGbmClassifier,
  LightGbmRegressor,
  LogisticRegression,
  XGBoostClassifier,
  XGBoostRegressor,
} from "../../models/index.js";
import type { ModelPackage } from "../../tracking/index.js";
import { type PackageParts, withCard, withLoader } from "./model-card.js";

/** The models of rows and columns that Python can load. */
export type TabularModel =
  | XGBoostClassifier
  | XGBoostRegressor
  | LightGbmClassifier
  | LightGbmRegressor
  | LogisticRegression;

/** Options for packaging a model. */
export interface PackageModelOptions {
  /** A few rows to try the model with, with the model's columns. */
  readonly inputExample: Matrix;
  /** Turns the model's scores into probabilities; what Python then predicts is calibrated. */
  readonly calibrator?: Calibrator;
  /** The model was fitted on `transformColumns` of the columns; a logistic regression only. */
  readonly transform?: "signed-log1p" | undefined;
}

/** The releases that the set-up installs, which read and write the same files as the libraries in this process. */
const XGBOOST = "3.2.0";
const LIGHTGBM = "4.7.0";

/**
 * Packages a model in MLflow's format: Python's `mlflow.pyfunc.load_model` predicts the same numbers from it, and
 * `mlflow.xgboost` or `mlflow.lightgbm` give the booster.
 *
 * @throws {RangeError} If the example's columns are not the model's.
 */
export function packageModel(model: TabularModel, options: PackageModelOptions): ModelPackage {
  requireKnownOptions("package the model", options, {
    inputExample: true,
    calibrator: true,
    transform: true,
  });
  const { inputExample, calibrator, transform } = options;
  const { featureNames } = model;
  const given = inputExample.columnNames ?? [];
  if (given.length !== featureNames.length || given.some((name, j) => name !== featureNames[j])) {
    throw new RangeError(
      `Cannot package the model: the example has the columns ${given.join(", ") || "none by name"}; expected ${featureNames.join(", ")}`,
    );
  }
  const { nRows, nCols, data } = inputExample;
  const column = (j: number) => Float64Array.from({ length: nRows }, (_, i) => data[i * nCols + j]);
  const shared = {
    signature: {
      inputs: featureNames.map((name) => ({ name, type: "double" as const })),
      outputs: [{ type: "double" as const }],
    },
    inputExample: Object.fromEntries(featureNames.map((name, j) => [name, column(j)])),
  };
  const { python, ...parts } = partsOf(model);
  if (transform && model.kind !== "logistic") {
    throw new RangeError(`Cannot package the model: its kind is "${model.kind}"; only "logistic" takes a transform`);
  }
  const card = {
    kind: model.kind,
    features: featureNames,
    predicts: "predictProba" in model ? "probability" : "value",
    ...(calibrator ? { calibrator } : {}),
    ...(transform ? { transform } : {}),
  } as const;
  if (!python || calibrator) return { ...shared, ...withLoader(parts, card) };
  return { ...shared, ...withCard({ ...parts, flavors: { ...parts.flavors, ...python } }, card) };
}

type Parts = PackageParts & {
  /** Loader of `mlflow.pyfunc`, if MLflow has one for the file. */
  readonly python?: ModelPackage["flavors"];
};

function partsOf(model: TabularModel): Parts {
  switch (model.kind) {
    case "xgboost":
      return {
        files: { "model.ubj": model.toBytes() },
        flavors: {
          xgboost: {
            data: "model.ubj",
            model_class: "xgboost.core.Booster",
            model_format: "ubj",
            xgb_version: XGBOOST,
            code: null,
          },
        },
        python: { python_function: { loader_module: "mlflow.xgboost", data: "model.ubj" } },
        requirements: [`xgboost==${XGBOOST}`],
      };
    case "lightgbm":
      return {
        files: { "model.lgb": model.toBytes() },
        flavors: {
          lightgbm: { data: "model.lgb", model_class: "lightgbm.basic.Booster", lgb_version: LIGHTGBM, code: null },
        },
        python: { python_function: { loader_module: "mlflow.lightgbm", data: "model.lgb" } },
        requirements: [`lightgbm==${LIGHTGBM}`],
      };
    case "logistic":
      return { files: { "model.json": JSON.stringify(model.toJSON()) }, flavors: {}, requirements: ["numpy"] };
    default:
      throw new RangeError(
        `Cannot package the model: its kind is "${(model as { kind: unknown }).kind}"; expected "xgboost", "lightgbm" or "logistic"`,
      );
  }
}
