import type { ClusterCountChoice } from "../../segmentation/index.js";
import { type Column, type Conventions, createTable, type DataTable, numberTexts } from "../../table/index.js";
import { clusterCountReason } from "../wording/cluster-counts.js";

/**
 * Tabulates the numbers of clusters that were tried, one per row, with the measures and the reason for or against each.
 *
 * @param conventions For reasons, and for display in notebooks.
 */
export function selectionTable(
  { candidates, knee }: Pick<ClusterCountChoice, "candidates" | "knee">,
  conventions: Partial<Conventions> = {},
): DataTable {
  const texts = numberTexts(conventions);
  const estimated = candidates.some(({ silhouetteDeviation }) => silhouetteDeviation > 0);
  const deviation: Column = { name: "silhouetteDeviation", title: "±", format: { kind: "number", digits: 3 } };
  return createTable(
    {
      caption: "Numbers of clusters",
      columns: [
        { name: "k", title: "K", format: { kind: "count" } },
        { name: "inertia", title: "Inertia", format: { kind: "number", digits: 1 } },
        { name: "elbow", title: "Elbow" },
        { name: "silhouette", title: "Silhouette", format: { kind: "number", digits: 3 } },
        ...(estimated ? [deviation] : []),
        { name: "silhouetteVerdict", title: "Verdict" },
        { name: "daviesBouldin", title: "Davies-Bouldin", format: { kind: "number", digits: 3 } },
        { name: "smallestShare", title: "Smallest", format: { kind: "percent" } },
        { name: "stability", title: "Stability", format: { kind: "number", digits: 2 } },
        { name: "chosen", title: "Chosen" },
        { name: "why", title: "Why" },
      ],
      rows: candidates.map((one) => [
        ...[one.k, one.inertia, one.k === knee ? "yes" : "", one.silhouette],
        ...(estimated ? [one.silhouetteDeviation > 0 ? one.silhouetteDeviation : null] : []),
        ...[one.silhouetteVerdict, one.daviesBouldin, one.smallestShare, one.stability],
        ...[one.chosen ? "yes" : "", clusterCountReason(one, texts)],
      ]),
    },
    conventions,
  );
}
