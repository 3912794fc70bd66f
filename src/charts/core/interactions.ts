import { isRecord } from "../../text/index.js";
import { objectsIn } from "./objects-in.js";

/**
 * Returns what a reader can do with a compiled Vega specification where it runs, such as "hover for values"; nothing for a
 * static one.
 */
export function interactionsOf(vegaSpec: object): string[] {
  const nodes = [...objectsIn(vegaSpec)];
  const has = (test: (node: Readonly<Record<string, unknown>>) => boolean) => nodes.some(test);
  return [
    ...(has(({ name, bind }) => typeof name === "string" && isRecord(bind)) ? ["move the sliders"] : []),
    ...(has(({ symbols, labels }) => isInteractive(symbols) || isInteractive(labels)) ? ["click in the legend"] : []),
    ...(has(({ tooltip }) => isRecord(tooltip) || Array.isArray(tooltip)) ? ["hover for values"] : []),
  ];
}

function isInteractive(part: unknown): boolean {
  return isRecord(part) && part["interactive"] === true;
}
