import { sourceContract, type TableName } from "../datasets/index.js";
import { type Engine, quotedIdentifier } from "../engine/index.js";

/** Required columns of every line: order id, customer, time and amount. */
const lineColumns = ["order_id", "customer_id", "ordered_at", "amount"];

/**
 * Throws unless the required columns of all kept rows have values, so that trusted tables fulfil their contract with any
 * rules.
 *
 * @param others Other tables of the source, already cleaned as `clean_<name>`.
 * @throws {RangeError} If a value is missing; counts all of them and suggests a rule.
 */
export async function checkContract(engine: Engine, others: readonly string[]): Promise<void> {
  const checked = [
    { relation: "clean_lines", table: "lines", columns: lineColumns },
    { relation: "returned_lines", table: "lines", columns: lineColumns },
    ...others.map((table) => ({ relation: `clean_${table}`, table, columns: indispensable(table as TableName) })),
  ];
  const missing: { table: string; column: string; rows: number; of: string }[] = [];
  for (const { relation, table, columns } of checked) {
    const present = (await engine.describe(`SELECT * FROM ${quotedIdentifier(relation)}`)).map(({ name }) => name);
    const counted = columns.filter((column) => present.includes(column));
    const counts = counted.map(
      (column) => `count(*) - count(${quotedIdentifier(column)}) AS ${quotedIdentifier(column)}`,
    );
    const [row] = await engine.rows(`SELECT ${counts.join(", ")} FROM ${quotedIdentifier(relation)}`);
    const of = relation === "returned_lines" ? "returned lines" : table;
    for (const column of counted) {
      if (row[column]) missing.push({ table, column, rows: Number(row[column]), of });
    }
  }
  if (!missing.length) return;
  const list = missing.map(({ rows, of, column }) => `${rows} ${of} without ${column}`).join(", ");
  const [{ table, column }] = missing;
  const rule = {
    name: `missing_${column}`,
    ...(table === "lines" ? {} : { table }),
    where: `${column} IS NULL`,
    action: "drop",
    reason: "…",
  };
  throw new RangeError(`Cannot clean: the rules leave ${list}; add a rule before the others: ${JSON.stringify(rule)}`);
}

function indispensable(table: TableName): string[] {
  const { key, columns } = sourceContract[table];
  const required = Object.keys(columns).filter((column) => columns[column].required);
  // Lines of returns are numbered if the source has no line numbers.
  return [...new Set([...key.filter((column) => column !== "line_no"), ...required])];
}
