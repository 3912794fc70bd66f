/** Throws unless the arrays, passed by name, hold whole numbers from 0. */
export function requireCounts(action: string, arrays: Readonly<Record<string, ArrayLike<number>>>): void {
  requireEach(action, arrays, (value) => Number.isInteger(value) && value >= 0, "an integer of at least 0");
}

/** Throws unless the arrays, passed by name, hold finite numbers from 0. */
export function requireFinite(action: string, arrays: Readonly<Record<string, ArrayLike<number>>>): void {
  requireEach(
    action,
    arrays,
    (value) => value >= 0 && value < Number.POSITIVE_INFINITY,
    "a finite number of at least 0",
  );
}

function requireEach(
  action: string,
  arrays: Readonly<Record<string, ArrayLike<number>>>,
  isUsable: (value: number) => boolean,
  expected: string,
): void {
  for (const [name, values] of Object.entries(arrays)) {
    for (let i = 0; i < values.length; ++i) {
      if (!isUsable(values[i])) {
        throw new RangeError(`Cannot ${action}: ${name} is ${values[i]} in row ${i}; expected ${expected}`);
      }
    }
  }
}
