import { type Engine, quotedIdentifier } from "../engine/index.js";
import { requireKnownOptions } from "../errors.js";
import type { FeatureTable } from "./feature-table.js";
import { type ObservedDataset, openObservedTables } from "./relations/observed-tables.js";
import type { ReturnsPolicy } from "./returns-policy.js";

/** A feature that changed when only the future did. */
export interface Leak {
  readonly feature: string;
  /** Rows whose value changed. */
  readonly rows: number;
}

/** Options for a leakage check. */
export interface LeakageCheckOptions {
  /** Last day that the data may have. */
  readonly asOf: string;
  /** Days of the features, each before `asOf`: nothing lies after `asOf` that could leak. */
  readonly at: readonly string[];
  /** Defaults to "drop". */
  readonly returns?: ReturnsPolicy;
  /** A folder of feature groups of one's own; defaults to none. */
  readonly featureDir?: string;
  /** Names of the features to check; defaults to all. */
  readonly features?: readonly string[];
}

/**
 * Computes features, then again for each day with everything after that day shuffled: customers, amounts and products of
 * later orders, lines, returns and contacts change hands, a third of them vanish, and later redemptions are taken back.
 * Features that differ on the day or before it have seen the future.
 *
 * @returns No entry if nothing leaks.
 */
export async function leakageCheck(
  engine: Engine,
  dataset: ObservedDataset,
  options: LeakageCheckOptions,
): Promise<Leak[]> {
  requireKnownOptions("check for leakage", options, {
    asOf: true,
    at: true,
    returns: true,
    featureDir: true,
    features: true,
  });
  const { asOf, at, returns = "drop", featureDir, features } = options;
  const opening = { asOf, returns, ...(featureDir === undefined ? {} : { featureDir }) };
  const real = await openObservedTables(engine, dataset, opening);
  const changed = new Map<string, number>();
  try {
    const before = await real.features(at, features);
    for (const day of new Set(at)) {
      const shuffled = await openObservedTables(engine, dataset, { ...opening, shuffledAfter: day });
      try {
        const after = await shuffled.features(at, features);
        for (const [name, rows] of await differences(engine, { before, after }, day)) {
          changed.set(name, Math.max(rows, changed.get(name) ?? 0));
        }
      } finally {
        await shuffled.relations.close();
      }
    }
  } finally {
    await real.relations.close();
  }
  return [...changed].map(([feature, rows]) => ({ feature, rows }));
}

/** Features that differ on the day or before it, with the number of rows. */
async function differences(
  engine: Engine,
  { before, after }: { readonly before: FeatureTable; readonly after: FeatureTable },
  day: string,
): Promise<[string, number][]> {
  const counts = before.names.map((name) => {
    const column = quotedIdentifier(name);
    return `sum(CASE WHEN a.${column} IS DISTINCT FROM b.${column} THEN 1 ELSE 0 END) AS ${column}`;
  });
  const past = ({ relation }: FeatureTable) => `(SELECT * FROM ${relation} WHERE as_of <= DATE '${day}')`;
  const [row] = await engine.rows(
    `SELECT ${counts.join(", ")} FROM ${past(before)} a
     FULL JOIN ${past(after)} b ON b.customer_id = a.customer_id AND b.as_of = a.as_of`,
  );
  return before.names.map((name): [string, number] => [name, Number(row[name])]).filter(([, rows]) => rows > 0);
}
