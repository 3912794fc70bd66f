import { requireKnownOptions } from "../../errors.js";
import { rounded } from "../../numeric/index.js";
import type { Mover } from "../../segmentation/index.js";
import { csvText } from "../../text/index.js";
import { contactKey } from "./contact-key.js";
import { contactableMovers } from "./contactable-movers.js";
import type { NamingOptions } from "./target-lists.js";

/**
 * Renders customers who left a segment as CSV: `contact_key` (or `customer_id`), from, to, revenue. Customers without
 * consent are left out as in the contact lists, since this file too will be used to contact customers.
 *
 * @throws {RangeError} If the key is empty.
 *
 * @example
 * const movers = [{ customerId: "a", from: "Champions", to: "At Risk", revenue: 1560 }];
 * renderMovers(movers, { consents: undefined, key: undefined });
 * // "customer_id,from,to,revenue\na,Champions,At Risk,1560\n"
 */
export function renderMovers(movers: readonly Mover[], options: NamingOptions): string {
  requireKnownOptions("render movers", options, { consents: true, key: true });
  const { key } = options;
  return csvText(
    [key === undefined ? "customer_id" : "contact_key", "from", "to", "revenue"],
    contactableMovers(movers, options).map(({ customerId, from, to, revenue }) => [
      key === undefined ? customerId : contactKey(customerId, { key }),
      from,
      to,
      rounded(revenue),
    ]),
  );
}
