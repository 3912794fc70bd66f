import type { TrustedDataset } from "../datasets/index.js";
import { type Engine, quotedIdentifier } from "../engine/index.js";

/** The columns that feature SQL may count on; where a dataset lacks one it is null, where it lacks a table it is empty. */
const historyColumns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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

/** The day column by which a table is cut at `asOf`. */
const dayColumns: Readonly<Record<string, string>> = {
  orders: "ordered_on",
  returns: "returned_on",
  contacts: "sent_on",
};

export interface HistoryOptions {
  /** Last calendar day that anything may see; later rows are out of reach of every query. */
  readonly asOf: string;
  /** Replaces the trusted table of that name before it is cut; for leakage checks. */
  readonly replace?: Readonly<Record<string, string>>;
}

/**
 * Puts views over the trusted tables under their canonical names, cut at `asOf`, with every column that feature SQL
 * may name. Calling it again moves the cut.
 */
export async function openHistory(
  engine: Engine,
  { tables }: Pick<TrustedDataset, "tables">,
  { asOf, replace = {} }: HistoryOptions,
): Promise<void> {
  for (const [table, columns] of Object.entries(historyColumns)) {
    const present = tables[table];
    const trusted = quotedIdentifier(`trusted_${table}`);
    if (present) await keepTrusted(engine, table);
    const day = dayColumns[table];
    const selected = Object.entries(columns).map(([name, type]) => {
      if (!present?.includes(name)) return `CAST(NULL AS ${type}) AS ${name}`;
      // A redemption after the cut has not happened yet.
      return name === "redeemed_on"
        ? `CASE WHEN redeemed_on <= DATE '${checkedDay(asOf)}' THEN redeemed_on END AS redeemed_on`
        : name;
    });
    const from = !present
      ? "(SELECT 1 AS nothing) AS t WHERE 1 = 0"
      : `${replace[table] ?? trusted}${day ? ` WHERE ${day} <= DATE '${checkedDay(asOf)}'` : ""}`;
    await engine.run(`CREATE OR REPLACE VIEW ${table} AS SELECT ${selected.join(", ")} FROM ${from}`);
  }
}

/** Moves the view of a trusted table out of the way, once. */
async function keepTrusted(engine: Engine, table: string): Promise<void> {
  const [{ n }] = await engine.rows("SELECT count(*) AS n FROM information_schema.tables WHERE table_name = $name", {
    name: `trusted_${table}`,
  });
  if (n === 0) await engine.run(`ALTER VIEW ${table} RENAME TO ${quotedIdentifier(`trusted_${table}`)}`);
}

/** A calendar day that exists, as `YYYY-MM-DD`. */
export function checkedDay(day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day) {
    throw new RangeError(`Cannot use "${day}" as a day: a calendar day as YYYY-MM-DD is needed`);
  }
  return day;
}
