import { type Engine, quotedIdentifier } from "../engine/index.js";
import { checkedDay } from "../text/index.js";
import { categorySlug } from "./catalogue.js";
import { featureSql } from "./sql.js";

/** How far a label looks, and the last day of which anything is known. */
export interface LabelOptions {
  /** Days after the cut that the label covers: as_of + 1 to as_of + horizonDays. */
  readonly horizonDays: number;
  /** Last day that is known; only cuts whose horizon is closed by then get labels. */
  readonly knownUntil: string;
  readonly categories: readonly string[];
}

/**
 * Adds to the engine's table `labels`, for each closed cut and each customer known then: horizon_days, bought_again,
 * churned, orders, spend, and spend_<category>. `defineSeen` must have set the cuts; once per horizon.
 * Labels of the same cuts and horizon are replaced. Spend is before returns under either policy.
 *
 * @throws {RangeError} If `horizonDays` is not a whole number from 1.
 */
export async function addLabels(engine: Engine, { horizonDays, knownUntil, categories }: LabelOptions): Promise<void> {
  if (!(Number.isInteger(horizonDays) && horizonDays >= 1)) {
    throw new RangeError(`Cannot label: horizonDays is ${horizonDays}, a whole number from 1 is needed`);
  }
  const wide = categories.map((category) => {
    const value = category.toLowerCase().trim().replaceAll("'", "''");
    return `COALESCE(max(CASE WHEN b.category = '${value}' THEN b.spend END), 0) AS ${quotedIdentifier(`spend_${categorySlug(category)}`)}`;
  });
  // Both files hold the horizon as a parameter; a view cannot, so it is written in.
  const horizon = String(horizonDays);
  const labels = featureSql("labels").replaceAll("$horizon_days", horizon);
  const byCategory = featureSql("labels-by-category").replaceAll("$horizon_days", horizon);
  const keys = ["customer_id", "as_of", "horizon_days", "bought_again", "churned", "orders", "spend"];
  const sql = `SELECT ${keys.map((key) => `l.${key}`).join(", ")}${wide.map((column) => `, ${column}`).join("")}
    FROM (${labels}) AS l ${wide.length ? `LEFT JOIN (${byCategory}) AS b ON b.customer_id = l.customer_id AND b.as_of = l.as_of` : ""}
    WHERE @days_after(l.as_of, ${horizon}) <= DATE '${checkedDay(knownUntil)}'
    ${wide.length ? `GROUP BY ${keys.map((key) => `l.${key}`).join(", ")}` : ""}`;
  const [{ n }] = await engine.rows("SELECT count(*) AS n FROM information_schema.tables WHERE table_name = 'labels'");
  if (n !== 0) {
    await engine.run(`DELETE FROM labels WHERE horizon_days = ${horizon} AND as_of IN (SELECT as_of FROM cuts)`);
  }
  await engine.run(n === 0 ? `CREATE TABLE labels AS ${sql}` : `INSERT INTO labels ${sql}`);
}
