import { quotedIdentifier, quotedText } from "../../engine/index.js";
import { categorySlug } from "../catalogue.js";
import { featureSql } from "./feature-sql.js";

/** Horizon of a label, and the last known day. */
export interface LabelSqlOptions {
  /** Days after the cut that the label covers: as_of + 1 to as_of + horizonDays. */
  readonly horizonDays: number;
  /** Last day that is known; only days whose horizon is closed by then get labels. */
  readonly knownUntil: string;
  readonly categories: readonly string[];
}

/**
 * Writes SQL for the labels of every day that is set and closed, and each customer known then: horizon_days,
 * bought_again, churned, orders, spend, and spend_<category>. Spend is before returns under either policy.
 */
export function labelSql({ horizonDays, knownUntil, categories }: LabelSqlOptions): string {
  const wide = categories.map(
    (category) =>
      `COALESCE(max(CASE WHEN b.category = ${quotedText(category.toLowerCase().trim())} THEN b.spend END), 0) AS ${quotedIdentifier(`spend_${categorySlug(category)}`)}`,
  );
  // Both files hold the horizon as a parameter; what creates a table takes none, so it is written in.
  const horizon = String(horizonDays);
  const labels = featureSql("labels").replaceAll("$horizon_days", horizon);
  const byCategory = featureSql("labels-by-category").replaceAll("$horizon_days", horizon);
  const keys = ["customer_id", "as_of", "horizon_days", "bought_again", "churned", "orders", "spend"];
  return `SELECT ${keys.map((key) => `l.${key}`).join(", ")}${wide.map((column) => `, ${column}`).join("")}
    FROM (${labels}) AS l ${wide.length ? `LEFT JOIN (${byCategory}) AS b ON b.customer_id = l.customer_id AND b.as_of = l.as_of` : ""}
    WHERE @days_after(l.as_of, ${horizon}) <= DATE '${knownUntil}'
    ${wide.length ? `GROUP BY ${keys.map((key) => `l.${key}`).join(", ")}` : ""}`;
}
