import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { featureCatalogue } from "../../src/features/index.js";

const text = readFileSync(new URL("../../docs/features-by-old-name.md", import.meta.url), "utf8");
const rows = [...text.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|/gm)].map(([, old, name]) => ({ old, name }));

it("every old name leads to a feature of the catalogue", () => {
  const known = featureCatalogue.map(({ name }) => name);
  expect(rows.filter(({ name }) => !known.includes(name))).toEqual([]);
  expect(text.split("\n").filter((line) => line.startsWith("| `"))).toHaveLength(rows.length);
});

it("the thirteen features of the reactivation recommender are there, the protected one as such", () => {
  const names = [
    "A_AAP000447N_ASET_PRPN_DIS_INC",
    "A_A8588N_HM_SQR_FT",
    "MOVER",
    "BBB_R_2Y",
    "BBB_INSTORE_M_DECILE_2Y",
    "time_interval",
    "AVG_NET_SALES_PER_TXN",
    "AVG_TOTAL_ITEMS_PER_TXN",
    "NUM_MERCH_DIVISIONS",
    "COUPON_SALES_Q_08",
    "PH_DM_RECENCY",
    "PH_MREDEEM730D_PERC",
  ];
  expect(names.filter((old) => !rows.some((row) => row.old === old))).toEqual([]);
  expect(text).toContain("`A_A3101N_RACE_WHITE` is the protected column race_white");
  expect(rows.some(({ old }) => old.includes("RACE"))).toBe(false);
});
