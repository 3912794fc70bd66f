import { mean, standardDeviation } from "../../numeric/index.js";
import { snakeCase } from "../../text/index.js";
import { isLinearFeature } from "../clusters/linear-features.js";
import { signedLog1p } from "../clusters/signed-log1p.js";
import type { CustomerColumns } from "../customers.js";

/** Name of a column that is profiled. */
export type ProfileColumn = keyof CustomerColumns;

/** Columns of customers, any of those that are profiled. */
export type ProfileValues = { readonly [Column in ProfileColumn]?: ArrayLike<number> };

/** Difference between a group and all customers in one column. */
export interface Distinction {
  readonly column: ProfileColumn;
  /**
   * Difference of the mean from that of all customers, in their standard deviations; of days, counts and amounts the
   * logarithms are compared, because few very large ones would hide what sets the others apart.
   */
  readonly standardizedDifference: number;
}

/** Mean and standard deviation of each column, of the logarithms where those are compared. */
export type AverageCustomer = {
  readonly [Column in ProfileColumn]?: { readonly mean: number; readonly spread: number };
};

/** Differences below this many standard deviations set nothing apart. */
const NOTABLE = 0.2;

/**
 * Computes the customer whom groups are compared with. Unknown values (NaN) are left out.
 *
 * @param columns Values by column, each shape (n,).
 *
 * @example
 * averageCustomer({ returnRate: [0, 0.5, Number.NaN] }).returnRate?.mean; // 0.25
 */
export function averageCustomer(columns: ProfileValues): AverageCustomer {
  return Object.fromEntries(
    columnsOf(columns).map(([name, values]) => {
      const known = comparable(name, values);
      return [name, { mean: mean(known), spread: standardDeviation(known) }];
    }),
  );
}

/** Lists what sets customers apart from the average one, the farthest first. */
export function distinctionsFrom(average: AverageCustomer, columns: ProfileValues): Distinction[] {
  return columnsOf(columns)
    .map(([column, values]) => {
      const { mean: centre, spread } = average[column] ?? { mean: 0, spread: 0 };
      const gap = mean(comparable(column, values)) - centre;
      return { column, standardizedDifference: spread > 0 ? gap / spread : 0 };
    })
    .filter(({ standardizedDifference }) => Math.abs(standardizedDifference) >= NOTABLE)
    .sort((a, b) => Math.abs(b.standardizedDifference) - Math.abs(a.standardizedDifference));
}

function columnsOf(columns: ProfileValues): [ProfileColumn, ArrayLike<number>][] {
  return Object.entries(columns) as [ProfileColumn, ArrayLike<number>][];
}

/** Known values, as logarithms of what grows by factors. */
function comparable(name: ProfileColumn, values: ArrayLike<number>): Float64Array {
  const isLinear = isLinearFeature(snakeCase(name));
  const known = Float64Array.from(values).filter((value) => !Number.isNaN(value));
  return isLinear ? known : known.map(signedLog1p);
}
