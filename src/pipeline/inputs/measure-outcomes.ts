import { basename } from "node:path";
import type { Engine } from "../../engine/index.js";
import { dayBefore, spendBetween } from "../../features/index.js";
import { readTextFile } from "../../storage/index.js";
import {
  type ArmOfCustomer,
  contactKey,
  type ExperimentDesign,
  type ExperimentSplitFiles,
  type MeasuredOutcomes,
  outcomesFromResults,
  outcomesFromSpend,
  parseResults,
  type ReadoutFacts,
} from "../../strategy/index.js";
import { epochDay } from "../../text/index.js";

/** Source of outcomes, and options for reading them. */
export interface OutcomeRequest {
  /** Path of a file of results; without it orders are counted. */
  readonly results?: string;
  readonly spendColumn?: string;
  readonly convertedColumn?: string;
  readonly missing?: "zero" | "drop";
  readonly horizonDays?: number;
  readonly cuped: boolean;
}

/** Extent of a dataset's known orders. */
export interface KnownOrders {
  /** Last day that anything may see. */
  readonly asOf: string;
  /** Day of the last order, whatever `asOf` is. */
  readonly lastOrder: string;
  readonly secret: () => Promise<string>;
}

/** Outcomes of the customers of a split, with their past spend. */
export interface OutcomesOfSplit extends MeasuredOutcomes {
  /** Past spend; absent if it is not adjusted for. */
  readonly before?: Float64Array;
  readonly facts: Pick<ReadoutFacts, "days" | "results" | "missing" | "missingAs" | "gone" | "unknown" | "inOtherArm">;
}

/**
 * Measures what the customers of a split did, from the dataset's orders or a file of results.
 *
 * @param engine With `orders` up to the last day that anything may see.
 * @throws {RangeError} If orders are not known up to the last day, or customers lack a line in the results.
 */
export async function measureOutcomes(
  engine: Engine,
  { design, rows }: ExperimentSplitFiles,
  { results, spendColumn, convertedColumn, missing, horizonDays = design.horizonDays, cuped }: OutcomeRequest,
  known: KnownOrders,
): Promise<OutcomesOfSplit> {
  const idOf = await customersOf(engine, design, known.secret);
  const present = rows.filter(({ id }) => idOf.has(id));
  if (!present.length) {
    throw new Error(
      `Cannot read "${design.name}": none of its ${rows.length} customers is in "${design.dataset}"; contact keys made with another REKINDLE_KEY do not match`,
    );
  }
  const spendOf = (among: readonly ArmOfCustomer[], { from, to }: { readonly from: string; readonly to: string }) =>
    spendBetween(
      engine,
      among.map(({ id }) => idOf.get(id) as string),
      { from, to },
    );
  const past = { from: dayBefore(design.asOf, design.beforeDays - 1), to: design.asOf };
  const withPast = async (measured: MeasuredOutcomes, facts: Omit<OutcomesOfSplit["facts"], "missing" | "gone">) => ({
    ...measured,
    ...(cuped ? { before: await spendOf(measured.rows, past) } : {}),
    facts: { ...facts, missing: measured.missing, gone: rows.length - present.length },
  });
  if (results === undefined) {
    const days = daysOf(design, known, horizonDays);
    const measured = outcomesFromSpend(present, await spendOf(present, days));
    return withPast(measured, { days, results: null, unknown: 0, inOtherArm: 0 });
  }
  const what = basename(results);
  const parsed = await parseResults(await readTextFile(results, "the results"), rows, {
    what,
    idColumn: design.idColumn,
    key: known.secret,
    ...(spendColumn === undefined ? {} : { spendColumn }),
    ...(convertedColumn === undefined ? {} : { convertedColumn }),
  });
  const { unknown, inOtherArm } = parsed;
  return withPast(outcomesFromResults(present, parsed, { missing, experiment: design.name, what }), {
    days: null,
    results: what,
    unknown,
    inOtherArm,
    ...(missing ? { missingAs: missing } : {}),
  });
}

/** The days whose orders count. @throws {RangeError} If orders are not known up to the last of them. */
function daysOf({ name, startsOn }: ExperimentDesign, { asOf, lastOrder }: KnownOrders, horizonDays: number) {
  const to = dayBefore(startsOn, 1 - horizonDays);
  if (to <= asOf) return { from: startsOn, to, horizonDays };
  const later = lastOrder > asOf ? ` (--as-of ${lastOrder} knows more)` : "";
  const soFar = epochDay(asOf) - epochDay(startsOn) + 1;
  const orders = `orders are known up to ${asOf}${later}`;
  const why =
    soFar > 0
      ? `its ${horizonDays} days end on ${to}, and ${orders}; use --horizon-days ${soFar} for the days so far`
      : `it starts on ${startsOn}, and ${orders}`;
  throw new RangeError(`Cannot read "${name}" yet: ${why}`);
}

/** Ids of the dataset's customers by their id in the split. */
async function customersOf(
  engine: Engine,
  { idColumn }: ExperimentDesign,
  secret: () => Promise<string>,
): Promise<ReadonlyMap<string, string>> {
  const columns = await engine.columns("SELECT DISTINCT customer_id FROM orders ORDER BY customer_id");
  const ids = columns["customer_id"] as string[];
  if (idColumn === "customer_id") return new Map(ids.map((id) => [id, id]));
  const key = await secret();
  return new Map(ids.map((id) => [contactKey(id, { key }), id]));
}
