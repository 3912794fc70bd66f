import { quotedIdentifier } from "../../engine/index.js";
import { nearest } from "../../errors.js";
import { matrixFromColumns } from "../../matrix/index.js";
import { categorySlug, dayBefore } from "../../text/index.js";
import type { FeatureTable } from "../feature-table.js";
import { type Label, requireHorizon } from "../labels.js";
import { type ObservedRows, observedRows } from "../observed-rows.js";
import type { ObservedTables } from "./observed-tables.js";

/** Days, features and the label to read. */
export interface ReadRowsOptions {
  /** Last day that is known. */
  readonly asOf: string;
  readonly days: readonly string[];
  readonly features: () => Promise<FeatureTable>;
  readonly label?: Label;
}

/** Reads features, and a label, as of some days, ordered by day and customer. */
export async function readRows(
  tables: ObservedTables,
  { asOf, days, features, label }: ReadRowsOptions,
): Promise<ObservedRows> {
  const { engine } = tables.relations;
  if (label) requireClosed(label, { days, asOf });
  if (label?.category !== undefined) await requireCategory(tables, label.category);
  const { relation, names } = await features();
  const labels = label && (await labelTable(tables, label, days));
  const types = new Map((await engine.describe(`SELECT * FROM ${relation}`)).map(({ name, type }) => [name, type]));
  const isNumber = (name: string) => /INT|DECIMAL|DOUBLE|FLOAT|BOOLEAN/.test(types.get(name) ?? "");
  const wanted = names.map((name) => {
    const column = `f.${quotedIdentifier(name)}`;
    return `${isNumber(name) ? `@number(${column})` : `@text(${column})`} AS ${quotedIdentifier(name)}`;
  });
  const columns = await engine.columns(
    `SELECT f.customer_id, f.as_of${labels ? `, @number(l.${labels.column}) AS "the label"` : ""}, ${wanted.join(", ")}
     FROM ${relation} AS f ${labels ? `JOIN ${labels.relation} AS l ON l.customer_id = f.customer_id AND l.as_of = f.as_of` : ""}
     ORDER BY f.as_of, f.customer_id`,
  );
  for (const table of [relation, ...(labels ? [labels.relation] : [])]) await engine.run(`DROP TABLE ${table}`);
  const customerIds = columns["customer_id"] as string[];
  const numeric = names.filter(isNumber);
  const pick = <T>(chosen: readonly string[]) =>
    Object.fromEntries(chosen.map((name) => [name, columns[name] as unknown as T]));
  return observedRows(
    {
      X: numeric.length
        ? matrixFromColumns(pick<Float64Array>(numeric))
        : { nRows: customerIds.length, nCols: 0, data: new Float64Array(), columnNames: [] },
      ...(labels ? { y: columns["the label"] as Float64Array } : {}),
      text: pick<(string | null)[]>(names.filter((name) => !isNumber(name))),
      customerIds,
      asOf: columns["as_of"] as string[],
    },
    [...new Set(days)].sort(),
  );
}

const labelColumns = { churned: "churned", boughtAgain: "bought_again", orders: "orders", spend: "spend" } as const;

async function labelTable(tables: ObservedTables, { kind, horizonDays, category }: Label, days: readonly string[]) {
  const categories = category === undefined ? [] : [category];
  const { relation } = await tables.labels(days, { horizonsDays: [horizonDays], categories });
  const column = category === undefined ? labelColumns[kind] : `spend_${categorySlug(category)}`;
  return { relation, column: quotedIdentifier(column) };
}

function requireClosed(
  { kind, horizonDays, category }: Label,
  { days, asOf }: { readonly days: readonly string[]; readonly asOf: string },
): void {
  requireHorizon(horizonDays);
  const open = days.find((day) => dayBefore(day, -horizonDays) > asOf);
  if (open === undefined) return;
  const name = category === undefined ? `${kind}(${horizonDays})` : `spendOn("${category}", ${horizonDays})`;
  throw new RangeError(
    `Cannot label the rows of ${open} with ${name}: its horizon ends on ${dayBefore(open, -horizonDays)} and orders are known up to ${asOf}; use ${dayBefore(asOf, horizonDays)} or an earlier day`,
  );
}

async function requireCategory({ relations: { engine } }: ObservedTables, category: string): Promise<void> {
  const rows = await engine.rows(
    "SELECT DISTINCT lower(trim(category)) AS category FROM products WHERE category IS NOT NULL ORDER BY category",
  );
  const there = rows.map((row) => String(row["category"]));
  if (there.includes(category.toLowerCase().trim())) return;
  if (!there.length)
    throw new RangeError(
      `Cannot label by "${category}": the dataset has no products.category; map it, or choose a label without categories`,
    );
  const near = nearest(category, there);
  throw new RangeError(
    `Cannot label by "${category}": no product has this category${near ? `; did you mean "${near}"?` : `; use one of ${there.join(", ")}`}`,
  );
}
