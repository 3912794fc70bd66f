const DIGIT_BITS = 11;
const N_DIGITS = 3;
const N_BUCKETS = 1 << DIGIT_BITS;
/** Up to so many values a comparing sort is quicker. */
const SMALL = 512;
/** Up to so many values that share their upper bits, they are put in order one by one. */
const SHORT_RUN = 32;

/**
 * Returns the row numbers that sort the values in ascending order; equal values keep the order of their rows.
 *
 * A radix sort over the upper 32 bits of the numbers (sign, exponent and 20 bits of the fraction), after which the few
 * that share them are compared: a comparing sort of 1,000,000 takes ten times as long.
 *
 * @param values Shape (n,), without NaN.
 */
export function argsort(values: ArrayLike<number>): Uint32Array {
  const n = values.length;
  const rows = new Uint32Array(n);
  for (let i = 0; i < n; ++i) rows[i] = i;
  if (n < SMALL) return rows.sort((i, j) => values[i] - values[j] || i - j);
  const floats = new Float64Array(n);
  for (let i = 0; i < n; ++i) floats[i] = values[i] + 0; // -0 becomes 0
  const sorted = sortByUpperBits(upperBits(floats), rows);
  sortRuns(sorted.keys, sorted.rows, floats);
  return sorted.rows;
}

/** Returns the upper 32 bits of each number, turned so that their unsigned order is the order of the numbers. */
function upperBits(floats: Float64Array): Uint32Array {
  const words = new Uint32Array(floats.buffer);
  const keys = new Uint32Array(floats.length);
  for (let i = 0; i < keys.length; ++i) {
    const word = words[2 * i + 1];
    keys[i] = word ^ ((word >> 31) | 0x80000000);
  }
  return keys;
}

interface Sorted {
  readonly keys: Uint32Array;
  readonly rows: Uint32Array;
}

function sortByUpperBits(keys: Uint32Array, rows: Uint32Array): Sorted {
  const n = keys.length;
  const counts = new Uint32Array(N_DIGITS * N_BUCKETS);
  for (let i = 0; i < n; ++i) {
    for (let digit = 0; digit < N_DIGITS; ++digit) {
      ++counts[digit * N_BUCKETS + ((keys[i] >>> (digit * DIGIT_BITS)) & (N_BUCKETS - 1))];
    }
  }
  let from: Sorted = { keys, rows };
  let to: Sorted = { keys: new Uint32Array(n), rows: new Uint32Array(n) };
  for (let digit = 0; digit < N_DIGITS; ++digit) {
    const places = counts.subarray(digit * N_BUCKETS, (digit + 1) * N_BUCKETS);
    if (places.includes(n)) continue; // all values share this digit
    let start = 0;
    for (let bucket = 0; bucket < N_BUCKETS; ++bucket) {
      const count = places[bucket];
      places[bucket] = start;
      start += count;
    }
    scatter(from, to, digit * DIGIT_BITS, places);
    [from, to] = [to, from];
  }
  return from;
}

function scatter(from: Sorted, to: Sorted, shift: number, places: Uint32Array): void {
  const { keys, rows } = from;
  const { keys: toKeys, rows: toRows } = to;
  for (let i = 0; i < keys.length; ++i) {
    const key = keys[i];
    const place = places[(key >>> shift) & (N_BUCKETS - 1)]++;
    toKeys[place] = key;
    toRows[place] = rows[i];
  }
}

/** Sorts the rows whose values share their upper bits. */
function sortRuns(keys: Uint32Array, rows: Uint32Array, floats: Float64Array): void {
  const n = keys.length;
  for (let start = 0, end = 1; start < n; start = end++) {
    let inOrder = true;
    for (; end < n && keys[end] === keys[start]; ++end) {
      if (floats[rows[end - 1]] > floats[rows[end]]) inOrder = false;
    }
    if (inOrder) continue;
    if (end - start > SHORT_RUN) {
      rows.subarray(start, end).sort((i, j) => floats[i] - floats[j] || i - j);
      continue;
    }
    for (let i = start + 1; i < end; ++i) {
      const row = rows[i];
      const value = floats[row];
      let j = i;
      for (; j > start && floats[rows[j - 1]] > value; --j) rows[j] = rows[j - 1];
      rows[j] = row;
    }
  }
}
