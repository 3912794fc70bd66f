import { createHash } from "node:crypto";
import { expect } from "vitest";
import { openTrustedTables } from "../../src/datasets/index.js";
import { type Columns, quotedIdentifier } from "../../src/engine/index.js";
import { churned, leakageCheck, openObservations } from "../../src/features/index.js";
import type { Trusted } from "./trust.js";

const policies = ["drop", "net"] as const;

/** Runs the product's own leakage check under both policies on returns. */
export async function expectNoLeaks(
  { engine, dataset }: Trusted,
  options: { readonly asOf: string; readonly at: readonly string[] },
): Promise<void> {
  for (const returns of policies) {
    expect(await leakageCheck(engine, dataset, { ...options, returns }), returns).toEqual([]);
  }
}

/**
 * Shuffles everything after `asOf` in the trusted tables themselves, by another method than the product's check, and
 * compares every value that observations give before and after, for all days at once: features, BTYD summary and closed
 * labels, as relations and as rows.
 */
export async function expectUntouchedByFuture(
  trusted: Trusted,
  { asOf, at, horizonDays }: { readonly asOf: string; readonly at: readonly string[]; readonly horizonDays: number },
): Promise<void> {
  const { engine, folder } = trusted;
  // Without its folder, so that the engine's tables are read, which are about to change.
  const { folder: _, ...dataset } = trusted.dataset;
  const results = async (returns: (typeof policies)[number]) => {
    const observations = await openObservations(engine, dataset, { asOf, returns });
    const days = [...at, asOf];
    const { categories } = dataset.settings;
    const relations = {
      labels: await observations.labels({ at: days, horizonDays, categories }),
      features: await observations.features({ at: days }),
      btydSummary: await observations.btydSummary({ at: days }),
    };
    const found: Record<string, Record<string, string>> = {};
    for (const [name, { relation }] of Object.entries(relations)) {
      found[name] = digests(await engine.columns(`SELECT * FROM ${relation} ORDER BY as_of, customer_id`));
    }
    expect(relations.labels.rows).toBeGreaterThan(0);
    const features = ["recency_days", "frequency", "monetary"];
    const { X, y, customerIds } = await observations.rows({ at, features, label: churned(horizonDays) });
    found["rows"] = digests({ X: X.data, y, customerIds });
    const { x, t_x, T, m_x, asOf: ofHistories } = await observations.purchaseHistories({ at: days });
    found["histories"] = digests({ x, t_x, T, m_x, ofHistories });
    await observations.close();
    return found;
  };
  await openTrustedTables(engine, folder);
  const before = [await results("drop"), await results("net")];
  const changed = await replaceFuture(trusted, asOf);
  try {
    expect(changed, "rows after as_of").toBeGreaterThan(0);
    const after = [await results("drop"), await results("net")];
    expect(after).toEqual(before);
  } finally {
    await openTrustedTables(engine, folder);
  }
}

/** A hash by column, so that a difference names the column. */
function digests(columns: Columns): Record<string, string> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => {
      const bytes = values instanceof Float64Array ? new Uint8Array(values.buffer) : JSON.stringify(values);
      return [name, createHash("sha256").update(bytes).digest("hex").slice(0, 16)];
    }),
  );
}

/** Gives each row after the day the customer and amount of the row 1,237 places on, and writes every tenth twice. */
export async function replaceFuture({ engine, dataset }: Trusted, asOf: string): Promise<number> {
  const days = { orders: "ordered_on", returns: "returned_on", contacts: "sent_on" } as const;
  let rows = 0;
  for (const [table, day] of Object.entries(days)) {
    const columns = dataset.tables[table];
    if (!columns) continue;
    const list = columns.map((name) =>
      name === "customer_id" || name === "amount"
        ? `b.${name}`
        : name.endsWith("_id")
          ? `a.${name} || '*' AS ${name}`
          : `a.${name}`,
    );
    const past = columns.map((name) =>
      name === "redeemed_on"
        ? `CASE WHEN redeemed_on > DATE '${asOf}' THEN DATE '2099-01-01' ELSE redeemed_on END AS redeemed_on`
        : name,
    );
    const key = columns.map(quotedIdentifier).join(", ");
    await engine.run(`CREATE OR REPLACE TABLE other_${table} AS
      WITH future AS (SELECT *, row_number() OVER (ORDER BY ${key}) - 1 AS i, count(*) OVER () AS n FROM ${table} WHERE ${day} > DATE '${asOf}')
      SELECT ${past.join(", ")} FROM ${table} WHERE ${day} <= DATE '${asOf}'
      UNION ALL SELECT ${list.join(", ")} FROM future a JOIN future b ON b.i = (a.i + 1237) % a.n
      UNION ALL SELECT ${list.join(", ")} FROM future a JOIN future b ON b.i = (a.i + 17) % a.n WHERE a.i % 10 = 0`);
    const [{ n }] = await engine.rows(`SELECT count(*) AS n FROM ${table} WHERE ${day} > DATE '${asOf}'`);
    rows += Number(n);
    await engine.run(`DROP VIEW ${table}`);
    await engine.run(`CREATE VIEW ${table} AS SELECT * FROM other_${table}`);
  }
  return rows;
}
