import { nearest } from "../errors.js";

/** Ways to count returns: `drop` ignores them in money; `net` subtracts those dated on or before `as_of`. */
export const RETURNS_POLICIES = ["drop", "net"] as const;

/** One of {@link RETURNS_POLICIES}. */
export type ReturnsPolicy = (typeof RETURNS_POLICIES)[number];

/**
 * Returns a policy that plain JavaScript or a file names.
 *
 * @param action What needs it, for the error: "open observations".
 * @throws {RangeError} If it is unknown.
 */
export function requireReturnsPolicy(returns: unknown, action: string): ReturnsPolicy {
  const known = RETURNS_POLICIES.find((one) => one === returns);
  if (known) return known;
  const near = nearest(String(returns), RETURNS_POLICIES);
  const hint = near ? `did you mean "${near}"?` : `expected one of ${RETURNS_POLICIES.join(", ")}`;
  throw new RangeError(`Cannot ${action}: returns is "${returns}"; ${hint}`);
}
