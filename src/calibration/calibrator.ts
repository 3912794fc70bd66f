/** A step function with straight lines between its steps. */
export interface IsotonicCalibrator {
  readonly kind: "isotonic";
  /** Scores, strictly ascending. */
  readonly x: readonly number[];
  /** Calibrated values at them: never falling, or never rising where it was fitted so. */
  readonly y: readonly number[];
  /** For scores beyond the fitted ones: the nearest value, NaN, or an error. */
  readonly outOfRange: "clip" | "nan" | "raise";
}

/** Platt's sigmoid: p = 1 / (1 + exp(A score + B)). */
export interface SigmoidCalibrator {
  readonly kind: "sigmoid";
  readonly A: number;
  readonly B: number;
}

/** Beta calibration: logit p = a log(score) - b log(1 - score) + c. */
export interface BetaCalibrator {
  readonly kind: "beta";
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Temperature scaling: logit p = logit(score) / temperature. */
export interface TemperatureCalibrator {
  readonly kind: "temperature";
  readonly temperature: number;
}

/** A shifted base rate: logit p = logit(score) + shift. */
export interface InterceptCalibrator {
  readonly kind: "intercept";
  readonly shift: number;
}

/** A fitted calibrator: plain data, which JSON keeps. */
export type Calibrator =
  | IsotonicCalibrator
  | SigmoidCalibrator
  | BetaCalibrator
  | TemperatureCalibrator
  | InterceptCalibrator;
