import { isRecord } from "../text/index.js";

/** What DuckDB's `json_serialize_sql` gives: a tree of parsed SQL. */
type Node = Readonly<Record<string, unknown>>;

/** Relations and files that a parsed query reads, each once and sorted. */
export interface Reads {
  /** Relations as the query writes them, `name` or `schema.name`, without those that it defines itself by `WITH`. */
  readonly relations: readonly string[];
  /** Files, by a name in place of a relation or by a function that may read more than its arguments. */
  readonly beyond: readonly string[];
}

/** Table functions that read nothing but their arguments. */
const HARMLESS = ["generate_series", "json_each", "json_tree", "range", "repeat", "repeat_row", "unnest"];

/** Scalar functions that read relations which their arguments name. */
const READERS = ["query", "query_table"];

/** Lists what a parsed query reads. */
export function readsOf(tree: unknown): Reads {
  const found = { relations: new Set<string>(), beyond: new Set<string>() };
  visit(tree, [], found);
  return { relations: [...found.relations].sort(), beyond: [...found.beyond].sort() };
}

interface Found {
  readonly relations: Set<string>;
  readonly beyond: Set<string>;
}

function visit(value: unknown, scope: readonly string[], found: Found): void {
  if (Array.isArray(value)) for (const item of value) visit(item, scope, found);
  else if (isRecord(value)) {
    if (value["type"] === "BASE_TABLE") addTable(value, scope, found);
    const called = calledBy(value);
    if (called !== undefined) found.beyond.add(called);
    const inner = visitDefinitions(value, scope, found);
    for (const [key, child] of Object.entries(value)) if (key !== "cte_map") visit(child, inner, found);
  }
}

/** Returns the function of a node that may read files or relations which nobody can list. */
function calledBy(node: Node): string | undefined {
  if (node["type"] === "TABLE_FUNCTION") {
    const name = isRecord(node["function"]) ? String(node["function"]["function_name"]) : "a table function";
    return HARMLESS.includes(name.toLowerCase()) ? undefined : name;
  }
  const name = String(node["function_name"]);
  return READERS.includes(name.toLowerCase()) ? name : undefined;
}

function addTable(node: Node, scope: readonly string[], found: Found): void {
  const parts = [node["catalog_name"], node["schema_name"], node["table_name"]].filter(Boolean).map(String);
  // DuckDB reads a file where a relation's name is a path.
  if (/[./\\:*?]/.test(parts.at(-1) ?? "")) found.beyond.add(parts.join("."));
  else if (parts.length > 1 || !scope.includes(parts[0].toLowerCase())) found.relations.add(parts.join("."));
}

/** Returns the scope with what a query defines; a definition sees those before it, and itself only if it is recursive. */
function visitDefinitions(node: Node, scope: readonly string[], found: Found): readonly string[] {
  const map = node["cte_map"];
  const entries = isRecord(map) && Array.isArray(map["map"]) ? (map["map"] as { key: string; value: unknown }[]) : [];
  let inner = scope;
  for (const { key, value } of entries) {
    const own = [...inner, key.toLowerCase()];
    visit(value, isRecursive(value) ? own : inner, found);
    inner = own;
  }
  return inner;
}

/** True if a definition itself is recursive, not only one within it. */
function isRecursive(definition: unknown): boolean {
  const query = isRecord(definition) ? definition["query"] : undefined;
  const node = isRecord(query) ? query["node"] : undefined;
  return isRecord(node) && node["type"] === "RECURSIVE_CTE_NODE";
}
