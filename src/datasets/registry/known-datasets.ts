import { nearest } from "../../errors.js";
import { demoDataset } from "../demo/mapping.js";
import { importedDatasets } from "../known/index.js";
import type { KnownDataset } from "./known-dataset.js";

/** Built-in datasets; the first, the demo, is the default. */
export const knownDatasets: readonly KnownDataset[] = [demoDataset, ...importedDatasets];

/** Returns the built-in dataset of that name, if any. */
export function findKnownDataset(name: string): KnownDataset | undefined {
  return knownDatasets.find((known) => known.name === name);
}

/**
 * Returns the built-in dataset of that name.
 *
 * @throws {RangeError} If there is none; lists the built-in datasets.
 */
export function knownDataset(name: string): KnownDataset {
  const known = findKnownDataset(name);
  if (known) return known;
  const names = knownDatasets.map((dataset) => dataset.name);
  const near = nearest(name, names);
  const meant = near ? `did you mean "${near}"?` : `expected one of ${names.join(", ")}`;
  throw new RangeError(`Cannot find dataset "${name}": it is not built in; ${meant}`);
}
