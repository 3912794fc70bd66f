import { maskedValue } from "./masked-value.js";

/**
 * Returns the id of an order or a product as an error quotes it: plain, unless it has a blank or an @ and so may be the name
 * or address of a person.
 *
 * @example
 * shownId("536365"); // "536365"
 * shownId("Maria Muster Order 7"); // "M…7"
 */
export function shownId(id: string): string {
  return /[\s@]/u.test(id) ? maskedValue(id) : id;
}
