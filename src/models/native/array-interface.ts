import koffi from "koffi";

/** Numbers that a native library reads where they lie. */
export type Floats = Float32Array | Float64Array;

/** Arrays that a call is reading: their addresses alone do not keep them from the garbage collector. */
const inUse = new Set<object>();

/** Runs a native call during which none of the arrays can be collected. */
export function holding<T>(arrays: readonly object[], call: () => T): T {
  for (const array of arrays) inUse.add(array);
  try {
    return call();
  } finally {
    for (const array of arrays) inUse.delete(array);
  }
}

/** Describes numbers in this process by NumPy's array interface (version 3), as JSON; no value is copied. */
export function arrayInterface(values: Floats, ...shape: readonly number[]): string {
  const type = values instanceof Float32Array ? "<f4" : "<f8";
  return `{"data":[${koffi.address(values)},true],"shape":[${shape}],"typestr":"${type}","version":3}`;
}

/** Copies `length` floats that a library owns. */
export function copyFloats(address: bigint, length: number): Float32Array {
  // A view costs more than the one number that a single row asks for.
  if (length === 1) return Float32Array.of(koffi.decode.float(address));
  return new Float32Array(copyBytes(address, 4 * length).buffer);
}

/** Copies bytes that a library owns. */
export function copyBytes(address: bigint, length: number): Uint8Array {
  return length ? new Uint8Array(koffi.view(address, length).slice(0)) : new Uint8Array();
}

/** Copies `length` texts behind a `char **`. */
export function copyTexts(address: bigint, length: number): string[] {
  return length ? (koffi.decode(address, "char *", length) as string[]) : [];
}

/** Returns the product of the `dimension` unsigned 64-bit sizes at an address. */
export function sizeOf(shape: bigint, dimension: number): number {
  let size = 1;
  for (const extent of new BigUint64Array(copyBytes(shape, 8 * dimension).buffer)) size *= Number(extent);
  return size;
}
