import { Type } from "typebox";
import type { CleaningReport } from "../../cleaning/index.js";
import { type Artifact, jsonArtifact } from "./artifact.js";

const Rows = Type.Integer({ minimum: 0 });
const Day = Type.Union([Type.String(), Type.Null()]);

const schema = Type.Object({
  dataset: Type.String(),
  dataset_sha256: Type.String(),
  deduplicated: Type.Boolean(),
  first_order: Day,
  last_order: Day,
  lines: Rows,
  orders: Rows,
  customers: Rows,
  revenue: Type.Number(),
  rejected_rows: Rows,
  ledger: Type.Array(
    Type.Object({
      rule: Type.String(),
      table: Type.String(),
      action: Type.Unsafe<"drop" | "return" | "set">(Type.Enum(["drop", "return", "set"])),
      reason: Type.String(),
      rows_before: Rows,
      rows_touched: Rows,
      rows_after: Rows,
      customers_before: Rows,
      customers_touched: Rows,
      customers_after: Rows,
      revenue_before: Type.Number(),
      revenue_touched: Type.Number(),
      revenue_after: Type.Number(),
    }),
  ),
  trade_offs: Type.Object({
    missing_customer_id: Type.Object({
      rows: Rows,
      share_of_rows: Type.Number(),
      revenue: Type.Number(),
      share_of_revenue: Type.Number(),
    }),
    repeated_lines: Type.Object({ rows: Rows, revenue: Type.Number(), share_of_revenue: Type.Number() }),
    returns: Type.Object({
      rows: Rows,
      amount: Type.Number(),
      share_of_revenue: Type.Number(),
      customers: Rows,
      top_customers: Type.Array(
        Type.Object({
          customer: Type.String(),
          orders: Rows,
          revenue_drop: Type.Number(),
          revenue_net: Type.Number(),
          rank_drop: Rows,
          rank_net: Rows,
        }),
      ),
    }),
  }),
  tables: Type.Array(Type.Object({ name: Type.String(), rows: Rows, columns: Type.Array(Type.String()) })),
});

/** Result of cleaning. */
export const cleaningReport: Artifact<CleaningReport> = jsonArtifact(schema, {
  title: "the cleaning report",
  madeBy: "clean",
  in: "cleaning",
  file: "cleaning_report.json",
});
