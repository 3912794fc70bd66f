/** Returns round tick values that cover `low` to `high`, about `count` steps of 1, 2 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, count = 4): readonly number[] {
  const rough = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: Math.max(1, last - first) + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * Returns a Vega axis with exactly these labels, formatted with Intl because Vega supports only the conventions of d3.
 */
export function labelledAxis(labels: ReadonlyMap<number | string, string | readonly string[]>): object {
  return {
    values: [...labels.keys()],
    labelExpr: `(${JSON.stringify(Object.fromEntries(labels))})[datum.value]`,
  };
}
