import { didYouMean } from "../../errors.js";
import { createTable, inferTable } from "../../table/index.js";
import { isRecord } from "../../text/index.js";
import type { Chart, VegaLiteSpec } from "../core/chart.js";
import { objectsIn } from "../core/objects-in.js";
import { categoryColors, SEGMENT_NAMES } from "../core/theme.js";

type Json = Readonly<Record<string, unknown>>;

const VIEWS = ["mark", "layer", "concat", "hconcat", "vconcat", "facet", "repeat"];
const TYPES = ["quantitative", "temporal", "ordinal", "nominal", "geojson"];
const MARKS = [
  ...["arc", "area", "bar", "boxplot", "circle", "errorband", "errorbar", "geoshape", "image", "line"],
  ...["point", "rect", "rule", "square", "text", "tick", "trail"],
];

/**
 * Reads a Vega-Lite specification as a chart: its texts, its rows as a table, and what would make Vega draw an empty
 * picture without a word.
 *
 * @throws {TypeError} If it draws nothing, or its data is not inline.
 * @throws {RangeError} If a mark, a type or a field does not exist.
 */
export function readSpec(given: object): Chart {
  const spec: VegaLiteSpec = plainValues({ ...given });
  if (!VIEWS.some((name) => name in spec)) {
    throw new TypeError(
      `Cannot create a chart: the specification has no ${VIEWS.slice(0, -1).join(", ")} or repeat; its keys are ${JSON.stringify(Object.keys(spec))}`,
    );
  }
  const nodes = [...objectsIn(spec)];
  for (const node of nodes) checkNode(node);
  const rows = rowsOf(spec["data"]);
  if (rows && isSimple(spec, nodes)) checkFields(nodes, rows);
  const { title, subtitle } = titleOf(spec["title"]);
  const drawn = rows ? withSegmentColors(spec, rows) : spec;
  const description = typeof spec["description"] === "string" ? spec["description"] : describe(nodes, rows);
  return { title, subtitle, description, spec: drawn, data: createTable(inferTable(rows ?? [])) };
}

function checkNode(node: Json): void {
  const { mark, type, field, data } = node;
  const markName = isRecord(mark) ? mark["type"] : mark;
  if (typeof markName === "string" && !MARKS.includes(markName)) {
    throw new RangeError(`Cannot create a chart: there is no mark "${markName}"; ${didYouMean(markName, MARKS)}`);
  }
  if (typeof field === "string" && typeof type === "string" && !TYPES.includes(type)) {
    throw new RangeError(`Cannot create a chart: field "${field}" has the type "${type}"; ${didYouMean(type, TYPES)}`);
  }
  if (isRecord(data) && typeof data["url"] === "string") {
    throw new TypeError(
      `Cannot create a chart: its data is at "${data["url"]}"; read it first and pass the rows as data.values`,
    );
  }
}

/** Returns true if the fields of the rows are all that there is: one data set and nothing that makes new fields. */
function isSimple(spec: VegaLiteSpec, nodes: readonly Json[]): boolean {
  return nodes.every((node) => (node === spec || !("data" in node)) && !("transform" in node) && !("repeat" in node));
}

function checkFields(nodes: readonly Json[], rows: readonly Json[]): void {
  if (rows.length === 0) return;
  const names = [...new Set(rows.flatMap(Object.keys))];
  for (const { field } of nodes) {
    // Brackets and dots reach into nested values.
    if (typeof field !== "string" || names.includes(field) || /[.[\\]/.test(field)) continue;
    throw new RangeError(`Cannot create a chart: the rows have no field "${field}"; ${didYouMean(field, names)}`);
  }
}

/** Gives encodings of colour by segment the colours of all charts. */
function withSegmentColors(node: Json, rows: readonly Json[]): Json {
  const entries = Object.entries(node).map(([key, value]): [string, unknown] => {
    if (key === "values" || key === "datasets") return [key, value];
    if (Array.isArray(value))
      return [key, value.map((item) => (isRecord(item) ? withSegmentColors(item, rows) : item))];
    if (!isRecord(value)) return [key, value];
    if (!["color", "fill", "stroke"].includes(key) || typeof value["field"] !== "string" || "scale" in value) {
      return [key, withSegmentColors(value, rows)];
    }
    const names = [...new Set(rows.map((row) => String(row[String(value["field"])])))];
    const domain = [...SEGMENT_NAMES.filter((name) => names.includes(name))];
    if (names.length === 0 || domain.length < names.length) return [key, value];
    return [key, { ...value, scale: { domain, range: categoryColors(domain) } }];
  });
  return Object.fromEntries(entries);
}

function rowsOf(data: unknown): readonly Json[] | undefined {
  const values = isRecord(data) ? data["values"] : undefined;
  return Array.isArray(values) && values.every(isRecord) ? values : undefined;
}

function titleOf(title: unknown): { title: string; subtitle: string } {
  const text = (value: unknown) => (Array.isArray(value) ? value.join(" ") : typeof value === "string" ? value : "");
  return isRecord(title)
    ? { title: text(title["text"]), subtitle: text(title["subtitle"]) }
    : { title: text(title), subtitle: "" };
}

function describe(nodes: readonly Json[], rows: readonly Json[] | undefined): string {
  const fields = [...new Set(nodes.map(({ field }) => field).filter((field) => typeof field === "string"))];
  return `Chart${fields.length ? ` of ${fields.join(", ")}` : ""}${rows ? `, ${rows.length} rows` : ""}`;
}

/** Converts what queries return and JSON lacks: big integers to numbers, dates to text. */
function plainValues<T>(node: T): T;
function plainValues(node: unknown): unknown {
  if (typeof node === "bigint") return Number(node);
  if (node instanceof Date) return Number.isNaN(node.getTime()) ? null : node.toISOString();
  if (Array.isArray(node)) return node.map(plainValues);
  return isRecord(node)
    ? Object.fromEntries(Object.entries(node).map(([key, value]) => [key, plainValues(value)]))
    : node;
}
