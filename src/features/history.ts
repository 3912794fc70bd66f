import type { TrustedDataset } from "../datasets/index.js";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import { checkedDay } from "../text/index.js";

/** Marks the views of a history, so that a trusted table registered anew is told from them. */
const marker = "known_until";

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

/** The condition under which a row of a table is known at the end of a day. */
const knownRows: Readonly<Record<string, (day: string) => string>> = {
  orders: (day) => `ordered_on <= ${day}`,
  order_lines: () => "order_id IN (SELECT order_id FROM orders)",
  returns: (day) => `returned_on <= ${day}`,
  contacts: (day) => `sent_on <= ${day}`,
};

/** The last day that anything may see. */
export interface HistoryOptions {
  /** Last calendar day that anything may see; later rows are out of reach of every query. */
  readonly asOf: string;
}

/**
 * Puts views over the trusted tables under their canonical names, cut at `asOf`, with every column that feature SQL
 * may name. Calling it again moves the cut; tables registered anew since then take the place of the old ones.
 *
 * @throws {RangeError} If `asOf` is no calendar day.
 */
export async function openHistory(
  engine: Engine,
  { tables }: Pick<TrustedDataset, "tables">,
  { asOf }: HistoryOptions,
): Promise<void> {
  const day = `DATE '${checkedDay(asOf)}'`;
  for (const [table, columns] of Object.entries(historyColumns)) {
    const trusted = tables[table];
    if (trusted) await keepTrusted(engine, table);
    const present = isWorthReading(table, trusted) ? trusted : undefined;
    const selected = Object.entries(columns).map(([name, type]) => {
      if (!present?.includes(name)) return `CAST(NULL AS ${type}) AS ${name}`;
      // A redemption after the cut has not happened yet.
      return name === "redeemed_on" ? `CASE WHEN redeemed_on <= ${day} THEN redeemed_on END AS redeemed_on` : name;
    });
    const known = knownRows[table] ? `WHERE ${knownRows[table](day)}` : "";
    const from = present ? `${trustedName(table)} ${known}` : "(SELECT 1 AS nothing) AS t WHERE 1 = 0";
    await engine.run(
      `CREATE OR REPLACE VIEW ${table} AS SELECT ${selected.join(", ")}, ${day} AS ${marker} FROM ${from}`,
    );
  }
  await engine.run(`CREATE OR REPLACE VIEW history AS SELECT ${day} AS ${marker}`);
}

/** Of products feature SQL reads the kinds alone: where a dataset knows none, its products would be joined for nothing. */
function isWorthReading(table: string, columns: readonly string[] = []): boolean {
  return table !== "products" || columns.includes("category") || columns.includes("product_type");
}

/** The last day of the open history. */
export async function historyEnd(engine: Engine): Promise<string> {
  const [{ day }] = await engine.rows(`SELECT ${marker} AS day FROM history`);
  return String(day);
}

/** The name of a trusted table while a history is open. */
export function trustedName(table: string): string {
  return quotedIdentifier(`trusted_${table}`);
}

/** Moves the view of a trusted table out of the way, unless the view of that name is ours. */
async function keepTrusted(engine: Engine, table: string): Promise<void> {
  const columns = await engine.describe(`SELECT * FROM ${table}`);
  if (columns.some(({ name }) => name === marker)) return;
  await engine.run(`DROP VIEW IF EXISTS ${trustedName(table)}`);
  await engine.run(`ALTER VIEW ${table} RENAME TO ${trustedName(table)}`);
}
