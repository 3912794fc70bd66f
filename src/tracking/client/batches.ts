import { BATCH_LIMITS } from "./limits.js";
import { toWireNumber, type WirePair } from "./wire.js";

/** One point of a metric. */
export interface Metric {
  readonly key: string;
  /** May be NaN or infinite. */
  readonly value: number;
  /** Milliseconds since 1970. Points that agree in key, step, time and value are one point. */
  readonly timestamp: number;
  /** Defaults to 0. */
  readonly step?: number;
  /** The logged model that was measured. */
  readonly modelId?: string;
}

/** A metric as `runs/log-batch` takes it. */
export interface WireMetric {
  readonly key: string;
  readonly value: number | string;
  readonly timestamp: number;
  readonly step: number;
  readonly model_id?: string;
}

/** Content of one request to `runs/log-batch`. */
export interface Batch {
  readonly metrics: WireMetric[];
  readonly params: WirePair[];
  readonly tags: WirePair[];
}

/** Converts a metric to the server's form. */
export function toWireMetric({ key, value, timestamp, step = 0, modelId }: Metric): WireMetric {
  const wire = { key, value: toWireNumber(value), timestamp: Math.trunc(timestamp), step: Math.trunc(step) };
  return modelId === undefined ? wire : { ...wire, model_id: modelId };
}

/** Room for the run id and the names of the three lists. */
const ENVELOPE_BYTES = 1000;

/** Cuts what is to be logged into requests that the server accepts: params first, then tags, then metrics, in order. */
export function* batchesOf({ metrics, params, tags }: Batch): Generator<Batch> {
  let batch: Batch = { metrics: [], params: [], tags: [] };
  let items = 0;
  let bytes = ENVELOPE_BYTES;
  for (const [kind, item] of [
    ...params.map((param) => ["params", param] as const),
    ...tags.map((tag) => ["tags", tag] as const),
    ...metrics.map((metric) => ["metrics", metric] as const),
  ]) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    const isFull =
      batch[kind].length >= BATCH_LIMITS[kind] || items >= BATCH_LIMITS.items || bytes + size > BATCH_LIMITS.bytes;
    if (isFull) {
      yield batch;
      batch = { metrics: [], params: [], tags: [] };
      items = 0;
      bytes = ENVELOPE_BYTES;
    }
    (batch[kind] as (typeof item)[]).push(item);
    ++items;
    bytes += size;
  }
  if (items > 0) yield batch;
}
