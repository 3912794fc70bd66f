import { type ReturnsPolicy, requireReturnsPolicy } from "../../features/index.js";
import type { Manifest } from "./manifest.js";

/**
 * Returns how the features behind an artifact count returns.
 *
 * @throws {RangeError} If its manifest names no known way.
 */
export function recordedReturns({ params, dataset }: Pick<Manifest, "params" | "dataset">): ReturnsPolicy {
  return requireReturnsPolicy(params["returns"], `use the artifacts of "${dataset}"`);
}
