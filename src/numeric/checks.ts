import { requireSameLength } from "../errors.js";

/** Throws unless the arrays, passed by name, have one length, and that is not zero. */
export function requireRows(caller: string, arrays: Record<string, ArrayLike<unknown>>): void {
  requireSameLength(caller, arrays);
  if (!Object.values(arrays)[0].length) {
    throw new RangeError(`Cannot compute ${caller}: there are no rows; expected at least one`);
  }
}

/** Throws unless every value of the arrays, passed by name, is a finite number. */
export function requireFinite(caller: string, arrays: Record<string, ArrayLike<number>>): void {
  for (const [name, values] of Object.entries(arrays)) {
    requireEach(caller, name, values, (value) => Number.isFinite(value), "expected a finite number");
  }
}

/** Throws unless every value is 0 or 1. */
export function requireLabels(caller: string, arrays: Record<string, ArrayLike<number>>): void {
  for (const [name, values] of Object.entries(arrays)) {
    requireEach(caller, name, values, (value) => value === 0 || value === 1, "expected 0 or 1");
  }
}

/** Throws unless the values of the arrays, passed by name, are 0 and 1, and both occur. */
export function requireBothClasses(caller: string, arrays: Record<string, ArrayLike<number>>): void {
  requireLabels(caller, arrays);
  for (const [name, labels] of Object.entries(arrays)) {
    let nPositive = 0;
    for (let i = 0; i < labels.length; ++i) nPositive += labels[i];
    const nNegative = labels.length - nPositive;
    if (!nPositive || !nNegative) {
      throw new RangeError(
        `Cannot compute ${caller}: ${name} has ${nPositive} positives and ${nNegative} negatives; expected both classes`,
      );
    }
  }
}

/** Throws unless every value of the arrays, passed by name, is in [0, 1]. */
export function requireProbabilities(caller: string, arrays: Record<string, ArrayLike<number>>): void {
  for (const [name, values] of Object.entries(arrays)) {
    requireEach(caller, name, values, (value) => value >= 0 && value <= 1, "expected a number in [0, 1]");
  }
}

/**
 * Returns the weights as floats, or undefined where none were given; throws if they are not usable for `nRows` rows.
 */
export function checkedWeights(
  caller: string,
  sampleWeight: ArrayLike<number> | undefined,
  nRows: number,
): Float64Array | undefined {
  if (!sampleWeight) return undefined;
  if (sampleWeight.length !== nRows) {
    throw new RangeError(
      `Cannot compute ${caller}: sampleWeight has ${sampleWeight.length} values for ${nRows} rows; expected one per row`,
    );
  }
  const fits = (weight: number) => weight >= 0 && weight < Number.POSITIVE_INFINITY;
  requireEach(caller, "sampleWeight", sampleWeight, fits, "expected a finite weight of at least 0");
  const weights = asFloats(sampleWeight);
  if (!weights.some((weight) => weight > 0)) {
    throw new RangeError(`Cannot compute ${caller}: every sampleWeight is 0; expected at least one positive weight`);
  }
  return weights;
}

/** Returns the values as a Float64Array: the same array if it is one. Loops over one kind of array run fast. */
export function asFloats(values: ArrayLike<number>): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values);
}

/** Throws unless the number is whole and at least `least`. */
export function requireInteger(caller: string, name: string, value: number, least: number): void {
  if (!(Number.isInteger(value) && value >= least)) {
    throw new RangeError(`Cannot compute ${caller}: ${name} is ${value}; expected an integer of at least ${least}`);
  }
}

function requireEach(
  caller: string,
  name: string,
  values: ArrayLike<number>,
  fits: (value: number) => boolean,
  expected: string,
): void {
  for (let i = 0; i < values.length; ++i) {
    if (!fits(values[i])) throw new RangeError(`Cannot compute ${caller}: ${name}[${i}] is ${values[i]}; ${expected}`);
  }
}
