import type { RefitComparison } from "../../segmentation/index.js";
import { type Conventions, createTable, type DataTable } from "../../table/index.js";

/**
 * Tabulates how far the centre of each cluster moved since an earlier fit.
 *
 * @param conventions For display in notebooks.
 */
export function refitTable(
  { shifts }: Pick<RefitComparison, "shifts">,
  conventions: Partial<Conventions> = {},
): DataTable {
  return createTable(
    {
      caption: "Movement of cluster centres, in standard deviations",
      columns: [
        { name: "cluster", title: "Cluster", format: { kind: "segment" } },
        { name: "shift", title: "Moved by", format: { kind: "number", digits: 3 } },
      ],
      rows: shifts.map(({ cluster, shift }) => [cluster, shift]),
    },
    conventions,
  );
}
