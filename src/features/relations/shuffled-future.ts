import { quotedIdentifier } from "../../engine/index.js";

interface Future {
  /** The rows that lie after a day. */
  readonly after: (day: string, nameOf: (table: string) => string) => string;
  /** Columns that change hands. */
  readonly mixed: readonly string[];
}

const futures: Readonly<Record<string, Future>> = {
  orders: { after: (day) => `ordered_on > DATE '${day}'`, mixed: ["customer_id", "amount", "store_id"] },
  order_lines: {
    after: (day, nameOf) => `order_id IN (SELECT order_id FROM ${nameOf("orders")} WHERE ordered_on > DATE '${day}')`,
    mixed: ["product_id", "quantity", "amount", "promotion_id"],
  },
  returns: { after: (day) => `returned_on > DATE '${day}'`, mixed: ["customer_id", "amount"] },
  contacts: { after: (day) => `sent_on > DATE '${day}'`, mixed: ["customer_id", "channel", "redeemed_on"] },
};

/**
 * Writes SQL for the rows of a table in which everything after a day is shuffled: customers, amounts and products of
 * later orders, lines, returns and contacts change hands, a third of them vanish, and later redemptions are taken back.
 * Undefined for a table without a future.
 */
export function shuffledFuture(
  table: string,
  columns: readonly string[],
  { after: day, nameOf }: { readonly after: string; readonly nameOf: (table: string) => string },
): string | undefined {
  const future = futures[table];
  if (!future) return undefined;
  const isAfter = future.after(day, nameOf);
  const past = columns.map((name) =>
    name === "redeemed_on"
      ? `CASE WHEN redeemed_on <= DATE '${day}' THEN redeemed_on END AS redeemed_on`
      : quotedIdentifier(name),
  );
  const shuffled = columns.map((name) => `${future.mixed.includes(name) ? "b" : "a"}.${quotedIdentifier(name)}`);
  return `WITH future AS (SELECT *, row_number() OVER (ORDER BY ${columns.map(quotedIdentifier).join(", ")}) AS i, count(*) OVER () AS n
      FROM ${nameOf(table)} WHERE ${isAfter})
    SELECT ${past.join(", ")} FROM ${nameOf(table)} WHERE NOT (${isAfter})
    UNION ALL
    SELECT ${shuffled.join(", ")} FROM future a JOIN future b ON b.i = a.n + 1 - a.i WHERE a.i % 3 <> 0`;
}
