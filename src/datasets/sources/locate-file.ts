import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
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

/** Returns the paths of the files that a mapping names: one, or those of a pattern in the order of their names. */
export type FileLocator = (named: Pick<TableMapping, "file" | "glob">) => readonly string[];

/**
 * Returns a function that locates the files of a mapping: `from` itself if it is a file, else files in that folder.
 *
 * @param otherNames Alternative names of files.
 * @throws {Error} If `from` does not exist, or is a file and the mapping names several; the returned function throws if a
 *   file is missing or none matches.
 */
export function fileLocator(
  from: string,
  mapping: Mapping,
  otherNames: Readonly<Record<string, readonly string[]>> = {},
): FileLocator {
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
    return () => [from];
  }
  return ({ file, glob = false }) => {
    requireInside(from, file);
    if (glob) return matching(from, file);
    const found = [file, ...(otherNames[file] ?? [])].map((name) => join(from, name)).find((path) => existsSync(path));
    if (found) return [found];
    const near = nearest(file, readdirSync(from));
    throw new Error(
      `Cannot import from "${from}": it has no "${file}"${near ? `; did you mean "${near}"?` : `; ${contentOf(from)}`}`,
    );
  };
}

/** Refuses a file outside of the folder that is imported. */
function requireInside(from: string, file: string): void {
  const path = relative(resolve(from), resolve(from, file));
  if (!isAbsolute(file) && path !== ".." && !path.startsWith(`..${sep}`)) return;
  throw new Error(
    `Cannot import from "${from}": the mapping names "${file}", which lies outside of it; name files within the folder`,
  );
}

/** The files of a folder whose name matches a pattern, sorted. The folders of the pattern are literal. */
function matching(from: string, pattern: string): readonly string[] {
  const folder = join(from, dirname(pattern));
  const name = basename(pattern);
  const signs: Readonly<Record<string, string>> = { "*": ".*", "?": "." };
  const source = name.replace(/[\\^$.*+?()[\]{}|]/g, (sign) => signs[sign] ?? `\\${sign}`);
  const expression = new RegExp(`^${source}$`, "su");
  const paths = (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [])
    .filter((entry) => !entry.isDirectory() && expression.test(entry.name))
    .filter((entry) => name.startsWith(".") || !entry.name.startsWith("."))
    .map((entry) => join(folder, entry.name))
    .sort();
  if (!paths.length) throw new Error(`Cannot import from "${from}": no file matches "${pattern}"; ${contentOf(from)}`);
  return paths;
}

function contentOf(folder: string): string {
  return `it has ${readdirSync(folder).slice(0, 12).join(", ") || "nothing"}`;
}
