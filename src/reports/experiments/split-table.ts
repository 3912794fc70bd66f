import type { ExperimentDesign } from "../../strategy/index.js";
import type { TableBlock } from "../report.js";

/** Builds the table of customers by stratum and group. */
export function splitTable({
  strata,
  test,
  control,
}: Pick<ExperimentDesign, "strata" | "test" | "control">): TableBlock {
  const row = (stratum: string, sizes: { readonly test: number; readonly control: number }) => [
    stratum,
    sizes.test,
    sizes.control,
    sizes.test / (sizes.test + sizes.control),
  ];
  return {
    type: "table",
    caption: "Balance of the groups",
    columns: [
      { name: "stratum", title: "Stratum" },
      { name: "test", title: "Test", format: { kind: "count" } },
      { name: "control", title: "Control", format: { kind: "count" } },
      { name: "test_share", title: "Test share", format: { kind: "percent" } },
    ],
    rows: strata.map((stratum) => row(stratum.stratum, stratum)),
    total: row("all", { test, control }),
  };
}
