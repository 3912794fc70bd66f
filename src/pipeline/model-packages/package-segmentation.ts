import { requireKnownOptions } from "../../errors.js";
import { encodeSegmentationModel, type SegmentationModel } from "../../segmentation/index.js";
import type { ModelPackage } from "../../tracking/index.js";
import { withLoader } from "./model-card.js";

/** Options for packaging a segmentation. */
export interface PackageSegmentationOptions {
  /** A few customers to try the model with: unscaled features by name, as {@link predictClusters} takes them. */
  readonly inputExample: Readonly<Record<string, ArrayLike<number>>>;
}

/**
 * Clusters in MLflow's format: Python's `mlflow.pyfunc.load_model` gives each customer's `segment` and `segment_name`
 * from unscaled features, the same as `predictClusters`. Customers with fewer orders than the model requires are left
 * out by the caller there too.
 *
 * @throws {RangeError} If the example lacks a feature of the model.
 */
export function packageSegmentation(model: SegmentationModel, options: PackageSegmentationOptions): ModelPackage {
  requireKnownOptions("package the segmentation", options, { inputExample: true });
  const { inputExample } = options;
  const features = model.scaler.map(({ name }) => name);
  const missing = features.find((name) => !(name in inputExample));
  if (missing !== undefined) {
    throw new RangeError(
      `Cannot package the segmentation: the example has the columns ${Object.keys(inputExample).join(", ") || "none"}; expected ${features.join(", ")}`,
    );
  }
  const file = "segmentation_model.json";
  const parts = {
    files: { [file]: JSON.stringify(encodeSegmentationModel(model)) },
    flavors: {},
    requirements: ["numpy", "pandas"],
  };
  return {
    ...withLoader(parts, { kind: "segmentation", features, predicts: "segment" }),
    signature: {
      inputs: features.map((name) => ({ name, type: "double" })),
      outputs: [
        { name: "segment", type: "long" },
        { name: "segment_name", type: "string" },
      ],
    },
    inputExample: Object.fromEntries(features.map((name) => [name, inputExample[name]])),
  };
}
