import type { TrustedDataset } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import { joinFeatureGroups } from "./feature-groups.js";
import type { ComputeFeaturesOptions, FeatureTable } from "./feature-table.js";
import { historyEnd } from "./history.js";
import { leakageCheck } from "./leakage-check.js";

/**
 * Computes every feature that the dataset can give into the engine's table `features`, one row per customer and cut.
 * `openHistory` must have been called. The same definitions serve one cut or many in one pass. Groups of a
 * `featureFolder` are first tried for leakage at earlier days of the open history.
 *
 * @throws {RangeError} If a cut lies after the end of the history, a name of `only` is unknown, or a group of
 *   `featureFolder` does not give exactly one row per customer and cut, or sees the future.
 */
export async function computeFeatures(
  engine: Engine,
  dataset: Pick<TrustedDataset, "tables" | "settings">,
  options: ComputeFeaturesOptions,
): Promise<FeatureTable> {
  if (options.featureFolder !== undefined) await refuseLeaks(engine, dataset, options);
  return joinFeatureGroups(engine, dataset, options);
}

async function refuseLeaks(
  engine: Engine,
  dataset: Pick<TrustedDataset, "tables" | "settings">,
  options: ComputeFeaturesOptions,
): Promise<void> {
  const asOf = await historyEnd(engine);
  // Days with much of the history on either side; the wanted cuts may have nothing after them that could leak.
  const [{ middle, late, last }] = await engine.rows(
    "SELECT @quantile_value(ordered_on, 0.5) AS middle, @quantile_value(ordered_on, 0.8) AS late, max(ordered_on) AS last FROM orders",
  );
  const cuts = [...new Set([middle, late])].filter((day) => day !== null && day !== last).map(String);
  if (!cuts.length) return;
  const leaks = await leakageCheck(engine, dataset, { ...options, cuts, asOf });
  if (!leaks.length) return;
  const names = leaks.map(({ feature, rows }) => `"${feature}" (${rows} rows)`).join(", ");
  throw new RangeError(
    `Cannot add the feature groups of "${options.featureFolder}": ${names} changed when only the future did, read the seen_* relations alone and join them on as_of`,
  );
}
