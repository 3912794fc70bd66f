import type { SegmentMigration } from "../../segmentation/index.js";
import { type Conventions, numberTexts } from "../../table/index.js";

/** What a migration counts. */
export interface MigrationTableOptions extends Partial<Conventions> {
  readonly measure: "customers" | "revenue";
  /** Segments in the order of rows and columns; those that nobody was in are left out. */
  readonly names: readonly string[];
}

/**
 * Customers, or their revenue, from each segment (down) to each (across), newcomers and sums among them; empty where
 * nobody went.
 *
 * @example
 * const flows = [
 *   { from: null, to: "New Customers", customers: 4, revenue: 90 },
 *   { from: "New Customers", to: "Promising", customers: 2, revenue: 130 },
 * ];
 * migrationTable({ flows }, { measure: "customers", names: ["New Customers", "Promising"] })[0];
 * // {from: "New Customers", "New Customers": "", Promising: "2", all: "2"}
 */
export function migrationTable(
  { flows }: Pick<SegmentMigration, "flows">,
  { measure, names, ...options }: MigrationTableOptions,
): Record<string, string>[] {
  const { count, money } = numberTexts(options);
  const write = (value: number) => (value === 0 ? "" : measure === "customers" ? count(value) : money(value, 0));
  const sumOf = (wanted: (from: string | null, to: string) => boolean) =>
    flows.reduce((sum, flow) => sum + (wanted(flow.from, flow.to) ? flow[measure] : 0), 0);
  const entered = flows.some(({ from }) => from === null);
  const from = [...names.filter((name) => flows.some((flow) => flow.from === name)), ...(entered ? [null] : [])];
  const to = names.filter((name) => flows.some((flow) => flow.to === name));
  const row = (label: string, fits: (from: string | null) => boolean) => ({
    from: label,
    ...Object.fromEntries(to.map((name) => [name, write(sumOf((a, b) => fits(a) && b === name))])),
    all: write(sumOf((a) => fits(a))),
  });
  return [...from.map((name) => row(name ?? "new since then", (a) => a === name)), row("all", () => true)];
}
