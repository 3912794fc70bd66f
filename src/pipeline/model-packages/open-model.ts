import { columnOf, type Matrix } from "../../matrix/index.js";
import {
  expectedPurchases,
  loadLightGbmClassifier,
  loadLightGbmRegressor,
  loadXGBoostClassifier,
  loadXGBoostRegressor,
  logisticRegressionFromJSON,
  type PurchaseModel,
  probabilityNoOrder,
} from "../../models/index.js";
import { parseSegmentationModel, predictClusters } from "../../segmentation/index.js";
import type { ModelCard } from "./model-card.js";
import type { ColumnModel } from "./package-column.js";
import { HISTORY_COLUMNS } from "./package-purchase-model.js";
import type { PackagedModel } from "./packaged-model.js";

/** A model as its file holds it: without calibrator and transform. */
type OpenedModel = Pick<PackagedModel, "featureNames" | "clusterNames" | "predict" | "close">;

const nothingToFree = () => {};

/** Opens the model file that a card describes. @throws {RangeError | SyntaxError} If it cannot. */
export function openModel(card: ModelCard, bytes: Uint8Array): OpenedModel {
  const text = () => new TextDecoder().decode(bytes);
  const isProbability = card.predicts === "probability";
  switch (card.kind) {
    case "xgboost":
      return isProbability ? ofClassifier(loadXGBoostClassifier(bytes)) : ofRegressor(loadXGBoostRegressor(bytes));
    case "lightgbm":
      return isProbability ? ofClassifier(loadLightGbmClassifier(bytes)) : ofRegressor(loadLightGbmRegressor(bytes));
    case "logistic":
      return ofClassifier(logisticRegressionFromJSON(JSON.parse(text())));
    case "beta-geo":
    case "modified-beta-geo":
    case "pareto-nbd":
      return ofPurchases(card, JSON.parse(text()) as PurchaseModel);
    case "column":
      return ofColumn(JSON.parse(text()) as ColumnModel);
    case "segmentation":
      return ofSegmentation(text());
    default:
      throw new RangeError(
        `its kind is "${card.kind}"; expected xgboost, lightgbm, logistic, beta-geo, modified-beta-geo, pareto-nbd, column or segmentation`,
      );
  }
}

function ofClassifier(model: {
  readonly featureNames: readonly string[];
  predictProba(X: Matrix): Float64Array;
  close?(): void;
}): OpenedModel {
  return {
    featureNames: model.featureNames,
    predict: (X) => model.predictProba(X),
    close: () => model.close?.(),
  };
}

function ofRegressor(model: {
  readonly featureNames: readonly string[];
  predict(X: Matrix): Float64Array;
  close(): void;
}): OpenedModel {
  return { featureNames: model.featureNames, predict: (X) => model.predict(X), close: () => model.close() };
}

function ofPurchases({ kind, predicts, horizon }: ModelCard, model: PurchaseModel): OpenedModel {
  if (model.kind !== kind || horizon === undefined) {
    throw new RangeError(`its kind is "${model.kind}" and its horizon ${horizon}; expected "${kind}" and a number`);
  }
  const ahead = { value: horizon, unit: model.unit };
  const predicted = predicts === "no-order" ? probabilityNoOrder : expectedPurchases;
  return {
    featureNames: HISTORY_COLUMNS,
    predict: (X) => predicted(model, { x: columnOf(X, 0), t_x: columnOf(X, 1), T: columnOf(X, 2) }, ahead),
    close: nothingToFree,
  };
}

function ofColumn({ column, factor }: ColumnModel): OpenedModel {
  return {
    featureNames: [column],
    predict: (X) => columnOf(X, 0).map((value) => factor * value),
    close: nothingToFree,
  };
}

function ofSegmentation(text: string): OpenedModel {
  const model = parseSegmentationModel(text);
  const featureNames = model.scaler.map(({ name }) => name);
  return {
    featureNames,
    clusterNames: model.names,
    predict: (X) => {
      const columns = Object.fromEntries(featureNames.map((name, j) => [name, columnOf(X, j)]));
      return Float64Array.from(predictClusters(model, columns));
    },
    close: nothingToFree,
  };
}
