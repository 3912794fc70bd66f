import { expect } from "vitest";

/** Expects every named or listed number of `wanted` to be met within `tolerance`, absolutely; defaults to 1e-12. */
export function expectClose(
  actual: unknown,
  wanted: Readonly<Record<string, number>> | ArrayLike<number>,
  tolerance = 1e-12,
): void {
  const found = actual as Readonly<Record<string, number>>;
  const misses = Object.entries(wanted).filter(([name, value]) => !(Math.abs(found[name] - value) <= tolerance));
  expect(
    misses.map(([name, value]) => `${name} is ${found[name]}, ${value} is wanted`),
    `within ${tolerance}`,
  ).toEqual([]);
  if ("length" in wanted) expect((actual as ArrayLike<number>).length).toBe(wanted.length);
}
