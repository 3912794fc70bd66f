import { matrixFromRows } from "../../matrix/index.js";
import { isCalendarDay } from "../../text/index.js";
import { assignClusters } from "../kmeans/assign-clusters.js";
import type { SegmentRule } from "../rules/segment-rules.js";
import { type FeatureScaler, scaleFeatures } from "./feature-scaler.js";

/** All that is needed to assign new customers to the clusters and segments: plain data, which JSON keeps. */
export interface SegmentationModel {
  readonly kind: "segmentation";
  readonly version: 1;
  readonly dataset: string;
  /** The day that it was fitted at. */
  readonly as_of: string;
  readonly min_orders: number;
  readonly scaler: FeatureScaler;
  /** Scaled, one row per cluster. */
  readonly centroids: readonly (readonly number[])[];
  /** By cluster. */
  readonly names: readonly string[];
  readonly rules: readonly SegmentRule[];
  /** The day that the limits of the rules were fitted at; absent for published limits. */
  readonly rules_as_of?: string;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Name of the cluster of customers who have too few orders for one. */
export const TOO_FEW_ORDERS = "Too few orders";

/**
 * Predicts the cluster of each customer, shape (n,). The caller leaves out customers with fewer orders than
 * `min_orders`: they belong to no cluster.
 *
 * @param columns Unscaled features by name.
 * @throws {RangeError} If a feature of the model is not there, or a value is missing.
 *
 * @example
 * const scaler = fitFeatureScaler({ orders: [1, 1, 20, 20] });
 * predictClusters({ scaler, centroids: [[1], [-1]] }, { orders: [18, 2] }); // [0, 1]
 */
export function predictClusters(
  { scaler, centroids }: Pick<SegmentationModel, "scaler" | "centroids">,
  columns: Readonly<Record<string, ArrayLike<number>>>,
): Int32Array {
  return assignClusters(scaleFeatures(scaler, columns), matrixFromRows(centroids));
}

/**
 * Reads a model that was saved as JSON.
 *
 * @throws {SyntaxError} If the text is no JSON, no segmentation of a version known here, or lacks a part.
 *
 * @example
 * const scaler = fitFeatureScaler({ orders: [1, 20] });
 * const own = { dataset: "demo", as_of: "2026-01-31", min_orders: 1, rules: standardSegmentRules, metrics: {} };
 * const model = { kind: "segmentation", version: 1, ...own, scaler, centroids: [[0]], names: ["All"] };
 * parseSegmentationModel(JSON.stringify(model)).names; // ["All"]
 */
export function parseSegmentationModel(text: string): SegmentationModel {
  const action = "Cannot read the segmentation";
  let value: Partial<SegmentationModel> | null;
  try {
    value = JSON.parse(text) as Partial<SegmentationModel> | null;
  } catch (cause) {
    throw new SyntaxError(`${action}: it is no JSON, or is cut off`, { cause });
  }
  if (value?.kind !== "segmentation") {
    throw new SyntaxError(`${action}: its kind is "${value?.kind}"; expected "segmentation"`);
  }
  if (value.version !== 1) {
    throw new SyntaxError(`${action}: its version is ${value.version}; expected 1`);
  }
  const {
    dataset,
    as_of: asOf,
    min_orders: minOrders,
    rules,
    rules_as_of: rulesAsOf,
    scaler,
    centroids,
    names,
  } = value;
  const requirePart = (holds: boolean, name: string, part: unknown, expected: string) => {
    if (!holds) throw new SyntaxError(`${action}: its ${name} is ${JSON.stringify(part)}; expected ${expected}`);
  };
  requirePart(typeof dataset === "string" && dataset !== "", "dataset", dataset, "a name");
  requirePart(isCalendarDay(asOf), "as_of", asOf, "a calendar day as YYYY-MM-DD");
  requirePart(
    Number.isSafeInteger(minOrders) && Number(minOrders) >= 1,
    "min_orders",
    minOrders,
    "a whole number from 1",
  );
  requirePart(
    Array.isArray(rules) && rules.length > 0 && rules.every(isRule),
    "list of rules",
    rules,
    "at least one rule, each with a name and numeric limits",
  );
  requirePart(
    rulesAsOf === undefined || isCalendarDay(rulesAsOf),
    "rules_as_of",
    rulesAsOf,
    "a calendar day as YYYY-MM-DD",
  );
  const whole =
    Array.isArray(scaler) &&
    Array.isArray(centroids) &&
    Array.isArray(names) &&
    centroids.length === names.length &&
    names.every((name) => typeof name === "string") &&
    scaler.every(isScaledFeature) &&
    centroids.every((row) => Array.isArray(row) && row.length === scaler.length && row.every(Number.isFinite));
  if (!whole) {
    throw new SyntaxError(
      `${action}: its centroids do not match its features and names; expected features with name, transform, mean, standardDeviation and weight, and one row per name with one number per feature`,
    );
  }
  for (const { name, standardDeviation, weight } of scaler) {
    requirePart(standardDeviation > 0, `standardDeviation of "${name}"`, standardDeviation, "a number above 0");
    requirePart(weight > 0, `weight of "${name}"`, weight, "a number above 0");
  }
  return value as SegmentationModel;
}

function isRule(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { name, ...limits } = value as Partial<Record<string, unknown>>;
  return typeof name === "string" && Object.values(limits).every(Number.isFinite);
}

function isScaledFeature(value: unknown): boolean {
  const { name, transform, mean, standardDeviation, weight } = (value ?? {}) as Partial<Record<string, unknown>>;
  return (
    typeof name === "string" &&
    (transform === "log1p" || transform === "none") &&
    [mean, standardDeviation, weight].every(Number.isFinite)
  );
}
