import type { AppliedStrategy } from "../../strategy/index.js";
import type { Column } from "../../table/index.js";

/** Returns the column of customers to contact; its title says where nobody knows who agreed. */
export function contactableColumn(
  strategies: Readonly<Record<string, Pick<AppliedStrategy, "consent_known">>>,
): Column {
  const known = Object.values(strategies).every(({ consent_known }) => consent_known);
  const title = known ? "May be contacted" : "Consent unknown";
  return { name: "contactable", title, format: { kind: "count" } };
}
