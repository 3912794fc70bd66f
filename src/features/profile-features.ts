import { type Engine, quotedIdentifier } from "../engine/index.js";
import type { FeatureColumns } from "./feature-table.js";

/** The distribution of one numeric feature over the customers of one cut. */
export interface FeatureProfile {
  readonly name: string;
  readonly rows: number;
  readonly missing: number;
  readonly zeros: number;
  readonly mean: number | null;
  readonly std: number | null;
  readonly min: number | null;
  readonly q25: number | null;
  readonly median: number | null;
  readonly q75: number | null;
  readonly max: number | null;
}

/**
 * Profiles the numeric ones among feature columns: linear interpolation for quartiles, n - 1 for the standard deviation.
 *
 * @param table A `FeatureTable`, or columns of any relation.
 */
export async function profileFeatures(engine: Engine, table: FeatureColumns): Promise<FeatureProfile[]> {
  const { relation } = table;
  const numeric = await numericColumns(engine, table);
  if (!numeric.length) return [];
  const figures = numeric.flatMap((name, i) => {
    const c = quotedIdentifier(name);
    return [
      `count(${c}) AS n_${i}`,
      `count(*) FILTER (WHERE ${c} = 0) AS zeros_${i}`,
      `avg(@number(${c}) ORDER BY customer_id, as_of) AS mean_${i}`,
      `stddev_samp(@number(${c}) ORDER BY customer_id, as_of) AS std_${i}`,
      `min(${c}) AS min_${i}`,
      `@quantile(${c}, 0.25) AS q25_${i}`,
      `@quantile(${c}, 0.5) AS median_${i}`,
      `@quantile(${c}, 0.75) AS q75_${i}`,
      `max(${c}) AS max_${i}`,
    ];
  });
  const [row] = await engine.rows(`SELECT count(*) AS n, ${figures.join(", ")} FROM ${relation}`);
  const value = (name: string) => (row[name] === null ? null : Number(row[name]));
  return numeric.map((name, i) => ({
    name,
    rows: Number(row["n"]),
    missing: Number(row["n"]) - Number(row[`n_${i}`]),
    zeros: Number(row[`zeros_${i}`]),
    mean: value(`mean_${i}`),
    std: value(`std_${i}`),
    min: value(`min_${i}`),
    q25: value(`q25_${i}`),
    median: value(`median_${i}`),
    q75: value(`q75_${i}`),
    max: value(`max_${i}`),
  }));
}

/** Returns the names of the columns that hold numbers. */
export async function numericColumns(engine: Engine, { relation, names }: FeatureColumns): Promise<string[]> {
  const types = new Map((await engine.describe(`SELECT * FROM ${relation}`)).map(({ name, type }) => [name, type]));
  return names.filter((name) => /INT|DECIMAL|DOUBLE|FLOAT/.test(types.get(name) ?? ""));
}
