import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSegmentationModel, type SegmentationModel } from "../../segmentation/index.js";
import { type ChosenSegment, chooseSegment } from "../../strategy/index.js";
import { SEGMENT_NAMES } from "../../text/index.js";
import type { StageContext } from "../legacy-stage.js";
import type { Manifest } from "./manifest.js";

/** The segments that `rekindle segment` wrote. */
export interface OpenedSegments {
  readonly manifest: Manifest;
  /** The day that they stand at. */
  readonly asOf: string;
  readonly model: SegmentationModel;
  /** Path of `segment_assignments.parquet`. */
  readonly assignments: string;
  readonly segment: ChosenSegment;
}

/** Which segment, and for what. */
export interface OpenSegmentsOptions {
  /** What is being done, for messages: "plan" or "split". */
  readonly doing: string;
  readonly segment: string;
  readonly basis?: "rule" | "cluster";
}

/**
 * Opens the segments of a dataset and finds one among them.
 *
 * @throws {Error} If the dataset has not been segmented, or at another day than is asked for, or the name is unknown.
 */
export async function openSegments(
  { out, dataset, asOf: asked }: Pick<StageContext, "out" | "dataset" | "asOf">,
  { doing, segment, basis }: OpenSegmentsOptions,
): Promise<OpenedSegments> {
  const folder = join(out, "segments");
  if (!existsSync(join(folder, "manifest.json"))) {
    throw new Error(
      `Cannot ${doing} an experiment: "${dataset}" has no segments yet, run npx rekindle segment --dataset ${dataset}`,
    );
  }
  const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as Manifest;
  const asOf = String(manifest.as_of);
  if (asked !== undefined && asked !== asOf) {
    throw new RangeError(
      `Cannot ${doing} an experiment as of ${asked}: the segments of "${dataset}" stand at ${asOf}, run npx rekindle segment --dataset ${dataset} --as-of ${asked}`,
    );
  }
  const model = parseSegmentationModel(await readFile(join(folder, "segmentation_model.json"), "utf8"));
  return {
    manifest,
    asOf,
    model,
    assignments: join(folder, "segment_assignments.parquet"),
    segment: chooseSegment(segment, { rules: SEGMENT_NAMES, clusters: model.names }, basis ? { basis } : {}),
  };
}

/** Throws unless the segments come from the import that is open now. */
export function requireSameImport(
  { manifest }: OpenedSegments,
  { sha256 }: { readonly sha256: string },
  { doing, dataset }: { readonly doing: string; readonly dataset: string },
): void {
  if (manifest.dataset_sha256 === sha256) return;
  throw new Error(
    `Cannot ${doing} an experiment: the segments of "${dataset}" come from an earlier import, run npx rekindle segment --dataset ${dataset}`,
  );
}
