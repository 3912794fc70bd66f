import { clusterCountReason } from "../../reports/index.js";
import { type Conventions, numberTexts } from "../../table/index.js";
import type { SegmentedCustomers } from "./segment-customers.js";

/** The numbers of clusters that were tried, and those who are in them. */
export type Selection = Pick<SegmentedCustomers, "choice" | "model">;

/** Columns of {@link selectionTable} that are numbers. */
export const NUMERIC_SELECTION = ["k", "inertia", "silhouette", "Davies-Bouldin", "smallest", "stability"] as const;

/** One number of clusters per row, with all that speaks for and against it: what a log prints and a notebook shows. */
export function selectionTable(
  { choice: { candidates, knee } }: Selection,
  options: Partial<Conventions> = {},
): Record<string, string>[] {
  const texts = numberTexts(options);
  const { count, number, percent } = texts;
  return candidates.map((one) => ({
    k: String(one.k),
    inertia: number(one.inertia, 1),
    elbow: one.k === knee ? "yes" : "",
    silhouette: `${number(one.silhouette, 3)}${one.silhouetteDeviation > 0 ? ` ± ${number(one.silhouetteDeviation, 3)}` : ""}`,
    verdict: one.silhouetteVerdict,
    "Davies-Bouldin": number(one.daviesBouldin, 3),
    smallest: percent(one.smallestShare),
    stability: number(one.stability, 2),
    names: `${count(new Set(one.names).size)} of ${count(one.k)}`,
    chosen: one.chosen ? "yes" : "",
    why: clusterCountReason(one, texts),
  }));
}

/** Customers below whom a cluster says little. */
const FEW = 30;

/**
 * What to know beside {@link selectionTable}: whether there is an elbow, what was computed on a part of the customers, and
 * a warning where clusters are not to be relied on.
 */
export function selectionRemarks(
  { choice: { candidates, knee }, model }: Selection,
  options: Partial<Conventions> = {},
): string[] {
  const texts = numberTexts(options);
  const { count } = texts;
  const customers = model.metrics["customers"];
  const chosen = candidates.find((one) => one.chosen);
  const smallest = Math.round((chosen?.smallestShare ?? 1) * customers);
  const weak = [
    ...(chosen && !chosen.admissible ? [clusterCountReason(chosen, texts)] : []),
    ...(smallest < FEW ? [`the smallest has ${count(smallest)} of the ${count(customers)} customers`] : []),
  ];
  const rows = Math.min(...candidates.map(({ stabilityRows }) => stabilityRows));
  return [
    knee === null ? "Elbow: none, the inertia falls smoothly" : `Elbow: K = ${knee}`,
    ...(candidates.some(({ silhouetteDeviation }) => silhouetteDeviation > 0)
      ? ["Silhouettes are estimated on a part of the customers; ± is one standard deviation of the estimate"]
      : []),
    ...(rows < customers ? [`Stability is that of a random ${count(rows)} of the ${count(customers)} customers`] : []),
    ...(weak.length
      ? [
          `Warning: K = ${chosen?.k}: ${weak.join("; ")}. Do not rely on these clusters; segments by rule do not depend on them`,
        ]
      : []),
  ];
}
