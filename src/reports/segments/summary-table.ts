import { rounded } from "../../numeric/index.js";
import type { GroupProfile, ProfileColumn } from "../../segmentation/index.js";
import { type Conventions, createTable, type DataTable, numberTexts, type Value } from "../../table/index.js";
import { snakeCase } from "../../text/index.js";
import { clusterInWords } from "../wording/cluster-profile.js";
import { column, MEASURE } from "./formats.js";

/** Profiled numbers, in the order of the columns. */
const PROFILED: readonly ProfileColumn[] = [
  ...(["recencyDays", "frequency", "avgBasketValue", "monetary", "daysSinceFirstPurchase"] as const),
  ...(["engagementScore", "returnRate"] as const),
];

/**
 * Tabulates everything that profiles say, one cluster or segment per row: size, revenue, means and medians, what sets it
 * apart, and a description. Columns are named as in files.
 *
 * Descriptions have one notation, whatever the locale: the table is for files that programs read.
 *
 * @param conventions For display in notebooks.
 */
export function summaryTable(profiles: readonly GroupProfile[], conventions: Partial<Conventions> = {}): DataTable {
  const texts = numberTexts();
  return createTable(
    {
      columns: [
        column("segment", "count"),
        column("segment_name", "segment"),
        column("customers", "count"),
        column("share", "percent"),
        column("revenue", "money"),
        column("revenue_share", "percent"),
        ...PROFILED.map(snakeCase).flatMap((feature) => [
          { name: `mean_${feature}`, format: MEASURE },
          { name: `median_${feature}`, format: MEASURE },
        ]),
        column("top_categories"),
        column("distinguished_by"),
        column("in_words"),
      ],
      rows: profiles.map((profile): Value[] => [
        profile.group,
        profile.name,
        profile.customers,
        profile.share,
        rounded(profile.revenue),
        profile.revenueShare,
        ...PROFILED.flatMap((name) => {
          const centre = profile.centres[name];
          return centre ? [rounded(centre.mean), rounded(centre.median)] : [null, null];
        }),
        profile.topCategories.join("; "),
        profile.distinctions
          .map((one) => `${snakeCase(one.column)} ${one.standardizedDifference.toFixed(2)}`)
          .join("; "),
        clusterInWords(profile, texts),
      ]),
    },
    conventions,
  );
}
