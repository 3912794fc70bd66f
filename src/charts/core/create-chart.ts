import { withDisplay } from "../../table/index.js";
import type { Chart } from "./chart.js";
import { mimeBundle } from "./mime-bundle.js";

/** Maximum rows of inline data per chart. */
export const MAX_INLINE_ROWS = 5000;

/**
 * Creates a chart that notebooks display when it is a cell's last expression. It stays plain data: the display method is
 * not enumerable, so JSON, spreading and comparison ignore it.
 *
 * @throws {RangeError} If the spec has more than {@link MAX_INLINE_ROWS} rows of inline data, or the title is empty.
 */
export function createChart(chart: Chart): Chart {
  if (!chart.title) throw new RangeError("Cannot create a chart: the title is empty; say what it shows");
  requireFewRows(chart);
  return withDisplay(chart, mimeBundle);
}

/** Throws if the spec has more than {@link MAX_INLINE_ROWS} rows of inline data. */
export function requireFewRows(chart: Pick<Chart, "title" | "spec" | "narrowSpec">): void {
  const rows = Math.max(inlineRows(chart.spec), inlineRows(chart.narrowSpec));
  if (rows > MAX_INLINE_ROWS) {
    throw new RangeError(
      `Cannot create chart${chart.title && ` "${chart.title}"`}: it has ${rows} rows of inline data; the maximum is ${MAX_INLINE_ROWS}`,
    );
  }
}

/** Counts the rows of all inline data in a spec, at any depth. */
function inlineRows(node: unknown): number {
  if (typeof node !== "object" || node === null) return 0;
  if (Array.isArray(node)) return node.reduce((sum: number, item) => sum + inlineRows(item), 0);
  return Object.entries(node).reduce(
    (sum, [key, value]) => sum + (key === "values" && Array.isArray(value) ? value.length : inlineRows(value)),
    0,
  );
}
