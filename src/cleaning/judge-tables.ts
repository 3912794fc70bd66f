import type { CleaningRule, DatasetSettings, Provenance } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import { applyRules, deduplicationRule } from "./apply-rules.js";
import { type LedgerEntry, unreadableRows } from "./ledger.js";

/** Options for applying the rules to tables. */
export interface JudgeTablesOptions {
  /** Row counts by table, including `lines`; each table is a relation of that name in the engine. */
  readonly rows: Readonly<Record<string, number>>;
  /** Also drops rows identical to an earlier row. */
  readonly deduplicate: boolean;
}

/**
 * Applies a dataset's rules to its raw tables and creates `clean_<table>` and `returned_<table>` in the engine.
 *
 * @returns Ledger with an entry per rule, and one for unreadable rows.
 * @throws {SyntaxError} If the SQL of a rule is invalid.
 */
export async function judgeTables(
  engine: Engine,
  { settings, rejected, mapping }: Pick<Provenance, "settings" | "rejected" | "mapping">,
  { rows, deduplicate }: JudgeTablesOptions,
): Promise<LedgerEntry[]> {
  const ledger: LedgerEntry[] = [];
  // An order without lines is in no table, but the ledger must include its unreadable row.
  if (mapping.order_lines) ledger.push(...unreadableRows({ rejected, source: "orders", table: "orders", rows: 0 }));
  for (const [table, count] of Object.entries(rows)) {
    const source = table === "lines" ? (mapping.order_lines ? "order_lines" : "orders") : table;
    const entries = await applyRules(engine, table, rulesOf(settings, table, { deduplicate }));
    ledger.push(...unreadableRows({ rejected, rows: count, source, table, next: entries[0] }), ...entries);
  }
  return ledger;
}

/** Returns the rules of one table, including deduplication if requested. */
export function rulesOf(
  { cleaning }: Pick<DatasetSettings, "cleaning">,
  table: string,
  { deduplicate }: { deduplicate: boolean },
): readonly CleaningRule[] {
  const rules = cleaning.filter((rule) => (rule.table ?? "lines") === table);
  const already = rules.some(({ where }) => where === deduplicationRule.where);
  return table === "lines" && deduplicate && !already ? [...rules, deduplicationRule] : rules;
}
