import { readFileSync } from "node:fs";

/** Reads the SQL of one of our files in `sql/`. */
export function featureSql(name: string): string {
  return readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), "utf8");
}
