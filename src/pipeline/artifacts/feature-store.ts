import { fileArtifact } from "./artifact.js";

/** One row of features per customer, as Parquet; read as its path. */
export const featureStore = fileArtifact({
  title: "the feature store",
  madeBy: "features",
  in: "features",
  file: "feature_store.parquet",
});
