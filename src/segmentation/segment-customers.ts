import { requireKnownOptions } from "../errors.js";
import { TOO_FEW_ORDERS } from "../text/index.js";
import { type Assignments, assignSegments } from "./assign-segments.js";
import { compareRefit, type RefitComparison } from "./clusters/compare-refit.js";
import type { SegmentationModel } from "./clusters/segmentation-model.js";
import type { Customers } from "./customers.js";
import {
  type FitSegmentationOptions,
  type FittedSegmentation,
  fitSegmentation,
  segmentationOptions,
} from "./fit-segmentation.js";
import { type JudgedFit, judgeFit } from "./judge-fit.js";
import { modelFeatures } from "./model-features.js";
import { rowsWithOrders } from "./rows-with-orders.js";
import type { ResolvedRules } from "./rules/resolve-rules.js";

/** Options of {@link segmentCustomers}. */
export interface SegmentCustomersOptions extends FitSegmentationOptions {
  /** Rules of the day and of the earlier one. */
  readonly rules: Pick<ResolvedRules, "now" | "before" | "limits">;
  /** A model fitted before, which is judged; defaults to one fitted to the earlier day's customers. */
  readonly fitted?: SegmentationModel;
}

/** A fitted segmentation, and the clusters and segments of the customers of two days. */
export interface SegmentedCustomers extends FittedSegmentation {
  readonly now: Assignments;
  readonly before: Assignments;
  /** Returns the name of a cluster; -1 is that of customers with too few orders. */
  readonly nameOf: (cluster: number) => string;
  /** Differences from clusters fitted to the earlier day's customers; absent where they were too few. */
  readonly refit: RefitComparison | undefined;
  /** The fit that the retrain verdict is about. */
  readonly judged: JudgedFit;
}

/**
 * Fits clusters to the customers of a day, and assigns those of that day and of an earlier one to clusters and segments.
 *
 * @param customers With the features of the clusters, and of the model to judge.
 * @throws {RangeError} If too few customers have enough orders, a feature cannot be scaled, or the model to judge is of
 *   another dataset or of a later day.
 */
export async function segmentCustomers(
  { now, before }: { readonly now: Customers; readonly before: Customers },
  options: SegmentCustomersOptions,
): Promise<SegmentedCustomers> {
  requireKnownOptions("segment customers", options, { fitted: true, ...segmentationOptions });
  const { fitted, ...fitting } = options;
  const { dataset, minOrders, rules, seed } = fitting;
  const { choice, model } = await fitSegmentation(now, fitting);
  const enough = (customers: Customers) => modelFeatures(model, customers, rowsWithOrders(customers, minOrders));
  const refit = compareRefit(model, enough(now), { earlier: enough(before), seed });
  const judged = fitted
    ? judgeFit(fitted, now, { dataset, seed })
    : refit && { asOf: before.asOf, given: false, silhouette: refit.silhouette };
  return {
    choice,
    model,
    now: assignSegments(now, { model, rules: rules.now }),
    before: assignSegments(before, { model, rules: rules.before }),
    nameOf: (cluster) => (cluster < 0 ? TOO_FEW_ORDERS : model.names[cluster]),
    refit,
    judged: judged ?? { asOf: now.asOf, given: false, silhouette: model.metrics["silhouette"] },
  };
}
