export { applyCalibrator } from "./apply-calibrator.js";
export type { FitOptions } from "./calibration-data.js";
export type {
  BetaCalibrator,
  Calibrator,
  InterceptCalibrator,
  IsotonicCalibrator,
  SigmoidCalibrator,
  TemperatureCalibrator,
} from "./calibrator.js";
export {
  type CrossFittedCalibration,
  crossFittedCalibration,
  type FitCalibrator,
} from "./cross-fitted-calibration.js";
export { fitBeta } from "./fit-beta.js";
export { fitIntercept } from "./fit-intercept.js";
export { fitIsotonic, type IsotonicOptions } from "./fit-isotonic.js";
export { fitSigmoid } from "./fit-sigmoid.js";
export { fitTemperature } from "./fit-temperature.js";
export { parseCalibrator } from "./parse-calibrator.js";
export { rankByCalibrated } from "./rank-by-calibrated.js";
