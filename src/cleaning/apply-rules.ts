import { type CleaningRule, type ColumnType, sourceContract, type TableName } from "../datasets/index.js";
import { type Engine, quotedIdentifier, StatementTimeout } from "../engine/index.js";
import { messageOf } from "../errors.js";
import { columnsOfCopies } from "./columns-of-copies.js";
import { type LedgerEntry, ledgerOf, type RuleFigures } from "./ledger.js";

/** Rule that drops rows identical to an earlier row in every source column. */
export const deduplicationRule: CleaningRule = {
  name: "full_row_duplicate",
  where: "copy_no > 1",
  action: "drop",
  reason: "The row is identical to an earlier row",
};

/**
 * Applies rules in order to the engine's table `table`. Later rules skip removed rows and see rewritten rows as rewritten.
 * Creates the views `clean_<table>` with the kept rows and `returned_<table>` with the returns. Predicates may use
 * `copy_no`: 1 for the first of identical rows, 2 for its first copy.
 *
 * @returns One ledger entry per rule, in order.
 * @throws {SyntaxError} If the SQL of a rule is invalid or reads a file; names the rule.
 * @throws {StatementTimeout} If the rules run longer than the engine allows.
 * @throws {RangeError} If a rule sets a protected or missing column.
 */
export async function applyRules(
  engine: Engine,
  table: string,
  rules: readonly CleaningRule[],
): Promise<LedgerEntry[]> {
  const columns = await engine.describe(`SELECT * FROM ${quotedIdentifier(table)}`);
  for (const rule of rules) {
    requireRewritable(rule, columns);
    await requireExpressions(engine, table, rule);
  }
  const judged = quotedIdentifier(`judged_${table}`);
  const has = (name: string) => columns.some((column) => column.name === name);
  const start = startingLayer(table, columns, rules);
  const statement = (some: readonly CleaningRule[]) => layers(start, some, columns);
  const customer = has("customer_id") ? "customer_id" : "CAST(NULL AS VARCHAR)";
  // Rules on single rows are evaluated in each query, which is cheaper than storing all rows.
  const alone = rules.every(({ action, where }) => action !== "set" && !countsCopies(where));
  let entries: LedgerEntry[];
  try {
    const kept = quotedIdentifier(`kept judged_${table}`);
    if (!alone) await engine.run(`CREATE OR REPLACE TABLE ${kept} AS ${statement(rules)}`);
    await engine.run(`CREATE OR REPLACE VIEW ${judged} AS ${alone ? statement(rules) : `SELECT * FROM ${kept}`}`);
    entries = ledgerOf(table, rules, await figuresOf(engine, judged, rules, customer));
  } catch (cause) {
    if (cause instanceof StatementTimeout) throw named(cause, table, rules);
    const { rule, reason } = await culprit(engine, rules, statement, cause);
    throw new SyntaxError(`Cannot apply the cleaning rule "${rule}" to "${table}": ${reason}`, { cause });
  }
  const names = columns.map(({ name }) => quotedIdentifier(name)).join(", ");
  const returning = rules.flatMap(({ action }, i) => (action === "return" ? [i + 1] : []));
  await engine.run(
    `CREATE OR REPLACE VIEW ${quotedIdentifier(`clean_${table}`)} AS SELECT ${names} FROM ${judged} WHERE verdict = 0`,
  );
  await engine.run(
    `CREATE OR REPLACE VIEW ${quotedIdentifier(`returned_${table}`)} AS SELECT ${names} FROM ${judged} WHERE verdict IN (${returning.join(", ") || "-1"})`,
  );
  return entries;
}

type TypedColumns = readonly { readonly name: string; readonly type: string }[];

/** Columns that rules must not set, because the ledger counts by them; map them with an SQL expression instead. */
const fixedColumns = ["source_row", "line_no", "customer_id"];

