import type { ConsentTotals } from "../../strategy/index.js";
import type { NumberTexts } from "../../table/index.js";

/**
 * States the size of the contact lists and the customers who are excluded without consent, in one line.
 *
 * @example
 * const totals = { consentKnown: true, listed: 7, optedOut: 1, unknownConsent: 0, customers: 8 };
 * consentInWords({ ...totals, excluded: [{ segment: "Champions", customers: 1 }] }, numberTexts());
 * // "Lists: 7 of 8 customers; excluded: 1 opted out, 0 without recorded consent (Champions 1)"
 */
export function consentInWords(totals: ConsentTotals, { count }: NumberTexts): string {
  const { consentKnown, listed, optedOut, unknownConsent, customers, excluded } = totals;
  if (!consentKnown) {
    return `Lists: all ${count(listed)} customers, since the dataset does not say who agreed to marketing`;
  }
  const bySegment = excluded.map((one) => `${one.segment} ${count(one.customers)}`);
  const where = bySegment.length ? ` (${bySegment.join(", ")})` : "";
  return `Lists: ${count(listed)} of ${count(customers)} customers; excluded: ${count(optedOut)} opted out, ${count(unknownConsent)} without recorded consent${where}`;
}

/**
 * Says how to get customer ids where files name customers by pseudonyms; undefined where they name them by id.
 *
 * @example
 * contactKeyRemark("contact_key", "split.csv names"); // "split.csv names customers by contact_key, a pseudonym; --plain-ids writes customer_id instead"
 */
export function contactKeyRemark(idColumn: "contact_key" | "customer_id", filesName: string): string | undefined {
  if (idColumn === "customer_id") return undefined;
  return `${filesName} customers by contact_key, a pseudonym; --plain-ids writes customer_id instead`;
}
