import type { CleaningRule, DatasetSettings, Provenance } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import { applyRules, deduplicationRule } from "./apply-rules.js";
import { type LedgerEntry, unreadableRows } from "./ledger.js";

/** What is known of the tables before the rules look at them. */
export interface JudgeTablesOptions {
  /** Rows by table, `lines` among them; each table is a relation of that name in the engine. */
  readonly rows: Readonly<Record<string, number>>;
  /** Also drops rows that repeat an earlier one in every column. */
  readonly deduplicate: boolean;
}

/**
 * Applies a dataset's rules to its raw tables, which leaves `clean_<table>` and `returned_<table>` in the engine.
 *
 * @returns The ledger: what every rule did, and what the import had left out.
 * @throws {SyntaxError} If a rule cannot be run.
 */
export async function judgeTables(
  engine: Engine,
  { settings, rejected, mapping }: Pick<Provenance, "settings" | "rejected" | "mapping">,
  { rows, deduplicate }: JudgeTablesOptions,
): Promise<LedgerEntry[]> {
  const ledger: LedgerEntry[] = [];
  // An order without lines is in no table, but its unreadable row must not be lost sight of.
  if (mapping.order_lines) ledger.push(...unreadableRows({ rejected, source: "orders", table: "orders", rows: 0 }));
  for (const [table, count] of Object.entries(rows)) {
    const source = table === "lines" ? (mapping.order_lines ? "order_lines" : "orders") : table;
    const entries = await applyRules(engine, table, rulesOf(settings, table, { deduplicate }));
    ledger.push(...unreadableRows({ rejected, rows: count, source, table, next: entries[0] }), ...entries);
  }
  return ledger;
}

/** The rules of one table, that against copies among them if it is asked for. */
export function rulesOf(
  { cleaning }: Pick<DatasetSettings, "cleaning">,
  table: string,
  { deduplicate }: { deduplicate: boolean },
): readonly CleaningRule[] {
  const rules = cleaning.filter((rule) => (rule.table ?? "lines") === table);
  const already = rules.some(({ where }) => where === deduplicationRule.where);
  return table === "lines" && deduplicate && !already ? [...rules, deduplicationRule] : rules;
}
