/** Formats cents as a decimal with two places, exactly. */
export function decimal(cents: number): string {
  const absolute = Math.abs(cents);
  const fraction = absolute % 100;
  return `${cents < 0 ? "-" : ""}${(absolute - fraction) / 100}.${fraction < 10 ? "0" : ""}${fraction}`;
}

/** Formats a number below 100 with two digits. */
export function twoDigits(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}
