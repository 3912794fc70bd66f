import { fileArtifact } from "./artifact.js";

/** The segment of every customer, as Parquet; read as its path. */
export const segmentAssignments = fileArtifact({
  title: "the segments",
  madeBy: "segment",
  in: "segments",
  file: "segment_assignments.parquet",
});
