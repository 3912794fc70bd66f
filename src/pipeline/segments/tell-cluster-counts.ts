import { progressBar } from "../../progress/index.js";
import type { ClusterCountProgress } from "../../segmentation/index.js";
import type { StageContext } from "../stage.js";

/**
 * Reports the progress of the search for a number of clusters: give it as `onProgress`. A bar where a line can be drawn over
 * the one before, else a line for each number.
 */
export function tellClusterCounts({
  say,
  draw,
  now,
}: Pick<StageContext, "say" | "draw" | "now">): (progress: ClusterCountProgress) => void {
  const found = ({ k, silhouette }: ClusterCountProgress) => `K = ${k}, silhouette ${silhouette.toFixed(3)}`;
  if (draw) {
    const show = progressBar("  Clusters", { draw, now: () => now().getTime() });
    return (progress) => show({ ...progress, note: found(progress) });
  }
  let last = now().getTime();
  return (progress) => {
    const time = now().getTime();
    say(`  ${found(progress)}, tried in ${((time - last) / 1000).toFixed(1)} s`);
    last = time;
  };
}
