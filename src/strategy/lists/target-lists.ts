import { requireKnownOptions } from "../../errors.js";
import { rounded } from "../../numeric/index.js";
import type { Assignments } from "../../segmentation/index.js";
import { type TargetList, targetList } from "./target-list.js";

/** Names of customers in lists, and consent to be in them. */
export interface NamingOptions {
  /** Answers to marketing by customer, null where unknown; undefined if the dataset does not record consent. */
  readonly consents: ReadonlyMap<string, boolean | null> | undefined;
  /** Secret of the pseudonyms; undefined writes the customers' own ids. */
  readonly key: string | undefined;
}

/**
 * Makes the contact lists of all segments by rule, in the order of the rules.
 *
 * @throws {RangeError} If the key is empty.
 */
export function targetLists(
  { customers: { ids, recencyDays, frequency, monetary }, rules }: Pick<Assignments, "customers" | "rules">,
  options: NamingOptions,
): TargetList[] {
  requireKnownOptions("make target lists", options, { consents: true, key: true });
  const { consents, key } = options;
  const columns = {
    customerId: ids,
    segment: rules.names,
    recencyDays,
    frequency,
    monetary: monetary.map(rounded),
    ...(consents ? { consent: ids.map((id) => consents.get(id) ?? null) } : {}),
  };
  const naming = key === undefined ? ({ plainIds: true } as const) : { key };
  return Object.keys(rules.counts).map((name) => targetList(columns, name, naming));
}
