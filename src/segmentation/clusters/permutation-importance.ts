import { requireKnownOptions } from "../../errors.js";
import { createRandom, requireInteger, shuffled } from "../../numeric/index.js";
import { predictClusters, type SegmentationModel } from "./segmentation-model.js";

/** Importance of one feature for the assignment to clusters. */
export interface PermutationImportance {
  readonly feature: string;
  /** Share of customers, in [0, 1], who land in another cluster when the feature is shuffled. */
  readonly importance: number;
}

/**
 * Measures how much the assignment to clusters depends on each feature of a model: the share of customers who land in
 * another cluster when that feature alone is shuffled among them (Breiman 2001), the largest first.
 *
 * @param columns Unscaled features by name, each shape (n,).
 * @param options.seed Seeds the shuffles.
 * @param options.repeats Shuffles per feature, of which the mean is taken; defaults to 5.
 * @throws {RangeError} If a feature of the model is not there, or a value is missing.
 *
 * @example
 * const columns = { orders: [1, 1, 1, 9, 9, 9], age: [1, 2, 3, 1, 2, 3] };
 * const scaler = fitFeatureScaler(columns);
 * const model = { scaler, centroids: [[-1, 0], [1, 0]] };
 * permutationImportance(model, columns, { seed: 7 }).map(({ feature }) => feature); // ["orders", "age"]
 */
export function permutationImportance(
  model: Pick<SegmentationModel, "scaler" | "centroids">,
  columns: Readonly<Record<string, ArrayLike<number>>>,
  options: { readonly seed: number; readonly repeats?: number },
): PermutationImportance[] {
  requireKnownOptions("compute permutationImportance", options, { seed: true, repeats: true });
  const { seed, repeats = 5 } = options;
  requireInteger("permutationImportance", "repeats", repeats, 1);
  const random = createRandom(seed);
  const before = predictClusters(model, columns);
  return model.scaler
    .map(({ name }) => {
      let moved = 0;
      for (let repeat = 0; repeat < repeats; ++repeat) {
        const column = Float64Array.from(shuffled(random.fork(`${name} ${repeat}`), columns[name]));
        const after = predictClusters(model, { ...columns, [name]: column });
        moved += after.reduce((count, cluster, i) => count + (cluster === before[i] ? 0 : 1), 0);
      }
      return { feature: name, importance: before.length ? moved / (repeats * before.length) : 0 };
    })
    .sort((a, b) => b.importance - a.importance || (a.feature < b.feature ? -1 : 1));
}
