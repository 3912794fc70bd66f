import type { TrustedDataset } from "../datasets/index.js";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import { joinFeatureGroups } from "./feature-groups.js";
import type { ComputeFeaturesOptions } from "./feature-table.js";
import { openHistory, trustedName } from "./history.js";

/** A feature that changed when only the future did. */
export interface Leak {
  readonly feature: string;
  /** Rows whose value changed. */
  readonly rows: number;
}

/**
 * Computes features, then once more for each cut with everything after that cut shuffled: customers, amounts and
 * products of later orders, lines, returns and contacts change hands, a third of them vanish, and later redemptions are
 * taken back. Features that differ at the cut or before it have seen the future. Leaves the history open at `asOf`.
 *
 * @param asOf Last day that the data may have; the cuts must lie before it, or nothing is tested.
 * @returns No entry if nothing leaks.
 */
export async function leakageCheck(
  engine: Engine,
  dataset: Pick<TrustedDataset, "tables" | "settings">,
  { asOf, ...options }: ComputeFeaturesOptions & { readonly asOf: string },
): Promise<Leak[]> {
  await openHistory(engine, dataset, { asOf });
  const { names } = await joinFeatureGroups(engine, dataset, options);
  await engine.run("CREATE OR REPLACE TABLE features_before AS SELECT * FROM features");
  const changed = new Map<string, number>();
  try {
    for (const cut of new Set(options.cuts)) {
      await shuffleFuture(engine, dataset, cut);
      try {
        await openHistory(engine, dataset, { asOf });
        await joinFeatureGroups(engine, dataset, options);
      } finally {
        await restoreFuture(engine, dataset);
      }
      for (const [name, rows] of await differences(engine, names, cut)) {
        changed.set(name, Math.max(rows, changed.get(name) ?? 0));
      }
    }
  } finally {
    await engine.run("DROP TABLE features_before");
    await openHistory(engine, dataset, { asOf });
  }
  return [...changed].map(([feature, rows]) => ({ feature, rows }));
}

/** The features that differ from `features_before` at the cut or before it, with the number of rows. */
async function differences(engine: Engine, names: readonly string[], cut: string): Promise<[string, number][]> {
  const counts = names.map((name) => {
    const column = quotedIdentifier(name);
    return `sum(CASE WHEN a.${column} IS DISTINCT FROM b.${column} THEN 1 ELSE 0 END) AS ${column}`;
  });
  const past = (table: string) => `(SELECT * FROM ${table} WHERE as_of <= DATE '${cut}')`;
  const [row] = await engine.rows(
    `SELECT ${counts.join(", ")} FROM ${past("features_before")} a
     FULL JOIN ${past("features")} b ON b.customer_id = a.customer_id AND b.as_of = a.as_of`,
  );
  return names.map((name): [string, number] => [name, Number(row[name])]).filter(([, rows]) => rows > 0);
}

/** Which rows of a table lie after a cut, and which of their columns change hands. */
const futures: Readonly<
  Record<string, { readonly after: (cut: string) => string; readonly mixed: readonly string[] }>
> = {
  orders: { after: (cut) => `ordered_on > DATE '${cut}'`, mixed: ["customer_id", "amount", "store_id"] },
  order_lines: {
    after: (cut) => `order_id IN (SELECT order_id FROM ${trueName("orders")} WHERE ordered_on > DATE '${cut}')`,
    mixed: ["product_id", "quantity", "amount", "promotion_id"],
  },
  returns: { after: (cut) => `returned_on > DATE '${cut}'`, mixed: ["customer_id", "amount"] },
  contacts: { after: (cut) => `sent_on > DATE '${cut}'`, mixed: ["customer_id", "channel", "redeemed_on"] },
};

function trueName(table: string): string {
  return quotedIdentifier(`true_${table}`);
}

function futureTables(dataset: Pick<TrustedDataset, "tables">): string[] {
  return Object.keys(futures).filter((table) => dataset.tables[table] !== undefined);
}

/** Puts a table with a mixed-up future in the place of each trusted one, which stays as it was up to the cut. */
async function shuffleFuture(engine: Engine, dataset: Pick<TrustedDataset, "tables">, cut: string): Promise<void> {
  for (const table of futureTables(dataset)) {
    await engine.run(`ALTER VIEW ${trustedName(table)} RENAME TO ${trueName(table)}`);
    const columns = dataset.tables[table];
    const { after, mixed } = futures[table];
    const past = columns.map((name) =>
      name === "redeemed_on"
        ? `CASE WHEN redeemed_on <= DATE '${cut}' THEN redeemed_on END AS redeemed_on`
        : quotedIdentifier(name),
    );
    const shuffled = columns.map((name) => `${mixed.includes(name) ? "b" : "a"}.${quotedIdentifier(name)}`);
    await engine.run(`CREATE TABLE ${trustedName(table)} AS
      WITH future AS (SELECT *, row_number() OVER (ORDER BY ${columns.map(quotedIdentifier).join(", ")}) AS i, count(*) OVER () AS n
        FROM ${trueName(table)} WHERE ${after(cut)})
      SELECT ${past.join(", ")} FROM ${trueName(table)} WHERE NOT (${after(cut)})
      UNION ALL
      SELECT ${shuffled.join(", ")} FROM future a JOIN future b ON b.i = a.n + 1 - a.i WHERE a.i % 3 <> 0`);
  }
}

async function restoreFuture(engine: Engine, dataset: Pick<TrustedDataset, "tables">): Promise<void> {
  for (const table of futureTables(dataset)) {
    const [{ n }] = await engine.rows("SELECT count(*) AS n FROM information_schema.tables WHERE table_name = $name", {
      name: `true_${table}`,
    });
    if (n === 0) continue;
    await engine.run(`DROP TABLE IF EXISTS ${trustedName(table)}`);
    await engine.run(`ALTER VIEW ${trueName(table)} RENAME TO ${trustedName(table)}`);
  }
}
