import { matrixFromRows } from "../matrix/index.js";
import { assignClusters } from "./assign-clusters.js";
import { type FeatureScaler, scaleFeatures } from "./feature-scaler.js";
import type { SegmentRule } from "./segment-rules.js";

/** All that is needed to put new customers into the segments: plain data, which JSON keeps. */
export interface SegmentationModel {
  readonly kind: "segmentation";
  readonly version: 1;
  readonly dataset: string;
  /** The day that it was fitted at. */
  readonly as_of: string;
  readonly min_orders: number;
  readonly scaler: FeatureScaler;
  /** Scaled, one row per segment. */
  readonly centroids: readonly (readonly number[])[];
  /** By segment. */
  readonly names: readonly string[];
  readonly rules: readonly SegmentRule[];
  readonly metrics: Readonly<Record<string, number>>;
}

/** The segment of customers who have too few orders for one. */
export const TOO_FEW_ORDERS = "Too few orders";

/**
 * The segment of each customer, shape (n,). Who has fewer orders than `min_orders` belongs in none, and is left out by
 * the caller.
 *
 * @param columns Unscaled features by name.
 * @throws {RangeError} If a feature of the model is not there, or a value is missing.
 *
 * @example
 * const scaler = fitFeatureScaler({ orders: [1, 1, 20, 20] });
 * predictSegments({ scaler, centroids: [[1], [-1]] }, { orders: [18, 2] }); // [0, 1]
 */
export function predictSegments(
  { scaler, centroids }: Pick<SegmentationModel, "scaler" | "centroids">,
  columns: Readonly<Record<string, ArrayLike<number>>>,
): Int32Array {
  return assignClusters(scaleFeatures(scaler, columns), matrixFromRows(centroids));
}

/**
 * Reads a model that was saved as JSON.
 *
 * @throws {SyntaxError} If the text is no JSON, or no segmentation of a version known here.
 *
 * @example
 * const text = '{"kind": "segmentation", "version": 1, "scaler": [], "centroids": [[]], "names": ["All"]}';
 * parseSegmentationModel(text).names; // ["All"]
 */
export function parseSegmentationModel(text: string): SegmentationModel {
  let value: Partial<SegmentationModel> | null;
  try {
    value = JSON.parse(text) as Partial<SegmentationModel> | null;
  } catch (cause) {
    throw new SyntaxError("Cannot read the segmentation: it is no JSON, or is cut off", { cause });
  }
  if (value?.kind !== "segmentation") {
    throw new SyntaxError(`Cannot read the segmentation: its kind is "${value?.kind}", "segmentation" is needed`);
  }
  if (value.version !== 1) {
    throw new SyntaxError(`Cannot read the segmentation: its version is ${value.version}, 1 is needed`);
  }
  const { scaler, centroids, names } = value;
  const whole =
    Array.isArray(scaler) &&
    Array.isArray(centroids) &&
    Array.isArray(names) &&
    centroids.length === names.length &&
    scaler.every(isScaledFeature) &&
    centroids.every((row) => Array.isArray(row) && row.length === scaler.length && row.every(Number.isFinite));
  if (!whole) {
    throw new SyntaxError(
      "Cannot read the segmentation: its centroids do not fit its features and names; features with name, transform, mean, standardDeviation and weight are needed, and one row per name with one number per feature",
    );
  }
  return value as SegmentationModel;
}

function isScaledFeature(value: unknown): boolean {
  const { name, transform, mean, standardDeviation, weight } = (value ?? {}) as Partial<Record<string, unknown>>;
  return (
    typeof name === "string" &&
    (transform === "log1p" || transform === "none") &&
    [mean, standardDeviation, weight].every(Number.isFinite)
  );
}
