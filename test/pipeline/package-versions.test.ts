import { expect, test } from "vitest";
import { matrixFromColumns } from "../../src/matrix/index.js";
import { fitLightGbmRegressor, fitXGBoostRegressor } from "../../src/models/index.js";
import { packageModel } from "../../src/pipeline/index.js";
import { packageFiles } from "../../src/tracking/model-package.js";
import { textOf } from "../checks/tracked-files.js";

test("a packaged model asks for the releases that the set-up installs", async () => {
  const X = matrixFromColumns({ frequency: [1, 2, 8, 9] });
  const options = { seed: 7, nRounds: 1 };
  const models = [
    await fitXGBoostRegressor(X, [1, 1, 5, 5], options),
    await fitLightGbmRegressor(X, [1, 1, 5, 5], options),
  ];
  const asked = models.flatMap((model) => {
    const files = packageFiles(packageModel(model, { inputExample: X }));
    return String(files["requirements.txt"]).trim().split("\n");
  });
  // The wheel of XGBoost without CUDA has another name.
  const installed = textOf("src/setup/install/requirements.in")
    .replace("xgboost-cpu", "xgboost")
    .replace(/\[.*?\]/g, "")
    .split("\n");
  expect(asked.filter((line) => line.includes("=="))).toHaveLength(4);
  for (const line of asked.filter((text) => text.includes("=="))) expect(installed).toContain(line);
});
