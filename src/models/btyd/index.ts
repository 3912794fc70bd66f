export { fitBetaGeo } from "./beta-geo.js";
export { fitBetaGeoBetaBinomial } from "./beta-geo-beta-binomial.js";
export { fitGammaGamma } from "./gamma-gamma.js";
export { fitModifiedBetaGeo } from "./modified-beta-geo.js";
export { fitNbd } from "./nbd.js";
export { fitParetoNbd } from "./pareto-nbd.js";
export { fitShiftedBetaGeometric } from "./shifted-beta-geometric.js";
