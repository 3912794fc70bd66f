import { createHmac } from "node:crypto";

/**
 * The pseudonym of a customer: the first 16 hex digits of HMAC-SHA-256. Who has the key can match it with the customer
 * again, nobody else can.
 *
 * @throws {RangeError} If the key is empty.
 */
export function contactKey(customerId: string, { key }: { readonly key: string }): string {
  if (!key) throw new RangeError("Cannot make a contact key: the key is empty, REKINDLE_KEY is needed");
  return createHmac("sha256", key).update(customerId).digest("hex").slice(0, 16);
}
