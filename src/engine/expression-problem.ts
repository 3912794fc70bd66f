import { isRecord } from "../text/index.js";
import { readsOf } from "./reads-of.js";

/** Parts of a query that must be empty where it only selects an expression. */
const CLAUSES = ["where_clause", "group_expressions", "having", "sample", "qualify", "modifiers"];

/**
 * Says what is wrong with the SQL of an expression; undefined if it is one expression that reads relations only.
 *
 * @param parsed What DuckDB's `json_serialize_sql` gives for `SELECT (<expression>)`.
 */
export function expressionProblem(parsed: unknown): string | undefined {
  const alone = "it is not one expression; write a value such as amount * 2, without statements";
  if (!isRecord(parsed) || parsed["error"] !== false) {
    const message = isRecord(parsed) ? String(parsed["error_message"]) : "";
    return /^Only SELECT statements/.test(message) ? alone : message;
  }
  const statements = parsed["statements"];
  if (!Array.isArray(statements) || statements.length !== 1) return alone;
  const node: unknown = statements[0]?.node;
  if (!isRecord(node) || node["type"] !== "SELECT_NODE") return alone;
  const { select_list: list, from_table: from } = node;
  if (!Array.isArray(list) || list.length !== 1 || !isRecord(from) || from["type"] !== "EMPTY") return alone;
  const isEmpty = (clause: unknown) => clause === null || (Array.isArray(clause) && !clause.length);
  if (!CLAUSES.every((name) => isEmpty(node[name]))) return alone;
  if (spreads(list)) return "it has a * that stands for several columns; name one column";
  const [beyond] = readsOf(list).beyond;
  return beyond === undefined
    ? undefined
    : `it reads ${beyond}; SQL of a dataset may read its own tables only, so name files in the mapping`;
}

/** True if an expression becomes several columns: a star outside of a subquery, or COLUMNS anywhere. */
function spreads(value: unknown, isInner = false): boolean {
  if (Array.isArray(value)) return value.some((item) => spreads(item, isInner));
  if (!isRecord(value)) return false;
  if (value["class"] === "STAR" && (value["columns"] === true || !isInner)) return true;
  const inner = isInner || value["class"] === "SUBQUERY";
  return Object.values(value).some((child) => spreads(child, inner));
}
