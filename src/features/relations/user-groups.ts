import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StatementTimeout } from "../../engine/index.js";
import { messageOf } from "../../errors.js";
import { featureGroups } from "../catalogue.js";
import { knownTables } from "./known-tables.js";
import type { Relations } from "./relations.js";
import { seenRelations } from "./seen.js";

/** A group of the user's own: the SQL of one file. */
export interface UserGroup {
  readonly group: string;
  readonly path: string;
  readonly sql: string;
  /** Its features. */
  readonly columns: readonly string[];
}

/**
 * Reads every `.sql` file of a folder, in the order of their names, and checks what each reads and gives, without running it.
 *
 * @throws {SyntaxError} If a file is no query that runs.
 * @throws {RangeError} If the folder has no such file, or a group has no key or no features, or reads what it may not.
 */
export async function readUserGroups(relations: Relations, folder: string): Promise<UserGroup[]> {
  const groups: UserGroup[] = [];
  for (const file of sqlFiles(folder)) {
    const group = file.slice(0, -".sql".length);
    const refuse = refusal(group);
    if ((featureGroups as readonly string[]).includes(group)) {
      throw refuse("a group of this name exists; use another file name");
    }
    const path = join(folder, file);
    const sql = readFileSync(path, "utf8").replace(/;\s*$/, "");
    const columns = await attempt({ group, path }, async () => {
      const read = await requireSeen(relations, group, sql);
      const names = (await relations.seen.describe(sql)).map(({ name }) => name);
      if (!read.length) throw refuse("it reads no seen_* relation; expected at least one");
      return names;
    });
    for (const key of ["customer_id", "as_of"]) {
      if (!columns.includes(key)) throw refuse(`it has no column "${key}"; it has ${columns.join(", ")}`);
    }
    const features = columns.filter((name) => name !== "customer_id" && name !== "as_of");
    if (!features.length) throw refuse("its only columns are customer_id and as_of; add at least one feature");
    groups.push({ group, path, sql, columns: features });
  }
  return groups;
}

/**
 * Computes a group into a table, as of the days that are set.
 *
 * @throws {SyntaxError} If it cannot be run.
 * @throws {StatementTimeout} If it runs longer than the engine allows.
 * @throws {RangeError} If it does not give exactly one row per customer and day.
 */
export async function computeUserGroup(relations: Relations, group: UserGroup, table: string): Promise<void> {
  const { seen } = relations;
  await attempt(group, () => seen.run(`CREATE OR REPLACE TABLE ${table} AS ${group.sql}`));
  const [{ expected, given, matched }] = await seen.rows(
    `SELECT (SELECT count(*) FROM seen_customers) AS expected, (SELECT count(*) FROM ${table}) AS given,
       (SELECT count(*) FROM seen_customers s WHERE EXISTS
         (SELECT 1 FROM ${table} g WHERE g.customer_id = s.customer_id AND g.as_of = s.as_of)) AS matched`,
  );
  if (given === expected && matched === expected) return;
  throw refusal(group.group)(
    `it gives ${given} rows for ${matched} of the ${expected} rows of seen_customers; expected exactly one for each`,
  );
}

const readable = [...seenRelations, ...knownTables];

/** Labels do not change when the future is shuffled, so a check for leakage cannot see them: they are out of reach. */
async function requireSeen({ seen }: Relations, group: string, sql: string): Promise<readonly string[]> {
  const read = await seen.relationsOf(sql);
  const foreign = read.find((name) => !readable.includes(name.toLowerCase()));
  if (foreign === undefined) return read;
  const own = seenRelations.filter((name) => name !== "cuts");
  throw refusal(group)(`it reads ${foreign}, which features must not see; read ${own.join(", ")}`);
}

async function attempt<T>({ group, path }: Pick<UserGroup, "group" | "path">, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    if (cause instanceof StatementTimeout) {
      throw cause.of(`compute the feature group "${group}" of "${path}"`);
    }
    throw new SyntaxError(`Cannot add the feature group "${group}" of "${path}": ${messageOf(cause)}`, { cause });
  }
}

function refusal(group: string): (what: string) => RangeError {
  return (what) => new RangeError(`Cannot add the feature group "${group}": ${what}`);
}

function sqlFiles(folder: string): string[] {
  let files: string[];
  try {
    files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  } catch (cause) {
    throw new Error(`Cannot add feature groups: "${folder}" cannot be listed; expected a folder with .sql files`, {
      cause,
    });
  }
  if (!files.length)
    throw new RangeError(`Cannot add feature groups: "${folder}" has no .sql file; add one file per feature group`);
  return files.sort();
}
