import { type Conventions, formatValue } from "../../table/index.js";

/** Units whose values a chart shows. */
export interface ChartSample {
  /** Number of units drawn or counted. */
  readonly n: number;
  /** Plural of the unit; `customers` by default. */
  readonly unit?: string;
  /** Observation cutoff, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** Returns the last sentence of a chart's subtitle: how many units it shows, and as of which day. */
export function sampleInWords({ n, unit = "customers", asOf }: ChartSample, conventions: Partial<Conventions>): string {
  const count = formatValue(n, { kind: "count" }, conventions);
  return `n = ${count} ${unit}, as of ${formatValue(asOf, { kind: "date" }, conventions)}.`;
}
