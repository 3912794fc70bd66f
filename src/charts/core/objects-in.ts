import { isRecord } from "../../text/index.js";

/** Where rows of data stand in a specification: they may have fields of any name. */
const DATA_KEYS: readonly string[] = ["values", "datasets"];

/** Yields every object of a Vega or Vega-Lite specification, itself first, except the rows of data. */
export function* objectsIn(node: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (Array.isArray(node)) for (const item of node) yield* objectsIn(item);
  if (!isRecord(node)) return;
  yield node;
  for (const [key, value] of Object.entries(node)) if (!DATA_KEYS.includes(key)) yield* objectsIn(value);
}