function requireRewritable({ name, action, set = {} }: CleaningRule, columns: TypedColumns): void {
  if (action !== "set") return;
  for (const column of Object.keys(set)) {
    const there = columns.some((known) => known.name === column);
    if (!there || fixedColumns.includes(column)) {
      const why = there ? "only the mapping can change it" : "the table has no such column";
      throw new RangeError(`Cannot apply the cleaning rule "${name}": it sets "${column}"; ${why}`);
    }
  }
}

/** Refuses a rule whose SQL is more than expressions over the tables. @throws {SyntaxError} */
async function requireExpressions(
  engine: Engine,
  table: string,
  { name, where, set = {} }: CleaningRule,
): Promise<void> {
  for (const sql of [where, ...Object.values(set)]) {
    const problem = await engine.expressionProblem(sql);
    if (problem === undefined) continue;
    throw new SyntaxError(`Cannot apply the cleaning rule "${name}" to "${table}": ${problem}`);
  }
}

/** Returns the error of a statement that ran too long, naming the rules it may be: those with a query, if any. */
function named(timeout: StatementTimeout, table: string, rules: readonly CleaningRule[]): Error {
  const querying = rules.filter(({ where, set = {} }) => /\bselect\b/i.test([where, ...Object.values(set)].join(" ")));
  const names = (querying.length ? querying : rules).map(({ name }) => `"${name}"`).join(", ");
  return timeout.of(`apply the cleaning rule ${names} to "${table}"`);
}

/**
 * Returns SQL of all rows with verdict 0 ("kept"), their original amount, and their copy number if a rule uses it. Columns
 * of the contract that the source lacks are null, so that rules work for every source.
 */
function startingLayer(table: string, columns: TypedColumns, rules: readonly CleaningRule[]): string {
  const same = columnsOfCopies(columns);
  const copies = rules.some(({ where }) => countsCopies(where))
    ? `, row_number() OVER (PARTITION BY ${same.map(quotedIdentifier).join(", ")} ORDER BY source_row) AS copy_no`
    : "";
  const amount = same.includes("amount") ? "amount" : "@money(0)";
  const lacking = Object.entries(contractColumns(table))
    .filter(([name]) => !columns.some((column) => column.name === name))
    .map(([name, { type }]) => `, CAST(NULL AS ${sqlTypes[type]}) AS ${quotedIdentifier(name)}`);
  return `SELECT *, 0 AS verdict, ${amount} AS worth${copies}${lacking.join("")} FROM ${quotedIdentifier(table)}`;
}

function countsCopies(where: string): boolean {
  return /\bcopy_no\b/.test(where);
}

const sqlTypes: Readonly<Record<ColumnType, string>> = {
  id: "VARCHAR",
  text: "VARCHAR",
  money: "DECIMAL(18, 4)",
  number: "DECIMAL(18, 4)",
  timestamp: "TIMESTAMP",
  date: "DATE",
  flag: "BOOLEAN",
};

function contractColumns(table: string): (typeof sourceContract)[TableName]["columns"] {
  if (table === "lines") return { ...sourceContract.orders.columns, ...sourceContract.order_lines.columns };
  return Object.hasOwn(sourceContract, table) ? sourceContract[table as TableName].columns : {};
}

/** Returns SQL that applies the rules: one subquery per `set` rule, and one for the removing rules between two of them. */
function layers(start: string, rules: readonly CleaningRule[], columns: TypedColumns): string {
  let from = start;
  let removing: string[] = [];
  const remove = () => {
    if (removing.length) {
      const verdict = `CASE WHEN verdict <> 0 THEN verdict ${removing.join(" ")} ELSE 0 END`;
      from = `SELECT * REPLACE (${verdict} AS verdict) FROM (${from}) AS t`;
    }
    removing = [];
  };
  for (const [i, rule] of rules.entries()) {
    if (rule.action === "set") {
      remove();
      from = rewriting(from, rule, i + 1, columns);
    } else removing.push(`WHEN (${rule.where}\n) THEN ${i + 1}`);
  }
  remove();
  return from;
}

