import type { Engine } from "../engine/index.js";
import { leakageCheck } from "./leakage-check.js";
import type { ObservedDataset, ObservedTables } from "./relations/observed-tables.js";
import type { ReturnsPolicy } from "./returns-policy.js";

/**
 * Tries the user's feature groups for leakage, as of days with much of the history on either side.
 *
 * @throws {RangeError} If a feature changed when only the future did.
 */
export async function refuseLeaks(
  engine: Engine,
  dataset: ObservedDataset,
  {
    tables,
    ...options
  }: {
    readonly tables: ObservedTables;
    readonly asOf: string;
    readonly returns: ReturnsPolicy;
    readonly featureDir: string;
  },
): Promise<void> {
  const [{ middle, late, last }] = await tables.relations.seen.rows(
    "SELECT @quantile_value(ordered_on, 0.5) AS middle, @quantile_value(ordered_on, 0.8) AS late, max(ordered_on) AS last FROM orders",
  );
  const at = [...new Set([middle, late])].filter((day) => day !== null && day !== last).map(String);
  if (!at.length) return;
  const features = tables.userGroups.flatMap(({ columns }) => columns);
  const leaks = await leakageCheck(engine, dataset, { ...options, at, features });
  if (!leaks.length) return;
  const names = leaks.map(({ feature, rows }) => `"${feature}" (${rows} rows)`).join(", ");
  throw new RangeError(
    `Cannot add the feature groups of "${options.featureDir}": ${names} changed when only the future did; read the seen_* relations alone and join them on as_of`,
  );
}
