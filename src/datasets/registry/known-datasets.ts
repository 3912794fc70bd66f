import { nearest } from "../../errors.js";
import { demoDataset } from "../demo/mapping.js";
import { importedDatasets } from "../known/index.js";
import type { KnownDataset } from "./known-dataset.js";

/** The datasets known by name: the demo first, which is the default. */
export const knownDatasets: readonly KnownDataset[] = [demoDataset, ...importedDatasets];

/** The dataset known by that name, if it is one. */
export function findKnownDataset(name: string): KnownDataset | undefined {
  return knownDatasets.find((known) => known.name === name);
}

/**
 * The dataset known by that name.
 *
 * @throws {RangeError} If none is: says which are.
 */
export function knownDataset(name: string): KnownDataset {
  const known = findKnownDataset(name);
  if (known) return known;
  const names = knownDatasets.map((dataset) => dataset.name);
  const near = nearest(name, names);
  const meant = near ? `did you mean "${near}"?` : `known are ${names.join(", ")}`;
  throw new RangeError(`Cannot find dataset "${name}": it is none of those known by name, ${meant}`);
}
