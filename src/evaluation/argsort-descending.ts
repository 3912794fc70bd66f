import { argsort } from "../numeric/index.js";

/**
 * Sorts rows by descending score, and replaces the value of each row by the mean over its ties, so that no result
 * depends on the order of ties.
 */
export function argsortDescending(
  values: Float64Array,
  scores: Float64Array,
): { order: Uint32Array; shared: Float64Array } {
  const order = argsort(scores).reverse();
  const shared = new Float64Array(order.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    let total = 0;
    for (; to < order.length && scores[order[to]] === scores[order[from]]; ++to) total += values[order[to]];
    shared.fill(total / (to - from), from, to);
  }
  return { order, shared };
}
