import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TrustedDataset } from "../datasets/index.js";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import { messageOf } from "../errors.js";
import { categorySlug, featureCatalogue, featureGroups } from "./catalogue.js";
import { defineSeen, type ReturnsPolicy } from "./seen.js";
import { featureSql } from "./sql.js";

export interface ComputeFeaturesOptions {
  /** The days as of which features are computed, each `YYYY-MM-DD`. */
  readonly cuts: readonly string[];
  /** Defaults to "drop". */
  readonly returns?: ReturnsPolicy;
  /** A folder of further groups, each an SQL file over the `seen_*` relations; defaults to none. */
  readonly featureFolder?: string;
}

export interface FeatureTable {
  /** Feature columns in order, without customer_id and as_of. */
  readonly names: readonly string[];
  readonly rows: number;
  /** Features of the catalogue that this dataset cannot give, with the tables or columns it lacks. */
  readonly leftOut: readonly { readonly name: string; readonly lacks: readonly string[] }[];
}

/**
 * Computes every feature that the dataset can give into the engine's table `features`, one row per customer and cut.
 * `openHistory` must have been called. The same definitions serve one cut or many in one pass.
 *
 * @throws {RangeError} If a group of `featureFolder` does not give exactly one row per customer and cut.
 */
export async function computeFeatures(
  engine: Engine,
  dataset: Pick<TrustedDataset, "tables" | "settings">,
  { cuts, returns = "drop", featureFolder }: ComputeFeaturesOptions,
): Promise<FeatureTable> {
  await defineSeen(engine, { cuts, returns });
  const categories = dataset.settings.categories;
  const wanted: { group: string; column: string; name: string }[] = [];
  const leftOut: { name: string; lacks: string[] }[] = [];
  for (const { name, group, needs } of featureCatalogue) {
    const lacks = needs.filter((need) => !has(dataset.tables, need));
    const names = name.endsWith("<category>")
      ? categories.map((category) => name.replace("<category>", categorySlug(category)))
      : [name];
    if (lacks.length) leftOut.push({ name, lacks });
    else if (!names.length) leftOut.push({ name, lacks: ["settings.categories"] });
    else wanted.push(...names.map((column) => ({ group, column, name: column })));
  }
  for (const group of featureGroups) {
    if (!wanted.some((feature) => feature.group === group)) continue;
    const sql = group === "category" ? wideCategories(featureSql("category"), categories) : featureSql(group);
    await engine.run(`CREATE OR REPLACE TABLE ${quotedIdentifier(`group_${group}`)} AS ${sql}`);
  }
  for (const { group, columns } of await userGroups(engine, featureFolder)) {
    for (const column of columns) {
      const twin = wanted.find(({ name }) => name === column);
      if (twin)
        throw new RangeError(
          `Cannot add the feature group "${group}": its column "${column}" exists in the group "${twin.group}", another name is needed`,
        );
      wanted.push({ group, column, name: column });
    }
  }
  const groups = [...new Set(wanted.map(({ group }) => group))];
  const joins = groups.map((group) => {
    const alias = quotedIdentifier(`group_${group}`);
    return `LEFT JOIN ${alias} ON ${alias}.customer_id = s.customer_id AND ${alias}.as_of = s.as_of`;
  });
  const columns = wanted.map(({ group, column }) => {
    const value = `${quotedIdentifier(`group_${group}`)}.${quotedIdentifier(column)}`;
    return `${group === "category" ? `COALESCE(${value}, 0)` : value} AS ${quotedIdentifier(column)}`;
  });
  await engine.run(
    `CREATE OR REPLACE TABLE features AS SELECT s.customer_id, s.as_of, ${columns.join(", ")} FROM seen_customers s ${joins.join("\n")}`,
  );
  for (const group of groups) await engine.run(`DROP TABLE ${quotedIdentifier(`group_${group}`)}`);
  const [{ n }] = await engine.rows("SELECT count(*) AS n FROM features");
  return { names: wanted.map(({ name }) => name), rows: Number(n), leftOut };
}

function has(tables: TrustedDataset["tables"], need: string): boolean {
  const [table, column] = need.split(".");
  return tables[table] !== undefined && (column === undefined || tables[table].includes(column));
}

/** One column per named category out of the long form. */
function wideCategories(long: string, categories: readonly string[]): string {
  const columns = categories.flatMap((category) =>
    ["spend_30d", "txn_count", "favorite_category"].map(
      (measure) =>
        `max(CASE WHEN category = '${category.toLowerCase().trim().replaceAll("'", "''")}' THEN ${measure} END) AS ${quotedIdentifier(`${measure}_${categorySlug(category)}`)}`,
    ),
  );
  return `SELECT customer_id, as_of, ${columns.join(", ")} FROM (${long}) AS long_form GROUP BY customer_id, as_of`;
}

/** Runs the user's own groups and checks their shape. */
async function userGroups(engine: Engine, folder: string | undefined): Promise<{ group: string; columns: string[] }[]> {
  if (folder === undefined) return [];
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort();
  if (!files.length) throw new RangeError(`Cannot add feature groups: "${folder}" has no .sql file`);
  const groups: { group: string; columns: string[] }[] = [];
  for (const file of files) {
    const group = file.slice(0, -".sql".length);
    const table = quotedIdentifier(`group_${group}`);
    if ((featureGroups as readonly string[]).includes(group)) {
      throw new RangeError(
        `Cannot add the feature group "${group}": a group of this name exists, another file name is needed`,
      );
    }
    try {
      await engine.run(
        `CREATE OR REPLACE TABLE ${table} AS ${readFileSync(join(folder, file), "utf8").replace(/;\s*$/, "")}`,
      );
    } catch (cause) {
      throw new SyntaxError(`Cannot add the feature group "${group}" of "${join(folder, file)}": ${messageOf(cause)}`, {
        cause,
      });
    }
    const columns = (await engine.describe(`SELECT * FROM ${table}`)).map(({ name }) => name);
    for (const key of ["customer_id", "as_of"]) {
      if (!columns.includes(key))
        throw new RangeError(`Cannot add the feature group "${group}": it has no column "${key}"`);
    }
    const [shape] = await engine.rows(
      `SELECT (SELECT count(*) FROM seen_customers) AS expected, (SELECT count(*) FROM ${table}) AS rows,
         (SELECT count(*) FROM seen_customers s JOIN ${table} g ON g.customer_id = s.customer_id AND g.as_of = s.as_of) AS matched`,
    );
    if (shape["rows"] !== shape["expected"] || shape["matched"] !== shape["expected"]) {
      throw new RangeError(
        `Cannot add the feature group "${group}": it gives ${shape["rows"]} rows (${shape["matched"]} match a customer and cut), exactly one for each of the ${shape["expected"]} rows of seen_customers is needed`,
      );
    }
    groups.push({ group, columns: columns.filter((name) => name !== "customer_id" && name !== "as_of") });
  }
  return groups;
}
