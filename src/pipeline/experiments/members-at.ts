import type { TrustedDataset } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";
import { openObservations } from "../../features/index.js";
import {
  type Customers,
  customersOf,
  predictSegments,
  REQUIRED_FEATURES,
  ruleSegments,
  type SegmentationModel,
  type SegmentRule,
  segmentRulesOf,
} from "../../segmentation/index.js";
import { fitRulesOf } from "../segment-rules/resolve-rules.js";
import { modelFeatures } from "../segments/model-features.js";
import { rowsWithOrders } from "../segments/rows-with-orders.js";
import { consentSql } from "./load-participants.js";
import type { OpenedSegments } from "./open-segments.js";

/**
 * The customers who were in a segment on an earlier day, by the same rules or the same clusters, and who may be contacted
 * now: what they did afterwards is what the segment of today will do without a campaign. What those of today did before
 * today is not, since it is what put them into the segment.
 *
 * @throws {RangeError} If the clusters are made of features that the dataset itself does not give.
 */
export async function membersAt(
  engine: Engine,
  dataset: TrustedDataset,
  { segment, model, manifest, day }: Pick<OpenedSegments, "segment" | "model" | "manifest"> & { readonly day: string },
): Promise<string[]> {
  const wanted = [
    ...new Set([...REQUIRED_FEATURES, ...(segment.basis === "cluster" ? model.scaler.map(({ name }) => name) : [])]),
  ];
  const observations = await openObservations(engine, dataset, {
    asOf: day,
    returns: manifest.params["returns"] === "net" ? "net" : "drop",
  });
  const { relation } = await observations.features({ at: day, features: wanted });
  const { customer_id, consent, ...columns } = await observations.engine.columns(
    `SELECT f.*, ${consentSql(dataset, "f.customer_id")} AS consent FROM ${relation} AS f ORDER BY customer_id`,
  );
  await observations.close();
  const ids = customer_id as string[];
  const customers = customersOf(columns as Record<string, Float64Array>, { ids, asOf: day });
  const inSegment = segmentTest(customers, { segment, model, rules: rulesAt(customers, model, dataset) });
  return ids.filter((_, i) => (consent as string[])[i] === "yes" && inSegment(i));
}

/** The rules of the segments, or those of the earlier day where their limits were fitted after it. */
function rulesAt(
  customers: Customers,
  model: SegmentationModel,
  { settings }: Pick<TrustedDataset, "settings">,
): readonly SegmentRule[] {
  if (model.rules_as_of === undefined || model.rules_as_of <= customers.asOf) return model.rules;
  return segmentRulesOf({ ...settings.segments, rules: "fitted" }, { fitted: fitRulesOf(customers).rules });
}

function segmentTest(
  customers: Customers,
  { segment, model, rules }: Pick<OpenedSegments, "segment" | "model"> & { readonly rules: readonly SegmentRule[] },
): (row: number) => boolean {
  if (segment.basis === "everyone") return () => true;
  if (segment.basis === "rule") {
    const { names } = ruleSegments(customers, { rules });
    return (row) => names[row] === segment.name;
  }
  const rows = rowsWithOrders(customers, model.min_orders);
  const labels = rows.length ? predictSegments(model, modelFeatures(model, customers, rows)) : new Int32Array();
  const members = new Set(rows.filter((_, i) => model.names[labels[i]] === segment.name));
  return (row) => members.has(row);
}
