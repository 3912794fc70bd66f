import { normalQuantile } from "../stats.js";

/** How the size of one segment changed. */
export interface SizeChange {
  readonly segment: string;
  readonly before: number;
  readonly after: number;
  /** (customers now - customers before) / customers before, whatever became of the others; null if there were none. */
  readonly sizeChange: number | null;
  /** |share now - share before| / share before; infinite for a segment that was empty. */
  readonly relativeChange: number;
  /** True if its share is larger now. */
  readonly grew: boolean;
  /** The least relative change that chance does not explain in samples of this size. */
  readonly noise: number;
  /** True if the change is above both the limit and the noise. */
  readonly drifted: boolean;
}

/** Whether sizes of segments changed by more than a limit and more than chance explains. */
export interface SizeDrift {
  readonly changes: readonly SizeChange[];
  readonly drifted: boolean;
  readonly message: "Segment drift detected!" | "No segment drift.";
}

/**
 * Compares the shares of named segments between two days: where the number of all customers grows, every segment grows
 * with it, and that is no drift. A change counts if it is above `limit` and cannot be chance:
 * above the two-sided quantile of the difference of two binomial shares, at 1 - 0.05 / number of segments, so that all
 * segments together raise a false alarm in one of twenty comparisons without drift.
 *
 * @param before Customers by segment.
 * @param options.limit Relative change that matters; defaults to 0.2.
 */
export function sizeDrift(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  { limit = 0.2 }: { readonly limit?: number } = {},
): SizeDrift {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const total = (sizes: Readonly<Record<string, number>>) => Object.values(sizes).reduce((sum, size) => sum + size, 0);
  const [n, m] = [total(before), total(after)];
  const z = normalQuantile(1 - 0.05 / Math.max(names.length, 1) / 2);
  const changes = names.map((segment): SizeChange => {
    const [a, b] = [before[segment] ?? 0, after[segment] ?? 0];
    const [p, q] = [n ? a / n : 0, m ? b / m : 0];
    const pooled = n + m ? (a + b) / (n + m) : 0;
    const error = n && m ? Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)) : Number.POSITIVE_INFINITY;
    const relativeChange = p > 0 ? Math.abs(q - p) / p : q > 0 ? Number.POSITIVE_INFINITY : 0;
    const noise = p > 0 ? (z * error) / p : Number.POSITIVE_INFINITY;
    const beyondChance = Math.abs(q - p) > z * error;
    const sizeChange = a > 0 ? (b - a) / a : null;
    return {
      segment,
      before: a,
      after: b,
      sizeChange,
      relativeChange,
      grew: q > p,
      noise,
      drifted: relativeChange > limit && beyondChance,
    };
  });
  const drifted = changes.some((change) => change.drifted);
  return { changes, drifted, message: drifted ? "Segment drift detected!" : "No segment drift." };
}
