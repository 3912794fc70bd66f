import { requireKnownOptions } from "../../errors.js";
import { contactKey } from "../lists/contact-key.js";
import type { ExperimentDesign } from "./experiment-design.js";

/** The parts of a design that decide whether two experiments share customers. */
export interface OverlapCandidate {
  readonly design: Pick<ExperimentDesign, "name" | "startsOn" | "endsOn" | "idColumn">;
  readonly rows: readonly { readonly id: string }[];
}

/** An experiment of the same days with some of the same customers. */
export interface ExperimentOverlap {
  readonly experiment: string;
  readonly customers: number;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** Returns true if two periods have a day in common. */
export function runTogether(
  a: { readonly startsOn: string; readonly endsOn: string },
  b: { readonly startsOn: string; readonly endsOn: string },
): boolean {
  return a.startsOn <= b.endsOn && b.startsOn <= a.endsOn;
}

/**
 * Finds the experiments that run on the same days with some of the same customers.
 *
 * @param own Days of the new experiment, and the ids of its customers.
 * @param others Experiments whose customers are listed by contact key or by id.
 * @param options.key Key of the contact keys; needed if another experiment has them.
 */
export function experimentOverlaps(
  own: { readonly startsOn: string; readonly endsOn: string; readonly ids: readonly string[] },
  others: readonly OverlapCandidate[],
  options: { readonly key?: string } = {},
): ExperimentOverlap[] {
  requireKnownOptions("find overlapping experiments", options, { key: true });
  const { key } = options;
  const plain: ReadonlySet<string> = new Set(own.ids);
  const keyed: ReadonlySet<string> =
    key === undefined ? new Set() : new Set(own.ids.map((id) => contactKey(id, { key })));
  return others
    .filter(({ design }) => runTogether(own, design))
    .map(({ design: { name, startsOn, endsOn, idColumn }, rows }) => {
      const names = idColumn === "customer_id" ? plain : keyed;
      return { experiment: name, customers: rows.filter(({ id }) => names.has(id)).length, startsOn, endsOn };
    })
    .filter(({ customers }) => customers > 0);
}
