import { requireKnownOptions } from "../../errors.js";
import { type Matrix, matrixFromColumns } from "../../matrix/index.js";
import { mean, standardDeviation } from "../../numeric/index.js";
import { signedLog1p } from "./signed-log1p.js";

/** Scaling of one feature: weight × (transform(value) − mean) / standardDeviation. */
export interface ScaledFeature {
  readonly name: string;
  /** `log1p` is {@link signedLog1p}, for amounts and counts whose ratios matter more than their differences. */
  readonly transform: "log1p" | "none";
  /** Of the transformed values. */
  readonly mean: number;
  readonly standardDeviation: number;
  /** 2 makes a difference in this feature twice as long, which counts four times in squared distances. */
  readonly weight: number;
}

/** Scaling of features to comparable coordinates, as plain data for JSON. */
export type FeatureScaler = readonly ScaledFeature[];

/** Options for scaling features. */
export interface ScalerOptions {
  /** Names of features that enter as logarithms; defaults to all. */
  readonly logarithmic?: readonly string[];
  /** Feature -> weight; defaults to 1 each. */
  readonly weights?: Readonly<Record<string, number>>;
}

/**
 * Learns to scale named columns: logarithms, then mean 0 and standard deviation 1, then weights.
 *
 * @param columns Values by feature, each shape (n,).
 * @throws {RangeError} If a value is missing, a feature is constant, or an option names another one.
 *
 * @example
 * fitFeatureScaler({ frequency: [0, 1, 3] })[0].mean.toFixed(3); // "0.693"
 */
export function fitFeatureScaler(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  options: ScalerOptions = {},
): FeatureScaler {
  requireKnownOptions("fit a scaler", options, { logarithmic: true, weights: true });
  const { logarithmic = Object.keys(columns), weights = {} } = options;
  const action = "Cannot scale features";
  for (const name of [...logarithmic, ...Object.keys(weights)]) {
    if (!Object.hasOwn(columns, name)) {
      throw new RangeError(`${action}: there is no feature "${name}"; use one of ${Object.keys(columns).join(", ")}`);
    }
  }
  return Object.entries(columns).map(([name, values]): ScaledFeature => {
    const transform = logarithmic.includes(name) ? "log1p" : "none";
    const weight = Object.hasOwn(weights, name) ? weights[name] : 1;
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${action}: the weight of "${name}" is ${weight}; expected a positive number`);
    }
    const transformed = transformedColumn(name, values, transform);
    const [centre, spread] = [mean(transformed), standardDeviation(transformed, { ddof: 0 })];
    // A column that differs in its last digits only is constant but for rounding.
    const largest = transformed.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (!(spread > 1e-14 * largest)) {
      throw new RangeError(
        `${action}: "${name}" is ${values[0]} for every customer; drop the feature or use customers who differ in it`,
      );
    }
    return { name, transform, mean: centre, standardDeviation: spread, weight };
  });
}

/**
 * Scales features to the coordinates of customers, one column per feature of the scaler.
 *
 * @throws {RangeError} If a feature is not there, or a value is missing.
 *
 * @example
 * const scaler = fitFeatureScaler({ engagement: [0.2, 0.4] }, { logarithmic: [] });
 * scaleFeatures(scaler, { engagement: [0.3, 0.5] }).data[1].toFixed(3); // "2.000"
 */
export function scaleFeatures(scaler: FeatureScaler, columns: Readonly<Record<string, ArrayLike<number>>>): Matrix {
  return matrixFromColumns(
    Object.fromEntries(
      scaler.map(({ name, transform, mean: centre, standardDeviation: spread, weight }) => {
        if (!Object.hasOwn(columns, name)) {
          throw new RangeError(
            `Cannot scale features: there is no feature "${name}"; use the features that the scaler was fitted on (found ${Object.keys(columns).join(", ")})`,
          );
        }
        const scale = weight / spread;
        return [name, transformedColumn(name, columns[name], transform).map((value) => (value - centre) * scale)];
      }),
    ),
  );
}

function transformedColumn(name: string, values: ArrayLike<number>, transform: "log1p" | "none"): Float64Array {
  return Float64Array.from(values, (value, row) => {
    if (!Number.isFinite(value)) {
      throw new RangeError(`Cannot scale features: "${name}" is ${value} in row ${row}; expected a finite number`);
    }
    return transform === "log1p" ? signedLog1p(value) : value;
  });
}
