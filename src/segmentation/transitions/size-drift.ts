import { requireKnownOptions } from "../../errors.js";
import { normalQuantile } from "../../numeric/index.js";
import type { SegmentMigration } from "./segment-migration.js";

/** Change in the size of one segment or cluster. */
export interface SizeChange {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** (customers now - customers before) / customers before, whatever became of the others; null if there were none. */
  readonly sizeChange: number | null;
  /** |share now - share before| / share before; infinite for a segment that was empty. */
  readonly relativeChange: number;
  /** True if its share is larger now. */
  readonly grew: boolean;
  /** The least relative change that chance does not explain, with as many who moved, came and went. */
  readonly noise: number;
  /** True if the change is above both the limit and the noise. */
  readonly drifted: boolean;
}

/** Result of a test for changes in segment sizes beyond a limit and beyond chance. */
export interface SizeDrift {
  readonly changes: readonly SizeChange[];
  readonly drifted: boolean;
  /** The relative change above which a segment may have drifted. */
  readonly limit: number;
}

/**
 * Compares the shares of segments between two days: where the number of all customers grows, every segment grows with
 * it, and that is no drift. A change counts if it is above `limit` and cannot be chance. Most customers are there on both
 * days, so that chance is what those who moved, came or went could as well have done: the difference of the shares is a
 * sum over customers, whose squared contributions estimate its variance (delta method). The quantile is that of
 * 1 - 0.05 / number of segments, so that all segments together raise a false alarm in about one of twenty comparisons.
 *
 * @param options.limit Relative change that matters; defaults to 0.2.
 *
 * @example
 * const flows = [
 *   { from: "A", to: "A", customers: 600, revenue: 0 },
 *   { from: "A", to: "B", customers: 400, revenue: 0 },
 *   { from: "B", to: "B", customers: 1000, revenue: 0 },
 * ];
 * sizeDrift({ flows, vanished: {} }).drifted; // true
 */
export function sizeDrift(
  { flows, vanished }: Pick<SegmentMigration, "flows" | "vanished">,
  options: { readonly limit?: number } = {},
): SizeDrift {
  requireKnownOptions("compare segment sizes", options, { limit: true });
  const { limit = 0.2 } = options;
  const all: readonly Flow[] = [
    ...flows,
    ...Object.entries(vanished).map(([from, customers]) => ({ from, to: null, customers })),
  ].filter(({ customers }) => customers > 0);
  const count = (of: (flow: Flow) => boolean) => all.reduce((n, flow) => n + (of(flow) ? flow.customers : 0), 0);
  const n = count(({ from }) => from !== null);
  const m = count(({ to }) => to !== null);
  const names = [...new Set(all.flatMap(({ from, to }) => [from, to]).filter((name) => name !== null))].sort();
  const z = normalQuantile(1 - 0.05 / Math.max(names.length, 1) / 2);
  const changes = names.map((name): SizeChange => {
    const [a, b] = [count(({ from }) => from === name), count(({ to }) => to === name)];
    const [p, q] = [n ? a / n : 0, m ? b / m : 0];
    const squares = all.reduce((total, { from, to, customers }) => {
      const [was, is] = [from === null ? 0 : Number(from === name) - p, to === null ? 0 : Number(to === name) - q];
      return total + customers * (is / m - was / n) ** 2;
    }, 0);
    const error = n && m ? Math.sqrt(squares) : Number.POSITIVE_INFINITY;
    const relativeChange = p > 0 ? Math.abs(q - p) / p : q > 0 ? Number.POSITIVE_INFINITY : 0;
    return {
      name,
      before: a,
      after: b,
      sizeChange: a > 0 ? (b - a) / a : null,
      relativeChange,
      grew: q > p,
      noise: p > 0 ? (z * error) / p : Number.POSITIVE_INFINITY,
      drifted: relativeChange > limit && Math.abs(q - p) > z * error,
    };
  });
  const drifted = changes.some((change) => change.drifted);
  return { changes, drifted, limit };
}

/** Customers who went one way; null is out of the data. */
interface Flow {
  readonly from: string | null;
  readonly to: string | null;
  readonly customers: number;
}
