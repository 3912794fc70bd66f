export { argsort } from "./argsort.js";
export { betaFraction } from "./beta-fraction.js";
export {
  asFloats,
  checkedWeights,
  requireBothClasses,
  requireFinite,
  requireInteger,
  requireLabels,
  requireProbabilities,
  requireRows,
} from "./checks.js";
export { fitLogit, type LogitFit, type LogitProblem, separatesClasses } from "./newton-logit.js";
export {
  type MinimizeOptions,
  type Minimum,
  minimize,
  type Objective,
  type PolishedMinimum,
  polish,
} from "./optimize.js";
export {
  bernoulli,
  beta,
  createRandom,
  exponential,
  gamma,
  integer,
  normal,
  poisson,
  type Random,
  shuffled,
  weighted,
} from "./random.js";
export { rounded } from "./rounded.js";
export {
  digamma,
  digammaDifference,
  gaussLegendre,
  integrate,
  logGamma,
  logRisingFactorial,
  type Quadrature,
  regularizedUpperGamma,
  scaledUpperGamma,
  upperGammaRatio,
} from "./special-functions.js";
export {
  logistic,
  logit,
  mean,
  normalCdf,
  normalQuantile,
  quantile,
  quantileOfSorted,
  standardDeviation,
  sum,
  variance,
  weightedMean,
} from "./stats.js";
export { studentQuantile } from "./student-quantile.js";
