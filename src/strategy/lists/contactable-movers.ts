import { requireKnownOptions } from "../../errors.js";
import type { Mover } from "../../segmentation/index.js";
import type { NamingOptions } from "./target-lists.js";

/**
 * Returns the customers who left a segment and may be contacted: all where consents are unknown.
 *
 * @example
 * const movers = ["a", "b"].map((customerId) => ({ customerId, from: "Champions", to: "At Risk", revenue: 10 }));
 * contactableMovers(movers, { consents: new Map([["a", true]]), key: undefined }).length; // 1
 */
export function contactableMovers(movers: readonly Mover[], options: NamingOptions): readonly Mover[] {
  requireKnownOptions("select movers", options, { consents: true, key: true });
  const { consents } = options;
  return movers.filter(({ customerId }) => !consents || consents.get(customerId) === true);
}
