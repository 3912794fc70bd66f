import type { Engine } from "../engine/index.js";
import { quotedIdentifier } from "../engine/index.js";
import type { FeatureColumns } from "./feature-table.js";

/** Correlations of features with each other. */
export interface Correlations {
  readonly names: readonly string[];
  readonly method: string;
  /** `values[i][j]` in [-1, 1], symmetric; null where a column is constant. */
  readonly values: readonly (readonly (number | null)[])[];
}

/**
 * Computes rank correlations of numeric columns over the rows where both are known; tied values share their mean rank.
 * Ranks suit counts and money, which are skewed.
 */
export async function rankCorrelations(engine: Engine, { relation, names }: FeatureColumns): Promise<Correlations> {
  const columns = await engine.columns(
    `SELECT ${names.map((name) => `@number(${quotedIdentifier(name)}) AS ${quotedIdentifier(name)}`).join(", ")} FROM ${relation} ORDER BY customer_id, as_of`,
  );
  const data = names.map((name) => columns[name] as Float64Array);
  const ranked = data.map((column) => (column.some(Number.isNaN) ? undefined : ranks(column)));
  const values = names.map(() => new Array<number | null>(names.length).fill(1));
  for (let i = 0; i < names.length; ++i) {
    for (let j = 0; j < i; ++j) {
      const a = ranked[i];
      const b = ranked[j];
      const value = a && b ? pearson(a, b) : spearmanOfPairs(data[i], data[j]);
      values[i][j] = values[j][i] = Number.isNaN(value) ? null : value;
    }
  }
  return { names: [...names], method: "Spearman rank correlation", values };
}

function spearmanOfPairs(x: Float64Array, y: Float64Array): number {
  const both = Array.from(x.keys()).filter((i) => !Number.isNaN(x[i]) && !Number.isNaN(y[i]));
  return pearson(ranks(Float64Array.from(both, (i) => x[i])), ranks(Float64Array.from(both, (i) => y[i])));
}

/** Ranks from 1; equal values share their mean rank. */
function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((i, j) => values[i] - values[j]);
  const result = new Float64Array(values.length);
  for (let i = 0, j = 0; i < order.length; i = j) {
    while (j < order.length && values[order[j]] === values[order[i]]) ++j;
    for (let k = i; k < j; ++k) result[order[k]] = (i + j + 1) / 2;
  }
  return result;
}

function pearson(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < n; ++i) {
    const [dx, dy] = [x[i] - mx, y[i] - my];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}
