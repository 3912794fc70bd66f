import type { TrustedDataset } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";
import { checkedDay } from "../../text/index.js";
import type { FeatureTable, ObservedTable } from "../feature-table.js";
import { type ReturnsPolicy, requireReturnsPolicy } from "../returns-policy.js";
import { type AvailableFeatures, availableFeatures, chooseFeatures } from "./available-features.js";
import { computeFeatures, groupQueries } from "./feature-groups.js";
import { featureSql } from "./feature-sql.js";
import { createKnownTables } from "./known-tables.js";
import { labelSql } from "./label-sql.js";
import { openRelations, type Relations } from "./relations.js";
import { createSeen, keepLines, standAt } from "./seen.js";
import { createTrustedTables } from "./trusted-tables.js";
import { readUserGroups, type UserGroup } from "./user-groups.js";

/** A dataset: its tables and settings, and its folder unless the tables are the engine's own. */
export type ObservedDataset = Pick<TrustedDataset, "tables" | "settings" | "folder">;

/** Options for opening the relations of observations. */
export interface ObservedTablesOptions {
  readonly asOf: string;
  readonly returns: ReturnsPolicy;
  readonly featureDir?: string;
  /** Shuffles everything after this day, to see who reads it. */
  readonly shuffledAfter?: string;
}

/** Computes features, summaries and labels as relations. One computation runs at a time, since all stand at the same days. */
export interface ObservedTables {
  readonly relations: Relations;
  readonly available: AvailableFeatures;
  readonly userGroups: readonly UserGroup[];
  features(at: readonly string[], names?: readonly string[]): Promise<FeatureTable>;
  btydSummary(at: readonly string[]): Promise<ObservedTable>;
  labels(
    at: readonly string[],
    options: { readonly horizonsDays: readonly number[]; readonly categories: readonly string[] },
  ): Promise<ObservedTable>;
}

/** Opens the relations of observations, as of a day. */
export async function openObservedTables(
  engine: Engine,
  dataset: ObservedDataset,
  { asOf, returns, featureDir, shuffledAfter }: ObservedTablesOptions,
): Promise<ObservedTables> {
  checkedDay(asOf);
  requireReturnsPolicy(returns, "open observations");
  const relations = await openRelations(engine);
  try {
    await createTrustedTables(engine, relations, dataset, shuffledAfter === undefined ? {} : { shuffledAfter });
    await createKnownTables(relations, dataset, asOf);
    await createSeen(relations, returns);
    await standAt(relations, [asOf]);
    const userGroups = featureDir === undefined ? [] : await readUserGroups(relations, featureDir);
    const available = availableFeatures(dataset, userGroups);
    return { relations, available, userGroups, ...computations(relations, dataset, { asOf, available, userGroups }) };
  } catch (error) {
    await relations.close();
    throw error;
  }
}

function computations(
  relations: Relations,
  { settings: { categories } }: ObservedDataset,
  {
    asOf,
    available,
    userGroups,
  }: {
    readonly asOf: string;
    readonly available: AvailableFeatures;
    readonly userGroups: readonly UserGroup[];
  },
): Pick<ObservedTables, "features" | "btydSummary" | "labels"> {
  const { seen } = relations;
  let standing = asOf;
  let hasLines = false;
  let made = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** Runs `body` after what was asked for before, as of these days, and gives it the name of a new table. */
  function inTurn<T extends object>(
    at: readonly string[],
    kind: string,
    body: (table: string, days: readonly string[]) => Promise<T>,
  ): Promise<T & ObservedTable> {
    const days = requireDays(at, asOf);
    const turn = last.then(async () => {
      if (standing !== days.join()) await standAt(relations, days);
      standing = days.join();
      const relation = relations.keptName(`${kind}_${++made}`);
      const answer = await body(relation, days);
      const [{ n }] = await seen.rows(`SELECT count(*) AS n FROM ${relation}`);
      return { ...answer, relation, rows: Number(n) };
    });
    last = turn.catch(() => {});
    return turn;
  }

  return {
    features: (at, names) =>
      inTurn(at, "features", async (table, days) => {
        const columns = names ? chooseFeatures(available, names) : available.columns;
        const readers = groupQueries(columns, categories).filter(({ sql }) => /\bseen_lines\b/.test(sql)).length;
        if (!hasLines && (readers > 1 || (readers === 1 && days.length > 1) || userGroups.length > 0)) {
          await keepLines(relations);
          hasLines = true;
        }
        await computeFeatures(relations, columns, { categories, userGroups, table });
        return { names: columns.map(({ column }) => column), leftOut: available.leftOut };
      }),
    btydSummary: (at) =>
      inTurn(at, "btyd_summary", async (table) => {
        await seen.run(`CREATE TABLE ${table} AS ${featureSql("btyd-summary")}`);
        return {};
      }),
    // Without a day there is still a table, with columns and no row: nothing is closed on the last day.
    labels: (at, { horizonsDays, categories: wanted }) =>
      inTurn(at.length ? at : [asOf], "labels", async (table) => {
        for (const [i, horizonDays] of horizonsDays.entries()) {
          const sql = labelSql({ horizonDays, knownUntil: asOf, categories: wanted });
          await seen.run(i === 0 ? `CREATE TABLE ${table} AS ${sql}` : `INSERT INTO ${table} ${sql}`);
        }
        return {};
      }),
  };
}

/** The days, each once and in order. */
function requireDays(at: readonly string[], asOf: string): string[] {
  if (!at.length) throw new RangeError("Cannot observe: no day is given; expected at least one");
  const days = [...new Set(at.map(checkedDay))].sort();
  const late = days.find((day) => day > asOf);
  if (late !== undefined) {
    throw new RangeError(
      `Cannot observe customers on ${late}: orders are known up to ${asOf}; use that day or an earlier one`,
    );
  }
  return days;
}
