import { listedNames, withCard } from "../../table/index.js";
import type { KmeansFit } from "./kmeans-fit.js";

/** Makes the console show a division into clusters as a card: sizes, inertia, iterations, seed. */
export function withKmeansCard(method: string, fit: KmeansFit, seed: number): KmeansFit {
  const { centroids, labels, inertia, iterations, converged } = fit;
  const sizes = new Array<number>(centroids.nRows).fill(0);
  for (const label of labels) ++sizes[label];
  const { columnNames, nCols } = centroids;
  return withCard(fit, {
    title: `${method}: ${centroids.nRows} clusters of ${labels.length} rows`,
    facts: {
      sizes: sizes.join(", "),
      columns: columnNames ? listedNames(columnNames) : nCols,
      inertia,
      iterations,
      converged,
      seed,
    },
  });
}
