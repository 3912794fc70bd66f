import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSegmentationModel, type SegmentationModel } from "../../segmentation/index.js";
import { type Artifact, fileArtifact } from "./artifact.js";

/** The segment of every customer, as Parquet; read as its path. */
export const segmentAssignments = fileArtifact({
  title: "the segments",
  madeBy: "segment",
  in: "segments",
  file: "segment_assignments.parquet",
});

/** The rules and clusters of the segments. */
export const segmentationModel: Artifact<SegmentationModel> = {
  ...fileArtifact({ title: "the segmentation", madeBy: "segment", in: "segments", file: "segmentation_model.json" }),
  read: async (folder) => parseSegmentationModel(await readFile(join(folder, "segmentation_model.json"), "utf8")),
};
