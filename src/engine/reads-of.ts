import { isRecord } from "../text/index.js";

/** What DuckDB's `json_serialize_sql` gives: a tree of parsed SQL. */
type Node = Readonly<Record<string, unknown>>;

/** Relations and files that a parsed query reads, each once and sorted. */
export interface Reads {
  /** Relations as the query writes them, `name` or `schema.name`, without those that it defines itself by `WITH`. */
  readonly relations: readonly string[];
  /** Files and catalogs, by a name in place of a relation or by a function that may read more than its arguments. */
  readonly beyond: readonly string[];
}

/** Table functions that read nothing but their arguments. */
const HARMLESS = ["generate_series", "json_each", "json_tree", "range", "repeat", "repeat_row", "unnest"];

/** Functions that read more than their arguments: relations, settings, variables, catalogs, sequences; or write or wait. */
const READERS = [
  ...["query", "query_table", "json_execute_serialized_sql", "current_query", "current_query_id", "write_log", "stats"],
  ...["current_setting", "getvariable", "getenv", "which_secret", "setseed", "sleep_ms", "get_block_size"],
  ...["current_database", "current_catalog", "current_schema", "current_schemas", "in_search_path", "map_to_pg_oid"],
  ...["obj_description", "col_description", "shobj_description", "nextval", "currval", "txid_current"],
  ...["current_connection_id", "current_transaction_id"],
];

/** Families of such functions, which DuckDB has for clients of PostgreSQL. */
const READER_FAMILIES = /^(inet_\w+|has_\w+_privilege|pg_(?!typeof$|size_pretty$)\w+)$/;

/** Schemas, databases and views in which DuckDB describes itself and its tables. */
const CATALOGS = /^(information_schema|pg_catalog|system|temp)$/i;
const CATALOG_VIEWS = /^(duckdb|pragma|sqlite|pg)_/i;

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
  const name = String(node["function_name"]).toLowerCase();
  return READERS.includes(name) || READER_FAMILIES.test(name) ? name : undefined;
}

function addTable(node: Node, scope: readonly string[], found: Found): void {
  const parts = [node["catalog_name"], node["schema_name"], node["table_name"]].filter(Boolean).map(String);
  const name = parts.at(-1) ?? "";
  if (parts.length === 1 && scope.includes(name.toLowerCase())) return;
  // DuckDB reads a file where a relation's name is a path.
  const isBeyond =
    /[./\\:*?]/.test(name) || CATALOG_VIEWS.test(name) || parts.slice(0, -1).some((part) => CATALOGS.test(part));
  (isBeyond ? found.beyond : found.relations).add(parts.join("."));
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
