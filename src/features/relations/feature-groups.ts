import { quotedIdentifier, quotedText } from "../../engine/index.js";
import { categorySlug, type FeatureGroup, featureGroups } from "../catalogue.js";
import type { GroupColumn } from "./available-features.js";
import { featureSql } from "./feature-sql.js";
import type { Relations } from "./relations.js";
import { computeUserGroup, type UserGroup } from "./user-groups.js";

/** Returns the SQL of the catalogue groups that these columns come from. */
export function groupQueries(
  columns: readonly GroupColumn[],
  categories: readonly string[],
): { readonly group: FeatureGroup; readonly sql: string }[] {
  return featureGroups
    .filter((name) => columns.some(({ group }) => group === name))
    .map((group) => ({ group, sql: groupSql(group, categories) }));
}

/** Computes these columns, as of the days that are set, into a new table. What is not wanted is not computed. */
export async function computeFeatures(
  relations: Relations,
  columns: readonly GroupColumn[],
  {
    categories,
    userGroups,
    table,
  }: { readonly categories: readonly string[]; readonly userGroups: readonly UserGroup[]; readonly table: string },
): Promise<void> {
  const { seen, keptName } = relations;
  const groupTable = (group: string) => keptName(`group_${group}`);
  const groups = [...new Set(columns.map(({ group }) => group))];
  for (const { group, sql } of groupQueries(columns, categories)) {
    const own = columns.filter((feature) => feature.group === group).map(({ column }) => quotedIdentifier(column));
    await seen.run(
      `CREATE OR REPLACE TABLE ${groupTable(group)} AS SELECT customer_id, as_of, ${own.join(", ")} FROM (${sql}\n) AS wanted`,
    );
  }
  for (const group of userGroups) {
    if (groups.includes(group.group)) await computeUserGroup(relations, group, groupTable(group.group));
  }
  const alias = (group: string) => quotedIdentifier(`group_${group}`);
  const joins = groups.map(
    (group) =>
      `LEFT JOIN ${groupTable(group)} AS ${alias(group)} ON ${alias(group)}.customer_id = s.customer_id AND ${alias(group)}.as_of = s.as_of`,
  );
  const values = columns.map(({ group, column }) => {
    const value = `${alias(group)}.${quotedIdentifier(column)}`;
    // A customer who never bought in any category has no row in that group.
    return `${group === "category" ? `COALESCE(${value}, 0)` : value} AS ${quotedIdentifier(column)}`;
  });
  await seen.run(
    `CREATE TABLE ${table} AS SELECT ${["s.customer_id", "s.as_of", ...values].join(", ")} FROM seen_customers s ${joins.join("\n")}`,
  );
  for (const group of groups) await seen.run(`DROP TABLE ${groupTable(group)}`);
}

function groupSql(group: FeatureGroup, categories: readonly string[]): string {
  return group === "category" ? wideCategories(featureSql("category"), categories) : featureSql(group);
}

/** One column per named category out of the long form. */
function wideCategories(long: string, categories: readonly string[]): string {
  const columns = categories.flatMap((category) =>
    ["spend_30d", "txn_count", "favorite_category"].map(
      (measure) =>
        `max(CASE WHEN category = ${quotedText(category.toLowerCase().trim())} THEN ${measure} END) AS ${quotedIdentifier(`${measure}_${categorySlug(category)}`)}`,
    ),
  );
  return `SELECT customer_id, as_of, ${columns.join(", ")} FROM (${long}) AS long_form GROUP BY customer_id, as_of`;
}
