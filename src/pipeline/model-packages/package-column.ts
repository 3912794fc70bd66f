import type { ModelPackage } from "../../tracking/index.js";
import { withLoader } from "./model-card.js";

/** Predicts a column times a factor. Plain data, which JSON keeps. */
export interface ColumnModel {
  readonly kind: "column";
  readonly column: string;
  readonly factor: number;
}

/** Packages a column times a factor in MLflow's format. */
export function packageColumn(model: ColumnModel): ModelPackage {
  const parts = { files: { "model.json": JSON.stringify(model) }, flavors: {}, requirements: ["numpy"] };
  return {
    ...withLoader(parts, { kind: model.kind, features: [model.column], predicts: "value" }),
    signature: { inputs: [{ name: model.column, type: "double" }], outputs: [{ type: "double" }] },
    inputExample: { [model.column]: [0, 1] },
  };
}
