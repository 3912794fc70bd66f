import { sourceContract, type TableName } from "../datasets/index.js";
import { type Engine, quotedIdentifier } from "../engine/index.js";

/** Columns that no line may lack, whatever the source: an order has an id, a customer, a time and an amount. */
const lineColumns = ["order_id", "customer_id", "ordered_at", "amount"];

/**
 * Requires that what the rules left has its indispensable columns filled: a trusted table is held to its contract,
 * also where a dataset's own rules let everything pass.
 *
 * @param others Further tables that the source gives, already cleaned as `clean_<name>`.
 * @throws {RangeError} If a value is missing: counts them all and gives the rule that would help.
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
  throw new RangeError(
    `Cannot clean: the rules leave ${list}, none is needed; a rule before the others would help: ${JSON.stringify(rule)}`,
  );
}

function indispensable(table: TableName): string[] {
  const { key, columns } = sourceContract[table];
  const required = Object.keys(columns).filter((column) => columns[column].required);
  // Lines of returns are numbered where the source does not number them.
  return [...new Set([...key.filter((column) => column !== "line_no"), ...required])];
}
