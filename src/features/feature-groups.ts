import type { TrustedDataset } from "../datasets/index.js";
import { type Engine, quotedIdentifier, quotedText } from "../engine/index.js";
import { nearest } from "../errors.js";
import { categorySlug, type FeatureGroup, featureCatalogue, featureGroups } from "./catalogue.js";
import type { ComputeFeaturesOptions, FeatureTable } from "./feature-table.js";
import { defineSeen } from "./seen.js";
import { featureSql } from "./sql.js";
import { computeUserGroups } from "./user-groups.js";

type Dataset = Pick<TrustedDataset, "tables" | "settings">;

interface Wanted {
  readonly group: string;
  readonly column: string;
}

/** Computes the groups and joins them into the engine's table `features`, without any check for leakage. */
export async function joinFeatureGroups(
  engine: Engine,
  dataset: Dataset,
  { cuts, returns = "drop", featureFolder, only }: ComputeFeaturesOptions,
): Promise<FeatureTable> {
  const { possible, leftOut } = possibleFeatures(dataset);
  const own = only ? chosen(possible, leftOut, only) : possible;
  const queries = featureGroups
    .filter((name) => own.some((feature) => feature.group === name))
    .map((group) => ({ group, sql: groupSql(group, dataset.settings.categories) }));
  const readers = queries.filter(({ sql }) => /\bseen_lines\b/.test(sql)).length;
  const once = readers <= 1 && cuts.length === 1 && featureFolder === undefined;
  await defineSeen(engine, { cuts, returns, linesRead: once ? "once" : "many" });
  for (const { group, sql } of queries) {
    const columns = own.filter((feature) => feature.group === group).map(({ column }) => quotedIdentifier(column));
    // What is not wanted is not computed.
    await engine.run(
      `CREATE OR REPLACE TABLE ${groupTable(group)} AS SELECT customer_id, as_of, ${columns.join(", ")} FROM (${sql}\n) AS wanted`,
    );
  }
  const users = featureFolder === undefined ? [] : await computeUserGroups(engine, featureFolder);
  const added = users.flatMap(({ group, columns }) => columns.map((column) => ({ group, column })));
  requireNewNames(own, added, dataset.settings.protected);
  const wanted = [...own, ...added];
  const groups = [...new Set(wanted.map(({ group }) => group))];
  const joins = groups.map((group) => {
    const table = groupTable(group);
    return `LEFT JOIN ${table} ON ${table}.customer_id = s.customer_id AND ${table}.as_of = s.as_of`;
  });
  const columns = wanted.map(({ group, column }) => {
    const value = `${groupTable(group)}.${quotedIdentifier(column)}`;
    // A customer who never bought in any category has no row in that group.
    return `${group === "category" ? `COALESCE(${value}, 0)` : value} AS ${quotedIdentifier(column)}`;
  });
  await engine.run(
    `CREATE OR REPLACE TABLE features AS SELECT ${["s.customer_id", "s.as_of", ...columns].join(", ")} FROM seen_customers s ${joins.join("\n")}`,
  );
  for (const group of groups) await engine.run(`DROP TABLE ${groupTable(group)}`);
  const [{ n }] = await engine.rows("SELECT count(*) AS n FROM features");
  return { names: wanted.map(({ column }) => column), rows: Number(n), leftOut };
}

function groupTable(group: string): string {
  return quotedIdentifier(`group_${group}`);
}

/** What of the catalogue the dataset can give, with one column per named category, and what it cannot. */
function possibleFeatures({ tables, settings }: Dataset): {
  possible: { group: FeatureGroup; column: string }[];
  leftOut: { name: string; lacks: string[] }[];
} {
  const possible: { group: FeatureGroup; column: string }[] = [];
  const leftOut: { name: string; lacks: string[] }[] = [];
  for (const { name, group, needs } of featureCatalogue) {
    const lacks = needs.filter((need) => {
      const [table, column] = need.split(".");
      return !tables[table] || (column !== undefined && !tables[table].includes(column));
    });
    const columns = name.endsWith("<category>")
      ? settings.categories.map((category) => name.replace("<category>", categorySlug(category)))
      : [name];
    if (lacks.length) leftOut.push({ name, lacks });
    else if (!columns.length) leftOut.push({ name, lacks: ["settings.categories"] });
    else possible.push(...columns.map((column) => ({ group, column })));
  }
  return { possible, leftOut };
}

function chosen<T extends Wanted>(
  possible: readonly T[],
  leftOut: FeatureTable["leftOut"],
  only: readonly string[],
): T[] {
  for (const name of only) {
    if (possible.some(({ column }) => column === name)) continue;
    const absent = leftOut.find((feature) => feature.name === name);
    if (absent) throw new RangeError(`Cannot compute "${name}": the dataset has no ${absent.lacks.join(" and no ")}`);
    const names = possible.map(({ column }) => column);
    const near = nearest(name, names);
    throw new RangeError(
      `Cannot compute "${name}": there is no such feature${near ? `, did you mean "${near}"?` : `, there are ${names.join(", ")}`}`,
    );
  }
  return possible.filter(({ column }) => only.includes(column));
}

function requireNewNames(own: readonly Wanted[], added: readonly Wanted[], protectedNames: readonly string[]): void {
  for (const [i, { group, column }] of added.entries()) {
    const twin = [...own, ...added.slice(0, i)].find((feature) => feature.column === column);
    if (twin) {
      throw new RangeError(
        `Cannot add the feature group "${group}": its column "${column}" exists in the group "${twin.group}", another name is needed`,
      );
    }
    if (protectedNames.includes(column)) {
      throw new RangeError(
        `Cannot add the feature group "${group}": its column "${column}" is a protected attribute, which is never a feature`,
      );
    }
  }
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
