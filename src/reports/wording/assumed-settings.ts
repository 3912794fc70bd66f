import { listed } from "./listed.js";

/** Settings of a dataset, and which of them nobody gave. */
export interface AssumedSettings {
  readonly assumed?: readonly ("currency" | "timezone")[] | undefined;
  readonly settings: { readonly currency: string; readonly timezone: string };
}

/**
 * Says which settings nobody gave, and what is assumed; undefined if all were given.
 *
 * @example
 * assumedInWords({ assumed: ["currency"], settings: { currency: "EUR", timezone: "UTC" } });
 * // 'currency EUR is assumed: set it under "settings" in the mapping'
 */
export function assumedInWords({ assumed = [], settings }: AssumedSettings): string | undefined {
  if (!assumed.length) return undefined;
  const names = { currency: `currency ${settings.currency}`, timezone: `time zone ${settings.timezone}` };
  const [are, them] = assumed.length === 1 ? ["is", "it"] : ["are", "them"];
  return `${listed(assumed.map((setting) => names[setting]))} ${are} assumed: set ${them} under "settings" in the mapping`;
}