/** Returns SQL that applies one `set` rule to the rows kept by earlier rules. */
function rewriting(from: string, { where, set = {} }: CleaningRule, number: number, columns: TypedColumns): string {
  const met = `verdict = 0 AND (${where}\n)`;
  const touched = `touched_${number}`;
  const rewritten = Object.entries(set).map(([name, sql]) => {
    const type = columns.find((column) => column.name === name)?.type;
    const column = quotedIdentifier(name);
    return `CASE WHEN ${touched} THEN CAST((${sql}\n) AS ${type}) ELSE ${column} END AS ${column}`;
  });
  const change = set["amount"] === undefined ? "@money(0)" : `@money((${set["amount"]}\n) - COALESCE(amount, 0))`;
  return `SELECT *${rewritten.length ? ` REPLACE (${rewritten.join(", ")})` : ""}, CASE WHEN ${touched} THEN ${change} END AS change_${number}
    FROM (SELECT *, COALESCE(${met}, false) AS ${touched} FROM (${from}) AS t) AS t`;
}

async function culprit(
  engine: Engine,
  rules: readonly CleaningRule[],
  statement: (some: readonly CleaningRule[]) => string,
  cause: unknown,
): Promise<{ rule: string; reason: string }> {
  for (const [i, { name }] of rules.entries()) {
    try {
      await engine.rows(`SELECT count(verdict) AS n FROM (${statement(rules.slice(0, i + 1))}) AS t`);
    } catch (error) {
      return { rule: name, reason: messageOf(error).replace(/^Cannot run ".*?…": /s, "") };
    }
  }
  return { rule: rules.at(-1)?.name ?? "", reason: messageOf(cause) };
}

async function figuresOf(
  engine: Engine,
  judged: string,
  rules: readonly CleaningRule[],
  customer: string,
): Promise<RuleFigures> {
  const setting = rules.flatMap(({ action }, i) => (action === "set" ? [i + 1] : []));
  const changes = setting.map((number) => ` + COALESCE(change_${number}, 0)`).join("");
  // Aggregate per customer first; all further counts use this small table.
  const counts = quotedIdentifier("rows by customer");
  await engine.run(`CREATE OR REPLACE TABLE ${counts} AS
    SELECT verdict, customer, count(*) AS rows, sum(worth) AS worth, sum(worth + change) AS revenue
    FROM (SELECT verdict, ${customer} AS customer, worth, @money(0)${changes} AS change FROM ${judged}) AS t GROUP BY verdict, customer`);
  const removed = await engine.rows(
    `SELECT verdict AS rule, sum(rows) AS rows, count(customer) AS customers, COALESCE(sum(revenue), 0) AS revenue
     FROM ${counts} GROUP BY verdict ORDER BY verdict`,
  );
  const rewritten: RuleFigures["rewritten"][number][] = [];
  for (const number of setting) {
    const [row] = await engine.rows(
      `SELECT ${number} AS rule, count(*) AS rows, count(DISTINCT ${customer}) AS customers, COALESCE(sum(change_${number}), 0) AS revenue FROM ${judged} WHERE touched_${number}`,
    );
    rewritten.push(row);
  }
  // A customer is kept while any row is kept: the last verdict of the rows decides.
  const lasting = await engine.rows(
    `SELECT last, count(*) AS customers FROM (
       SELECT customer, max(CASE WHEN verdict = 0 THEN ${rules.length + 1} ELSE verdict END) AS last
       FROM ${counts} GROUP BY customer) AS t WHERE customer IS NOT NULL GROUP BY last`,
  );
  const [{ worth }] = await engine.rows(`SELECT COALESCE(sum(worth), 0) AS worth FROM ${counts}`);
  await engine.run(`DROP TABLE ${counts}`);
  return { removed, rewritten, lasting, worth: Number(worth) };
}
