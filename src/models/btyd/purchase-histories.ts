import { requireArrays } from "../../errors.js";

/** Purchase histories, one per row, in the letters of the buy-till-you-die papers. */
export interface PurchaseHistories {
  /** Purchases after the first, shape (n,). */
  readonly x: ArrayLike<number>;
  /** Time from the first to the last purchase; 0 where `x` is 0. */
  readonly t_x: ArrayLike<number>;
  /** Time from the first purchase to the end of observation; for discrete models, opportunities observed (the papers' n). */
  readonly T: ArrayLike<number>;
  /** Number of customers per row; defaults to 1 each. */
  readonly counts?: ArrayLike<number>;
  /** Covariates of the customers by name, each shape (n,). */
  readonly covariates?: Readonly<Record<string, ArrayLike<number>>>;
}

/**
 * Throws unless the histories are usable: equal lengths, at least one row, whole x from 0 and 0 <= t_x <= T.
 *
 * @param action What cannot be done otherwise, such as "fit BG/NBD".
 */
export function requireHistories(action: string, { x, t_x, T, counts, covariates = {} }: PurchaseHistories): void {
  requireArrays(action, { x, t_x, T, ...covariates });
  for (const [name, { length }] of Object.entries({ t_x, T, ...(counts && { counts }), ...covariates })) {
    if (length === x.length) continue;
    throw new RangeError(
      `Cannot ${action}: lengths differ, x has ${x.length} and ${name} has ${length}; pass one value per customer`,
    );
  }
  if (x.length === 0) throw new RangeError(`Cannot ${action}: there are no customers; expected at least one`);
  const refuse = (i: number, found: string, expected: string): never => {
    throw new RangeError(`Cannot ${action}: ${found} in row ${i}; ${expected}`);
  };
  for (let i = 0; i < x.length; ++i) {
    if (!(Number.isInteger(x[i]) && x[i] >= 0)) refuse(i, `x is ${x[i]}`, "expected an integer of at least 0");
    if (!(T[i] >= 0 && T[i] < Number.POSITIVE_INFINITY))
      refuse(i, `T is ${T[i]}`, "expected a finite number of at least 0");
    if (!(t_x[i] >= 0 && t_x[i] <= T[i])) refuse(i, `t_x is ${t_x[i]} and T is ${T[i]}`, "expected 0 <= t_x <= T");
    if (x[i] === 0 ? t_x[i] !== 0 : t_x[i] === 0) {
      refuse(i, `x is ${x[i]} and t_x is ${t_x[i]}`, "expected t_x = 0 exactly where x is 0");
    }
    if (counts && !(counts[i] > 0 && counts[i] < Number.POSITIVE_INFINITY)) {
      refuse(i, `counts is ${counts[i]}`, "expected a number greater than 0");
    }
  }
  for (const [name, values] of Object.entries(covariates)) {
    const i = Array.from(values).findIndex((value) => !Number.isFinite(value));
    if (i >= 0) refuse(i, `covariate "${name}" is ${values[i]}`, "expected a finite number");
  }
}

/** Numeric columns of one length with how often each row occurs. */
export interface CountedRows {
  readonly columns: readonly Float64Array[];
  readonly counts: Float64Array;
}

/** Merges equal rows and adds up their counts; rows stand in order of first appearance. */
export function compressRows(columns: readonly ArrayLike<number>[], counts?: ArrayLike<number>): CountedRows {
  const n = columns[0].length;
  let bits = 4;
  while (1 << bits < 2 * n) ++bits;
  const slots = new Int32Array(1 << bits).fill(-1);
  const firstOf = new Int32Array(n);
  const merged = new Float64Array(n);
  const number = new Float64Array(1);
  const halves = new Int32Array(number.buffer);
  let size = 0;
  for (let i = 0; i < n; ++i) {
    let hash = 0;
    for (const column of columns) {
      number[0] = column[i];
      hash = Math.imul(hash ^ halves[0], 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 15) ^ halves[1], 0xc2b2ae35);
      hash ^= hash >>> 13;
    }
    let slot = Math.imul(hash, 0x9e3779b1) >>> (32 - bits);
    while (slots[slot] >= 0 && columns.some((column) => column[firstOf[slots[slot]]] !== column[i])) {
      slot = (slot + 1) & (slots.length - 1);
    }
    if (slots[slot] < 0) {
      slots[slot] = size;
      firstOf[size++] = i;
    }
    merged[slots[slot]] += counts ? counts[i] : 1;
  }
  return {
    columns: columns.map((column) => Float64Array.from({ length: size }, (_, k) => column[firstOf[k]])),
    counts: merged.slice(0, size),
  };
}

/** Returns the rows as they are, each with its count. */
export function countRows(columns: readonly ArrayLike<number>[], counts?: ArrayLike<number>): CountedRows {
  return {
    columns: columns.map((column) => Float64Array.from(column)),
    counts: counts ? Float64Array.from(counts) : new Float64Array(columns[0].length).fill(1),
  };
}
