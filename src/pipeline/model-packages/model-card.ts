import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Calibrator } from "../../calibration/index.js";
import type { ModelPackage } from "../../tracking/index.js";

/** Meaning of the numbers that a packaged model predicts. */
export type Predicts = "probability" | "value" | "orders" | "no-order" | "segment";

/** Content of `rekindle.json` in a package: enough to open and check the model. */
export interface ModelCard {
  /** The algorithm: "xgboost", "lightgbm", "logistic", "beta-geo", "modified-beta-geo", "pareto-nbd", "column", "segmentation". */
  readonly kind: string;
  /** File of the model, relative to the package. */
  readonly data: string;
  /** sha256 of that file. */
  readonly sha256: string;
  /** Columns that predictions need, in their order. */
  readonly features: readonly string[];
  readonly predicts: Predicts;
  /** Turns raw scores into probabilities. */
  readonly calibrator?: Calibrator;
  /** Of models of purchases, in the unit of the model. */
  readonly horizon?: number;
  /** Applied to every column first. */
  readonly transform?: "signed-log1p";
}

/** Name of the card in a package. */
export const CARD_FILE = "rekindle.json";

/** Parts of a package that depend on the algorithm. */
export type PackageParts = Pick<ModelPackage, "files" | "flavors" | "requirements">;

/** Adds the card; the first file is the model. */
export function withCard(parts: PackageParts, facts: Omit<ModelCard, "data" | "sha256">): PackageParts {
  const [[data, content]] = Object.entries(parts.files);
  const card: ModelCard = { ...facts, data, sha256: createHash("sha256").update(content).digest("hex") };
  return { ...parts, files: { ...parts.files, [CARD_FILE]: JSON.stringify(card) } };
}

/** Adds the card, and the loader that reads it in Python. */
export function withLoader(parts: PackageParts, facts: Omit<ModelCard, "data" | "sha256">): PackageParts {
  const { files, flavors, requirements } = withCard(parts, facts);
  const loader = readFileSync(new URL("./rekindle_loader.py", import.meta.url), "utf8");
  return {
    files: { ...files, "code/rekindle_loader.py": loader },
    flavors: { ...flavors, python_function: { loader_module: "rekindle_loader", code: "code" } },
    requirements,
  };
}
