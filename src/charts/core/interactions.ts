/**
 * Returns what a reader can do with a compiled Vega specification where it runs, such as "hover for values"; nothing for a
 * static one.
 */
export function interactionsOf(vegaSpec: object): string[] {
  const nodes = [...objectsIn(vegaSpec)];
  const has = (test: (node: Readonly<Record<string, unknown>>) => boolean) => nodes.some(test);
  return [
    ...(has(({ name, bind }) => typeof name === "string" && isObject(bind)) ? ["move the sliders"] : []),
    ...(has(({ symbols, labels }) => isInteractive(symbols) || isInteractive(labels)) ? ["click in the legend"] : []),
    ...(has(({ tooltip }) => isObject(tooltip) || Array.isArray(tooltip)) ? ["hover for values"] : []),
  ];
}

function isInteractive(part: unknown): boolean {
  return isObject(part) && part["interactive"] === true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Data are left out: they may have fields of any name. */
function* objectsIn(node: unknown): Iterable<Readonly<Record<string, unknown>>> {
  if (Array.isArray(node)) for (const item of node) yield* objectsIn(item);
  if (!isObject(node)) return;
  yield node;
  for (const [key, value] of Object.entries(node)) if (key !== "data" && key !== "values") yield* objectsIn(value);
}
