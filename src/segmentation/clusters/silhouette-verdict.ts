/**
 * Grades a mean silhouette: above 0.5 good, from 0.3 acceptable, below 0.3 poor.
 *
 * @example
 * silhouetteVerdict(0.3065); // "acceptable"
 */
export function silhouetteVerdict(silhouette: number): "good" | "acceptable" | "poor" {
  return silhouette > 0.5 ? "good" : silhouette >= 0.3 ? "acceptable" : "poor";
}
