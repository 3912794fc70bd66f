import { createHmac } from "node:crypto";
import { requireKnownOptions } from "../../errors.js";

/**
 * Returns a pseudonym for a customer: HMAC-SHA-256 of the id under a secret key, cut to 96 bits. The same customer has
 * the same one in every list, and nobody without the key can compute it or go back from it. It begins with a letter, so
 * that no spreadsheet takes it for a number.
 *
 * @param options.key Any text; anyone who has it can reverse the pseudonyms.
 * @throws {RangeError} If the key is empty.
 *
 * @example
 * contactKey("17850", { key: "an example" }); // "c753f8aecfc469a6132a3d9bd"
 */
export function contactKey(customerId: string, options: { readonly key: string }): string {
  requireKnownOptions("make a contact key", options, { key: true });
  const { key } = options;
  if (!key) throw new RangeError("Cannot make a contact key: the key is empty; set it to a secret text");
  return `c${createHmac("sha256", key).update(customerId).digest("hex").slice(0, 24)}`;
}
