import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { applyCalibrator, parseCalibrator } from "../../calibration/index.js";
import { messageOf } from "../../errors.js";
import type { Matrix } from "../../matrix/index.js";
import { sha256OfFile } from "../../storage/index.js";
import { CARD_FILE, type ModelCard } from "./model-card.js";
import { openModel } from "./open-model.js";
import type { PackagedModel } from "./packaged-model.js";
import { selectColumns } from "./select-columns.js";
import { transformColumns } from "./transform-columns.js";

/**
 * Opens a model that was packaged, from a folder with the package's files.
 *
 * @throws {RangeError} If the folder holds no package, its files changed since, or the model's features are not those
 * that the package states.
 *
 * @example
 * const X = { nRows: 4, nCols: 1, data: Float64Array.of(3, 40, 25, 9), columnNames: ["recency_days"] };
 * const model = fitLogisticRegression(X, [0, 1, 0, 1]);
 * await writeModelPackage("artifacts/shop/churn/model", packageModel(model, { inputExample: X }));
 * const opened = await openModelPackage("artifacts/shop/churn/model");
 * opened.predict(X)[0] === model.predictProba(X)[0]; // true
 * opened.close();
 */
export async function openModelPackage(folder: string): Promise<PackagedModel> {
  const refuse = (found: string): never => {
    throw new RangeError(`Cannot open the model in "${folder}": ${found}`);
  };
  const text = await readFile(join(folder, CARD_FILE), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
    return refuse(`there is no ${CARD_FILE}; expected a model that Rekindle packaged`);
  });
  const card = cardOf(text) ?? refuse(`${CARD_FILE} is damaged; package the model again`);
  const path = join(folder, card.data);
  const sha256 = await sha256OfFile(path).catch(() => refuse(`${card.data} is missing; package the model again`));
  if (sha256 !== card.sha256) {
    refuse(
      `the sha256 of ${card.data} is ${sha256.slice(0, 12)}…, not ${card.sha256.slice(0, 12)}…; package the model again`,
    );
  }
  const { kind, features, predicts, transform } = card;
  const bytes = await readFile(path);
  const model = (() => {
    try {
      return openModel(card, bytes);
    } catch (error) {
      return refuse(messageOf(error));
    }
  })();
  try {
    if (model.featureNames.join("\n") !== features.join("\n")) {
      refuse(`its features are ${model.featureNames.join(", ")}, and the package states ${features.join(", ")}`);
    }
    const calibrator = card.calibrator && parseCalibrator(card.calibrator);
    return {
      kind,
      featureNames: features,
      predicts,
      ...(model.clusterNames ? { clusterNames: model.clusterNames } : {}),
      predict(X: Matrix) {
        const selected = selectColumns(X, features);
        const raw = model.predict(transform ? transformColumns(selected) : selected);
        return calibrator ? applyCalibrator(calibrator, raw) : raw;
      },
      close: () => model.close(),
    };
  } catch (error) {
    model.close();
    throw error;
  }
}

function cardOf(text: string): ModelCard | undefined {
  try {
    const card = JSON.parse(text) as Partial<ModelCard> | null;
    const { kind, data, sha256, features, predicts } = card ?? {};
    const whole =
      [kind, data, sha256, predicts].every((each) => typeof each === "string") &&
      // A card may not lead out of its folder.
      !/[\\/]/.test(data as string) &&
      Array.isArray(features) &&
      features.every((name) => typeof name === "string");
    return whole ? (card as ModelCard) : undefined;
  } catch {
    return undefined;
  }
}
