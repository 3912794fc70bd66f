import type { ClusterCountChoice } from "../../segmentation/index.js";
import { type Conventions, createTable, type DataTable, numberTexts, type Value } from "../../table/index.js";
import { clusterCountReason } from "../wording/cluster-counts.js";
import { column, MEASURE } from "./formats.js";

/**
 * Tabulates every measure of the numbers of clusters that were tried, one per row. Columns are named as in files.
 *
 * Reasons have one notation, whatever the locale: the table is for files that programs read.
 *
 * @param conventions For display in notebooks.
 */
export function candidateTable(
  { candidates, knee }: Pick<ClusterCountChoice, "candidates" | "knee">,
  conventions: Partial<Conventions> = {},
): DataTable {
  const texts = numberTexts();
  return createTable(
    {
      columns: [
        column("k", "count"),
        { name: "inertia", format: MEASURE },
        { name: "silhouette", format: MEASURE },
        { name: "davies_bouldin", format: MEASURE },
        column("smallest_share", "percent"),
        { name: "stability_ari", format: MEASURE },
        column("distinct_names"),
        column("chosen"),
        column("why"),
        column("elbow"),
        column("silhouette_verdict"),
        { name: "silhouette_deviation", format: MEASURE },
        column("stability_rows", "count"),
        column("names"),
      ],
      rows: candidates.map((one): Value[] => [
        one.k,
        one.inertia,
        one.silhouette,
        one.daviesBouldin,
        one.smallestShare,
        one.stability,
        String(new Set(one.names).size === one.k),
        String(one.chosen),
        clusterCountReason(one, texts),
        String(one.k === knee),
        one.silhouetteVerdict,
        one.silhouetteDeviation,
        one.stabilityRows,
        one.names.join("; "),
      ]),
    },
    conventions,
  );
}
