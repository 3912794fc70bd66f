import type { TrustedDataset } from "../../datasets/index.js";
import type { Relations } from "./relations.js";
import { trustedName } from "./trusted-tables.js";

/** The columns that feature SQL may count on; where a dataset lacks one it is null, where it lacks a table it is empty. */
const knownColumns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  orders: {
    order_id: "VARCHAR",
    customer_id: "VARCHAR",
    ordered_on: "DATE",
    amount: "DECIMAL(18, 4)",
    store_id: "VARCHAR",
    channel: "VARCHAR",
    promotion_id: "VARCHAR",
  },
  order_lines: {
    order_id: "VARCHAR",
    line_no: "INTEGER",
    product_id: "VARCHAR",
    quantity: "DECIMAL(18, 4)",
    amount: "DECIMAL(18, 4)",
    promotion_id: "VARCHAR",
  },
  returns: { customer_id: "VARCHAR", returned_on: "DATE", amount: "DECIMAL(18, 4)" },
  products: { product_id: "VARCHAR", category: "VARCHAR", product_type: "VARCHAR" },
  contacts: {
    customer_id: "VARCHAR",
    sent_on: "DATE",
    channel: "VARCHAR",
    promotion_id: "VARCHAR",
    arm: "VARCHAR",
    redeemed_on: "DATE",
  },
  customers: {
    customer_id: "VARCHAR",
    signup_date: "DATE",
    household_income: "DECIMAL(18, 4)",
    home_square_feet: "DECIMAL(18, 4)",
    is_new_mover: "BOOLEAN",
    household_size: "DECIMAL(18, 4)",
    loyalty_tier: "VARCHAR",
    region: "VARCHAR",
    country: "VARCHAR",
    acquisition_channel: "VARCHAR",
  },
};

/** The condition under which a row of a table is known at the end of a day. */
const knownRows: Readonly<Record<string, (day: string, orders: string) => string>> = {
  orders: (day) => `ordered_on <= ${day}`,
  order_lines: (_, orders) => `order_id IN (SELECT order_id FROM ${orders})`,
  returns: (day) => `returned_on <= ${day}`,
  contacts: (day) => `sent_on <= ${day}`,
};

/** Tables of which something is known as of a day; feature SQL finds them under these names. */
export const knownTables = Object.keys(knownColumns);

/**
 * Creates views of the trusted tables under their canonical names, cut at a day, with every column that feature SQL may
 * name. Views keep full names, so that they read the same from every schema.
 */
export async function createKnownTables(
  relations: Relations,
  { tables }: Pick<TrustedDataset, "tables">,
  asOf: string,
): Promise<void> {
  const day = `DATE '${asOf}'`;
  for (const [table, columns] of Object.entries(knownColumns)) {
    const trusted = tables[table];
    const present = isWorthReading(table, trusted) ? trusted : undefined;
    const selected = Object.entries(columns).map(([name, type]) => {
      if (!present?.includes(name)) return `CAST(NULL AS ${type}) AS ${name}`;
      // A redemption after the cut has not happened yet.
      return name === "redeemed_on" ? `CASE WHEN redeemed_on <= ${day} THEN redeemed_on END AS redeemed_on` : name;
    });
    const known = knownRows[table] ? `WHERE ${knownRows[table](day, relations.seenName("orders"))}` : "";
    const from = present ? `${trustedName(relations, table)} ${known}` : "(SELECT 1 AS nothing) AS t WHERE 1 = 0";
    await relations.seen.run(`CREATE VIEW ${relations.seenName(table)} AS SELECT ${selected.join(", ")} FROM ${from}`);
  }
}

/** Of products feature SQL reads the kinds alone: where a dataset knows none, its products would be joined for nothing. */
function isWorthReading(table: string, columns: readonly string[] = []): boolean {
  return table !== "products" || columns.includes("category") || columns.includes("product_type");
}
