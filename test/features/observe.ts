import type { Engine } from "../../src/engine/index.js";
import {
  type FeatureTable,
  type LabelsRequest,
  type Observations,
  type ObservationsOptions,
  openObservations,
} from "../../src/features/index.js";
import type { ObservedDataset } from "../../src/features/relations/observed-tables.js";

/** What to observe; each is computed only if it is asked for. */
export interface Observed extends ObservationsOptions {
  /** Days of the features; none by default. */
  readonly features?: readonly string[];
  /** Names of the features; defaults to all. */
  readonly only?: readonly string[];
  /** Days of the BTYD summary. */
  readonly btydSummary?: readonly string[];
  readonly labels?: LabelsRequest;
}

/** Observes a dataset, and makes the answers readable to tests as `features`, `btyd_summary` and `labels`. */
export async function observe(
  engine: Engine,
  dataset: ObservedDataset,
  { features, only, btydSummary, labels, ...options }: Observed,
): Promise<{ readonly observations: Observations; readonly table: FeatureTable }> {
  const observations = await openObservations(engine, dataset, options);
  const show = (name: string, { relation }: { readonly relation: string }) =>
    engine.run(`CREATE OR REPLACE VIEW ${name} AS SELECT * FROM ${relation}`);
  if (labels) await show("labels", await observations.labels(labels));
  if (btydSummary) await show("btyd_summary", await observations.btydSummary({ at: btydSummary }));
  const table = await observations.features({
    at: features ?? options.asOf,
    features: only ?? (features ? "all" : []),
  });
  if (features) await show("features", table);
  return { observations, table };
}
