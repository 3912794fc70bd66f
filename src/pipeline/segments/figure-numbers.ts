import { meanRanks, type SegmentImportance, type SegmentRanks, type SilhouetteRows } from "../../charts/index.js";
import { silhouetteSamples } from "../../evaluation/index.js";
import { createRandom, shuffled } from "../../random.js";
import {
  permutationImportance,
  type SegmentationModel,
  type SegmentProfile,
  scaleFeatures,
  separation,
} from "../../segmentation/index.js";
import type { DescribedSegments } from "./describe-segments.js";

/** Customers whose silhouettes are computed: every one is compared with all. */
const MOST_SILHOUETTES = 10_000;

/** Profiles in the order of pictures: those in no segment last. */
export function inOrder(profiles: readonly SegmentProfile[]): readonly SegmentProfile[] {
  return [...profiles].sort((a, b) => Number(a.segment < 0) - Number(b.segment < 0) || a.segment - b.segment);
}

/** Mean ranks of the segments on what is better the more there is of it, as far as all segments have it. */
export function radarOf({ now, profiles }: DescribedSegments): {
  readonly axes: readonly string[];
  readonly segments: readonly SegmentRanks[];
} {
  const { columns } = now.customers;
  const shown = inOrder(profiles);
  const numbers = shown.map(({ segment }) => segment);
  const places = now.segment.map((segment) => numbers.indexOf(segment));
  const known = [
    ["more recent", columns["recency_days"].map((days) => -days)] as const,
    ["more orders", columns["frequency"]] as const,
    ["larger orders", columns["avg_basket_value"]] as const,
    ["more revenue", columns["monetary"]] as const,
    ["longer known", columns["days_since_first_purchase"]] as const,
    ["more engaged", columns["engagement_score"]] as const,
  ].flatMap(([axis, values]) => {
    const ranks = values ? meanRanks(values, places, numbers.length) : [Number.NaN];
    return ranks.some(Number.isNaN) ? [] : [{ axis, ranks }];
  });
  return {
    axes: known.map(({ axis }) => axis),
    segments: shown.map(({ name, customers }, i) => ({ name, customers, ranks: known.map(({ ranks }) => ranks[i]) })),
  };
}

/** How far each feature tells the segments apart, and how far they lean on it if they are made of it. */
export function importancesOf({ now, model }: DescribedSegments, seed: number): SegmentImportance[] {
  const { columns } = now.customers;
  const permuted = permutationImportance(model, featuresOf(model, columns, rowsInSegments(now.segment)), { seed });
  return separation(columns, now.segment).map(({ feature, importance }) => ({
    feature,
    between: importance,
    permuted: permuted.find((one) => one.feature === feature)?.importance ?? null,
  }));
}

/** Silhouettes of those in segments, or of a random part of them, which are then compared with each other. */
export function silhouettesOf({ now, model }: DescribedSegments, seed: number): SilhouetteRows {
  const all = rowsInSegments(now.segment);
  const rows = all.length > MOST_SILHOUETTES ? shuffled(createRandom(seed), all).slice(0, MOST_SILHOUETTES) : all;
  const segments = Int32Array.from(rows, (row) => now.segment[row]);
  const points = scaleFeatures(model.scaler, featuresOf(model, now.customers.columns, rows));
  return { silhouettes: silhouetteSamples(points, segments), segments };
}

function rowsInSegments(segment: Int32Array): number[] {
  return Array.from(segment.keys()).filter((row) => segment[row] >= 0);
}

function featuresOf(
  { scaler }: Pick<SegmentationModel, "scaler">,
  columns: Readonly<Record<string, Float64Array>>,
  rows: readonly number[],
): Record<string, Float64Array> {
  return Object.fromEntries(scaler.map(({ name }) => [name, Float64Array.from(rows, (row) => columns[name][row])]));
}
