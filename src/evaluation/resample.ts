import { integer, type Random } from "../numeric/index.js";

/** Equally long columns of numbers, by name. */
export type NamedColumns = Readonly<Record<string, ArrayLike<number>>>;

/** The same columns with some of their rows, as floats. */
export type TakenColumns<C extends NamedColumns> = { readonly [name in keyof C]: Float64Array };

/** Returns the given rows of every column, in the given order. */
export function takeFromColumns<C extends NamedColumns>(columns: C, rows: Uint32Array): TakenColumns<C> {
  const taken = Object.entries(columns).map(([name, column]) => {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; ++i) values[i] = column[rows[i]];
    return [name, values];
  });
  return Object.fromEntries(taken) as TakenColumns<C>;
}

/** Units of resampling: single rows, or all rows of a group. */
export interface Units {
  readonly count: number;
  /** Returns the rows of the units with the given numbers, one after the other. */
  rowsOf(units: Uint32Array): Uint32Array;
}

/** Returns the units of `nRows` rows; without groups every row is one. */
export function unitsOf(nRows: number, groups: ArrayLike<string | number> | undefined): Units {
  if (!groups) return { count: nRows, rowsOf: (units) => units };
  const members = new Map<string | number, number[]>();
  for (let row = 0; row < nRows; ++row) {
    const rows = members.get(groups[row]);
    if (rows) rows.push(row);
    else members.set(groups[row], [row]);
  }
  const lists = [...members.values()];
  return {
    count: lists.length,
    rowsOf(units) {
      const rows = new Uint32Array(units.reduce((total, unit) => total + lists[unit].length, 0));
      let at = 0;
      for (const unit of units) {
        rows.set(lists[unit], at);
        at += lists[unit].length;
      }
      return rows;
    },
  };
}

/** Draws as many units as there are, with replacement. */
export function drawUnits(random: Random, count: number): Uint32Array {
  const drawn = new Uint32Array(count);
  for (let i = 0; i < count; ++i) drawn[i] = integer(random, count);
  return drawn;
}
