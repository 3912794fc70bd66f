import { join } from "node:path";
import { type Engine, quotedIdentifier, quotedText } from "../../engine/index.js";
import type { ColumnSource, TableMapping } from "../mapping/mapping.js";
import type { ResolvedDataset } from "./resolve-dataset.js";

/** Canonical column of an import. */
export interface ImportedColumn {
  readonly table: string;
  readonly column: string;
  /** The source column or SQL that it is mapped from; null if it is derived. */
  readonly source: string | null;
  /** Share of rows without a value, in [0, 1]. */
  readonly missing: number;
}

/** Content of an import, before cleaning. */
export interface DatasetContent {
  /** Rows of orders. */
  readonly rows: number;
  readonly orders: number;
  readonly customers: number;
  /** Days of the first and last order in the dataset's time zone, `YYYY-MM-DD`; null without orders. */
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly columns: readonly ImportedColumn[];
  /** Customers by their answer to marketing; null if the dataset does not record consent. */
  readonly consent: { readonly yes: number; readonly no: number; readonly unknown: number } | null;
}

/** Describes the content of an imported dataset by its raw tables. */
export async function describeContent(
  engine: Engine,
  { provenance, rawFolder }: Pick<ResolvedDataset, "provenance" | "rawFolder">,
): Promise<DatasetContent> {
  const { tables, settings } = provenance;
  const columns: ImportedColumn[] = [];
  for (const [table, { columns: names }] of Object.entries(tables)) {
    await engine.registerParquet(`raw ${table}`, join(rawFolder, `${table}.parquet`));
    columns.push(...(await columnsOf(engine, { table, names, provenance })));
  }
  const [totals] = await engine.rows(
    `SELECT count(*) AS n, count(DISTINCT order_id) AS orders, count(DISTINCT customer_id) AS customers,
       CAST(min(@local_day(ordered_at, ${quotedText(settings.timezone)})) AS VARCHAR) AS first,
       CAST(max(@local_day(ordered_at, ${quotedText(settings.timezone)})) AS VARCHAR) AS last FROM "raw lines"`,
  );
  const day = (value: unknown) => (value === null ? null : String(value));
  return {
    rows: Number(totals["n"]),
    orders: Number(totals["orders"]),
    customers: Number(totals["customers"]),
    first_day: day(totals["first"]),
    last_day: day(totals["last"]),
    columns,
    consent: tables["customers"]?.columns.includes("consent_marketing") ? await consentOf(engine) : null,
  };
}

async function columnsOf(
  engine: Engine,
  {
    table,
    names,
    provenance: { mapping },
  }: { table: string; names: readonly string[] } & Pick<ResolvedDataset, "provenance">,
): Promise<ImportedColumn[]> {
  const shown = names.filter((name) => name !== "source_row");
  const shares = shown.map(
    (name) => `@ratio(count(*) - count(${quotedIdentifier(name)}), count(*)) AS ${quotedIdentifier(name)}`,
  );
  const [missing] = await engine.rows(`SELECT ${shares.join(", ")} FROM ${quotedIdentifier(`raw ${table}`)}`);
  const mapped: readonly (readonly [string, TableMapping | undefined])[] =
    table === "lines"
      ? [
          ["order_lines", mapping.order_lines],
          ["orders", mapping.orders],
        ]
      : [[table, mapping[table as keyof typeof mapping]]];
  return shown.map((column) => {
    const [from, own] = mapped.find(([, one]) => one?.columns[column] !== undefined) ?? [];
    return {
      table: from ?? (table === "lines" ? "orders" : table),
      column,
      source: own ? sourceText(own.columns[column]) : null,
      missing: Number(missing[column] ?? 0),
    };
  });
}

function sourceText(source: ColumnSource): string {
  return typeof source === "string" ? source : source.sql;
}

async function consentOf(engine: Engine): Promise<DatasetContent["consent"]> {
  const [row] = await engine.rows(
    `SELECT count(*) FILTER (WHERE consent_marketing) AS yes, count(*) FILTER (WHERE NOT consent_marketing) AS no,
       count(*) FILTER (WHERE consent_marketing IS NULL) AS "unknown" FROM "raw customers"`,
  );
  return { yes: Number(row["yes"]), no: Number(row["no"]), unknown: Number(row["unknown"]) };
}
