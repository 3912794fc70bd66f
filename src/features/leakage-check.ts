import type { TrustedDataset } from "../datasets/index.js";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import { type ComputeFeaturesOptions, computeFeatures } from "./compute-features.js";
import { openHistory } from "./history.js";

/** A feature that changed when only the future did. */
export interface Leak {
  readonly feature: string;
  /** Rows whose value changed. */
  readonly rows: number;
}

/**
 * Computes features twice, the second time with everything after the last cut shuffled: customers and amounts of later
 * orders, lines, returns and contacts change hands, and a third of them vanish. Features that differ have seen the future.
 * Leaves the history open at `asOf`.
 *
 * @param asOf Last day that the data may have; the cuts must lie before it, or nothing is tested.
 * @returns No entry if nothing leaks.
 */
export async function leakageCheck(
  engine: Engine,
  dataset: Pick<TrustedDataset, "tables" | "settings">,
  { asOf, ...options }: ComputeFeaturesOptions & { readonly asOf: string },
): Promise<Leak[]> {
  const last = [...options.cuts].sort().at(-1) ?? asOf;
  await openHistory(engine, dataset, { asOf });
  const { names } = await computeFeatures(engine, dataset, options);
  await engine.run("CREATE OR REPLACE TABLE features_before AS SELECT * FROM features");
  const replace: Record<string, string> = {};
  for (const [table, day] of Object.entries({ orders: "ordered_on", returns: "returned_on", contacts: "sent_on" })) {
    const columns = dataset.tables[table];
    if (!columns) continue;
    await engine.run(shuffledFuture(table, day, columns, last));
    replace[table] = `shuffled_${table}`;
  }
  await openHistory(engine, dataset, { asOf, replace });
  await computeFeatures(engine, dataset, options);
  const changes = names.map(
    (name) =>
      `count(*) FILTER (WHERE a.${quotedIdentifier(name)} IS DISTINCT FROM b.${quotedIdentifier(name)}) AS ${quotedIdentifier(name)}`,
  );
  const [counts] = await engine.rows(
    `SELECT count(*) AS all_rows, ${changes.join(", ")} FROM features_before a FULL JOIN features b ON b.customer_id = a.customer_id AND b.as_of = a.as_of`,
  );
  await engine.run("DROP TABLE features_before");
  await openHistory(engine, dataset, { asOf });
  return names.map((name) => ({ feature: name, rows: Number(counts[name]) })).filter(({ rows }) => rows > 0);
}

/** The table with its rows after `last` mixed up; the past stays as it is. */
function shuffledFuture(table: string, day: string, columns: readonly string[], last: string): string {
  const trusted = quotedIdentifier(`trusted_${table}`);
  const mixed = ["customer_id", "amount", "redeemed_on"].filter((name) => columns.includes(name));
  const kept = columns.filter((name) => !mixed.includes(name)).map((name) => `a.${quotedIdentifier(name)}`);
  const swapped = mixed.map((name) => `b.${quotedIdentifier(name)}`);
  const number = `row_number() OVER (ORDER BY ${columns.map(quotedIdentifier).join(", ")})`;
  return `CREATE OR REPLACE TABLE ${quotedIdentifier(`shuffled_${table}`)} AS
    WITH future AS (SELECT *, ${number} AS i, count(*) OVER () AS n FROM ${trusted} WHERE ${day} > DATE '${last}')
    SELECT ${columns.map(quotedIdentifier).join(", ")} FROM ${trusted} WHERE ${day} <= DATE '${last}'
    UNION ALL
    SELECT ${columns.map((name) => (mixed.includes(name) ? swapped[mixed.indexOf(name)] : kept.find((text) => text === `a.${quotedIdentifier(name)}`))).join(", ")}
    FROM future a JOIN future b ON b.i = a.n + 1 - a.i WHERE a.i % 3 <> 0`;
}
