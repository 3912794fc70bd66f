import {
  type DatasetContent,
  type DatasetDetails,
  type DatasetListing,
  type Provenance,
  shownColumns,
  sourceGroups,
} from "../datasets/index.js";
import type { DataTable } from "../table/index.js";

/** Tabulates datasets, one per row. */
export function datasetTable(datasets: readonly DatasetListing[]): DataTable {
  return {
    columns: [
      { name: "name" },
      { name: "title" },
      { name: "state" },
      { name: "lines", format: { kind: "count" } },
      { name: "imported" },
      { name: "how_to_get", title: "how to get it" },
    ],
    rows: datasets.map(({ name, title, state, rows, imported_at, how_to_get }) => [
      ...[name, title, state, rows, imported_at?.slice(0, 10) ?? null, how_to_get],
    ]),
  };
}

/** Tabulates the files of a dataset, one per row; those of a pattern are one row with their count, the first and the last. */
export function sourceTable(provenance: Pick<Provenance, "sources" | "mapping">): DataTable {
  return {
    columns: [
      { name: "table" },
      { name: "file" },
      { name: "read_as" },
      { name: "rows", format: { kind: "count" } },
      { name: "columns", format: { kind: "count" } },
      { name: "sha256" },
    ],
    rows: sourceGroups(provenance).map((group) => {
      const [first] = group;
      const forms = group.map(({ kind, encoding, delimiter }) =>
        [kind, encoding, delimiter && JSON.stringify(delimiter)].filter(Boolean).join(", "),
      );
      const several = `${group.length} files, ${first.file} to ${group[group.length - 1].file}`;
      return [
        ...[first.table, group.length === 1 ? first.file : several, [...new Set(forms)].join("; ")],
        group.reduce((sum, { profile }) => sum + (profile?.rows ?? 0), 0),
        // The hash of each file is in provenance.json.
        ...[first.columns.length, group.length === 1 ? first.sha256.slice(0, 12) : ""],
      ];
    }),
  };
}

/** Tabulates the canonical columns of an import, one per row. */
export function mappedTable({ columns }: Pick<DatasetContent, "columns">): DataTable {
  return {
    columns: [
      { name: "table" },
      { name: "column" },
      { name: "source", title: "mapped from" },
      { name: "missing", format: { kind: "percent" } },
    ],
    rows: columns.map(({ table, column, source, missing }) => [table, column, source, missing]),
  };
}

/** Tabulates the columns of a dataset's files, one per row. */
export function columnTable(provenance: Pick<Provenance, "sources" | "mapping">): DataTable {
  return {
    columns: [
      { name: "table" },
      { name: "column" },
      { name: "empty", format: { kind: "count" } },
      { name: "distinct", format: { kind: "count" } },
      { name: "min" },
      { name: "max" },
    ],
    rows: shownColumns(provenance).map(({ table, column, empty, distinct, min, max }) => [
      ...[table, column, empty, distinct, min, max],
    ]),
  };
}

/** Tabulates the columns of the trusted tables, one table per row. */
export function trustedTable(tables: NonNullable<DatasetDetails["trusted"]>["tables"]): DataTable {
  return {
    columns: [{ name: "table" }, { name: "columns" }],
    rows: Object.entries(tables).map(([table, names]) => [table, names.join(", ")]),
  };
}
