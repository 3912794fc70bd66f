import { isRecord } from "../text/index.js";

/** What DuckDB's `json_serialize_sql` gives: a tree of parsed SQL. */
type Node = Readonly<Record<string, unknown>>;

/** Functions that read relations which their arguments name. */
const READERS = ["query", "query_table"];

/**
 * Lists the relations that a parsed query reads, each once: `name` or `schema.name`. Names that the query defines itself by
 * `WITH` are left out where they are in scope; functions that read relations by name are among the answer.
 */
export function relationsOf(tree: unknown): string[] {
  const found = new Set<string>();
  visit(tree, [], found);
  return [...found].sort();
}

function visit(value: unknown, scope: readonly string[], found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) visit(item, scope, found);
  else if (isRecord(value)) {
    if (value["type"] === "BASE_TABLE") addTable(value, scope, found);
    if (READERS.includes(String(value["function_name"]).toLowerCase())) found.add(String(value["function_name"]));
    const inner = visitDefinitions(value, scope, found);
    for (const [key, child] of Object.entries(value)) if (key !== "cte_map") visit(child, inner, found);
  }
}

function addTable(node: Node, scope: readonly string[], found: Set<string>): void {
  const parts = [node["catalog_name"], node["schema_name"], node["table_name"]].filter(Boolean).map(String);
  if (parts.length > 1 || !scope.includes(parts[0].toLowerCase())) found.add(parts.join("."));
}

/** The scope with what a query defines; a definition sees those before it, and itself only if it is recursive. */
function visitDefinitions(node: Node, scope: readonly string[], found: Set<string>): readonly string[] {
  const map = node["cte_map"];
  const entries = isRecord(map) && Array.isArray(map["map"]) ? (map["map"] as { key: string; value: unknown }[]) : [];
  let inner = scope;
  for (const { key, value } of entries) {
    const own = [...inner, key.toLowerCase()];
    visit(value, JSON.stringify(value).includes('"RECURSIVE_CTE_NODE"') ? own : inner, found);
    inner = own;
  }
  return inner;
}
