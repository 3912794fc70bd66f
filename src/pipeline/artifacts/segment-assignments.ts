import { decodeSegmentationModel, SegmentationModelFile } from "../../segmentation/index.js";
import { fileArtifact, jsonArtifact } from "./artifact.js";

/** The segment of every customer, as Parquet; read as its path. */
export const segmentAssignments = fileArtifact({
  title: "the segments",
  madeBy: "segment",
  in: "segments",
  file: "segment_assignments.parquet",
});

/** The rules and clusters of the segments. */
export const segmentationModel = jsonArtifact(
  SegmentationModelFile,
  { title: "the segmentation", madeBy: "segment", in: "segments", file: "segmentation_model.json" },
  decodeSegmentationModel,
);
