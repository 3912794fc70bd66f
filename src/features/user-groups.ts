import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Engine, quotedIdentifier } from "../engine/index.js";
import { messageOf } from "../errors.js";
import { featureGroups } from "./catalogue.js";

/** A group of the user's own, computed into the table `group_<group>`. */
export interface UserGroup {
  readonly group: string;
  readonly columns: readonly string[];
}

/**
 * Runs every `.sql` file of a folder, in the order of their names, and checks what each gives. `defineSeen` must have set
 * the cuts.
 *
 * @throws {SyntaxError} If a file cannot be run.
 * @throws {RangeError} If there is none, or one does not give exactly one row per customer and cut.
 */
export async function computeUserGroups(engine: Engine, folder: string): Promise<UserGroup[]> {
  const files = sqlFiles(folder);
  return withoutLabels(engine, () => computeFiles(engine, folder, files));
}

/** Labels do not change when the future is shuffled, so a leakage check cannot see them: they are put out of reach. */
async function withoutLabels<T>(engine: Engine, body: () => Promise<T>): Promise<T> {
  const [{ n }] = await engine.rows("SELECT count(*) AS n FROM information_schema.tables WHERE table_name = 'labels'");
  if (n === 0) return body();
  const hidden = `labels_${randomUUID().replaceAll("-", "")}`;
  await engine.run(`ALTER TABLE labels RENAME TO ${hidden}`);
  try {
    return await body();
  } finally {
    await engine.run(`ALTER TABLE ${hidden} RENAME TO labels`);
  }
}

async function computeFiles(engine: Engine, folder: string, files: readonly string[]): Promise<UserGroup[]> {
  const groups: UserGroup[] = [];
  for (const file of files) {
    const group = file.slice(0, -".sql".length);
    const refuse = (what: string) => new RangeError(`Cannot add the feature group "${group}": ${what}`);
    if ((featureGroups as readonly string[]).includes(group)) {
      throw refuse("a group of this name exists, another file name is needed");
    }
    const table = quotedIdentifier(`group_${group}`);
    const path = join(folder, file);
    try {
      const sql = readFileSync(path, "utf8").replace(/;\s*$/, "");
      await engine.run(`CREATE OR REPLACE TABLE ${table} AS ${sql}`);
    } catch (cause) {
      throw new SyntaxError(`Cannot add the feature group "${group}" of "${path}": ${messageOf(cause)}`, { cause });
    }
    const columns = (await engine.describe(`SELECT * FROM ${table}`)).map(({ name }) => name);
    for (const key of ["customer_id", "as_of"]) {
      if (!columns.includes(key)) throw refuse(`it has no column "${key}", it has ${columns.join(", ")}`);
    }
    const [{ expected, given, matched }] = await engine.rows(
      `SELECT (SELECT count(*) FROM seen_customers) AS expected, (SELECT count(*) FROM ${table}) AS given,
         (SELECT count(*) FROM seen_customers s WHERE EXISTS
           (SELECT 1 FROM ${table} g WHERE g.customer_id = s.customer_id AND g.as_of = s.as_of)) AS matched`,
    );
    if (given !== expected || matched !== expected) {
      throw refuse(
        `it gives ${given} rows for ${matched} of the ${expected} rows of seen_customers, exactly one for each is needed`,
      );
    }
    const features = columns.filter((name) => name !== "customer_id" && name !== "as_of");
    if (!features.length) throw refuse("it has no column besides customer_id and as_of, at least one is needed");
    groups.push({ group, columns: features });
  }
  return groups;
}

function sqlFiles(folder: string): string[] {
  let files: string[];
  try {
    files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  } catch (cause) {
    throw new Error(`Cannot add feature groups: "${folder}" cannot be listed, a folder with .sql files is needed`, {
      cause,
    });
  }
  if (!files.length) throw new RangeError(`Cannot add feature groups: "${folder}" has no .sql file`);
  return files.sort();
}
