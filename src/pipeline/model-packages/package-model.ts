import { readFileSync } from "node:fs";
import type { Calibrator } from "../../calibration/index.js";
import type { Matrix } from "../../matrix/index.js";
import type {
  LightGbmClassifier,
  LightGbmRegressor,
  LogisticRegression,
  XGBoostClassifier,
  XGBoostRegressor,
} from "../../models/index.js";
import type { ModelPackage } from "../../tracking/index.js";

/** The models of rows and columns that Python can load. */
export type TabularModel =
  | XGBoostClassifier
  | XGBoostRegressor
  | LightGbmClassifier
  | LightGbmRegressor
  | LogisticRegression;

/** What goes with a model into its package. */
export interface PackageModelOptions {
  /** A few rows to try the model with, with the model's columns. */
  readonly inputExample: Matrix;
  /** Turns the model's scores into probabilities; what Python then predicts is calibrated. */
  readonly calibrator?: Calibrator;
}

/** The releases that the set-up installs, which read and write the same files as the libraries in this process. */
const XGBOOST = "3.2.0";
const LIGHTGBM = "4.7.0";

/**
 * A model in MLflow's format: Python's `mlflow.pyfunc.load_model` predicts the same numbers from it, and
 * `mlflow.xgboost` or `mlflow.lightgbm` give the booster.
 *
 * @throws {RangeError} If the example's columns are not the model's.
 */
export function packageModel(model: TabularModel, { inputExample, calibrator }: PackageModelOptions): ModelPackage {
  const { featureNames } = model;
  const given = inputExample.columnNames ?? [];
  if (given.length !== featureNames.length || given.some((name, j) => name !== featureNames[j])) {
    throw new RangeError(
      `Cannot package the model: the example has the columns ${given.join(", ") || "none by name"}, ${featureNames.join(", ")} are needed`,
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
  const parts = partsOf(model);
  if (parts.python && !calibrator) return { ...shared, ...parts, flavors: { ...parts.flavors, ...parts.python } };
  return { ...shared, ...withLoader(parts, { kind: model.kind, ...(calibrator ? { calibrator } : {}) }) };
}

type Parts = Pick<ModelPackage, "files" | "flavors" | "requirements"> & {
  /** How MLflow itself loads the file for `mlflow.pyfunc`, if it can. */
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
  }
}

/** Adds the loader that our own parts need in Python, and what it is told. */
export function withLoader(
  { files, flavors, requirements }: Parts,
  told: Readonly<Record<string, unknown>>,
): Pick<ModelPackage, "files" | "flavors" | "requirements"> {
  const loader = readFileSync(new URL("./rekindle_loader.py", import.meta.url), "utf8");
  const [data] = Object.keys(files);
  return {
    files: { ...files, "rekindle.json": JSON.stringify({ ...told, data }), "code/rekindle_loader.py": loader },
    flavors: { ...flavors, python_function: { loader_module: "rekindle_loader", code: "code" } },
    requirements,
  };
}
