import { meanRanks, type SegmentImportance, type SegmentRanks, type SilhouetteRows } from "../../charts/index.js";
import { MAX_COMPARED, silhouetteSamples, stratifiedSample } from "../../evaluation/index.js";
import { createRandom } from "../../numeric/index.js";
import {
  isLinearFeature,
  permutationImportance,
  type SegmentProfile,
  scaleFeatures,
  separation,
  signedLog1p,
} from "../../segmentation/index.js";
import type { DescribedSegments } from "./describe-segments.js";
import { modelFeatures } from "./model-features.js";

/** Profiles in the order of pictures: those in no segment last. */
export function inOrder(profiles: readonly SegmentProfile[]): readonly SegmentProfile[] {
  return [...profiles].sort((a, b) => Number(a.segment < 0) - Number(b.segment < 0) || a.segment - b.segment);
}

/** Mean ranks of the segments on what is better the more there is of it, as far as all segments have it. */
export function radarOf({ now, profiles }: Pick<DescribedSegments, "now" | "profiles">): {
  readonly axes: readonly string[];
  readonly segments: readonly SegmentRanks[];
} {
  const { customers: all } = now;
  const shown = inOrder(profiles);
  const numbers = shown.map(({ segment }) => segment);
  const places = now.segment.map((segment) => numbers.indexOf(segment));
  const known = [
    ["more recent", all.recencyDays.map((days) => -days)] as const,
    ["more orders", all.frequency] as const,
    ["larger orders", all.avgBasketValue] as const,
    ["more revenue", all.monetary] as const,
    ["longer known", all.daysSinceFirstPurchase] as const,
    ["more engaged", all.engagementScore] as const,
  ].flatMap(([axis, values]) => {
    const ranks = values ? meanRanks(values, places, numbers.length) : [Number.NaN];
    return ranks.some(Number.isNaN) ? [] : [{ axis, ranks }];
  });
  return {
    axes: known.map(({ axis }) => axis),
    segments: shown.map(({ name, customers }, i) => ({ name, customers, ranks: known.map(({ ranks }) => ranks[i]) })),
  };
}

/**
 * Measures how well each feature separates the segments, and how much the clusters depend on it. A feature is judged
 * on the scale on which segments are made of it; others by their logarithms, but for scores and rates.
 */
export function importancesOf(
  { now, model }: Pick<DescribedSegments, "now" | "model">,
  seed: number,
): SegmentImportance[] {
  const { features } = now.customers;
  const permuted = permutationImportance(model, modelFeatures(model, now.customers, rowsInSegments(now.segment)), {
    seed,
  });
  const isLogarithmic = (feature: string) => {
    const scaled = model.scaler.find(({ name }) => name === feature);
    return scaled ? scaled.transform === "log1p" : !isLinearFeature(feature);
  };
  const judged = Object.entries(features).map(
    ([feature, values]) => [feature, isLogarithmic(feature) ? values.map(signedLog1p) : values] as const,
  );
  return separation(Object.fromEntries(judged), now.segment).map(({ feature, importance }) => ({
    feature,
    logarithmic: isLogarithmic(feature),
    between: importance,
    permuted: permuted.find((one) => one.feature === feature)?.importance ?? null,
  }));
}

/**
 * Silhouettes of those in segments. Where they are more than `most`, of a random part of each segment as large as its
 * share, but never so small that the segment is lost; the drawn are then compared with each other.
 */
export function silhouettesOf(
  { now, model }: Pick<DescribedSegments, "now" | "model">,
  { seed, most = MAX_COMPARED }: { readonly seed: number; readonly most?: number },
): SilhouetteRows {
  const all = rowsInSegments(now.segment);
  const rows = all.length > most ? drawnBySegment(all, now.segment, { seed, most }) : all;
  const segments = Int32Array.from(rows, (row) => now.segment[row]);
  const points = scaleFeatures(model.scaler, modelFeatures(model, now.customers, rows));
  return { silhouettes: silhouetteSamples(points, segments), segments };
}

/** A random part of each segment, drawn as `estimateSilhouette` draws it. */
function drawnBySegment(
  all: readonly number[],
  segment: Int32Array,
  { seed, most }: { readonly seed: number; readonly most: number },
): number[] {
  const numbers = [...new Set(all.map((row) => segment[row]))].sort((a, b) => a - b);
  const members = numbers.map((own) => all.filter((row) => segment[row] === own));
  return stratifiedSample(members, { most, random: createRandom(seed) }).flat();
}

function rowsInSegments(segment: Int32Array): number[] {
  return Array.from(segment.keys()).filter((row) => segment[row] >= 0);
}
