import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { nearest } from "../../errors.js";
import { sourceContract, type TableName } from "../import/contract.js";
import type { Mapping, TableMapping } from "../mapping/mapping.js";

/** Returns the tables of a mapping, in import order. */
export function tablesOf(mapping: Mapping): { readonly name: TableName; readonly table: TableMapping }[] {
  return (Object.keys(sourceContract) as TableName[]).flatMap((name) => {
    const table = mapping[name];
    return table ? [{ name, table }] : [];
  });
}

/**
 * Returns a function that locates the files of a mapping: `from` itself if it is a file, else a file in that folder.
 *
 * @param otherNames Alternative names of files.
 * @throws {Error} If `from` does not exist, or is a file and the mapping names several; the returned function throws if a file is missing.
 */
export function fileLocator(
  from: string,
  mapping: Mapping,
  otherNames: Readonly<Record<string, readonly string[]>> = {},
): (file: string) => string {
  if (!existsSync(from)) throw new Error(`Cannot import "${from}": no such file or folder; check the path`);
  if (!statSync(from).isDirectory()) {
    const files = new Set(
      tablesOf(mapping).flatMap(({ table }) => [table, ...(table.join ?? [])].map(({ file }) => file)),
    );
    if (files.size > 1) {
      throw new Error(
        `Cannot import "${basename(from)}": the mapping names ${files.size} files (${[...files].join(", ")}); give the folder that contains them`,
      );
    }
    return () => from;
  }
  return (file) => {
    const found = [file, ...(otherNames[file] ?? [])].map((name) => join(from, name)).find((path) => existsSync(path));
    if (found) return found;
    const there = readdirSync(from);
    const near = nearest(file, there);
    throw new Error(
      `Cannot import from "${from}": it has no "${file}"${near ? `; did you mean "${near}"?` : `; it has ${there.slice(0, 12).join(", ") || "nothing"}`}`,
    );
  };
}
