import type { Engine } from "../engine/index.js";
import { featureSql } from "./sql.js";

/**
 * Computes the buy-till-you-die summary into the engine's table `btyd_summary`: customer_id, as_of and
 *
 * - `x`: purchase days after the first,
 * - `t_x`: days from the first to the last of them, 0 if `x` is 0,
 * - `T`: days from the first to as_of, with 0 <= t_x <= T,
 * - `m_x`: mean spend per repeat purchase day, 0 if `x` is 0; under the policy net less what came back after the first day.
 *
 * `computeFeatures` or `defineSeen` must have set the cuts.
 */
export async function computeBtydSummary(engine: Engine): Promise<void> {
  await engine.run(`CREATE OR REPLACE TABLE btyd_summary AS ${featureSql("btyd-summary")}`);
}
