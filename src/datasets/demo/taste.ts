import { gamma, type Random } from "../../numeric/index.js";
import { demoCategories, demoProductTypes } from "./catalogue.js";
import { demoParameters } from "./parameters.js";

/** Preferences of a customer: probabilities of categories and product types per order line. */
export interface DemoTaste {
  /** Probability per category, in the order of the catalogue; sums to 1. */
  readonly categories: Float64Array;
  /** Cumulative probabilities of product types before the change. */
  readonly before: Float64Array;
  /** Cumulative probabilities of product types after the change. */
  readonly after: Float64Array;
}

/** First product type of each category, and the number of product types. */
export const typeOffsets: readonly number[] = [
  ...demoCategories.map(({ name }) => demoProductTypes.findIndex(({ category }) => category === name)),
  demoProductTypes.length,
];

const changed = demoCategories.findIndex(({ name }) => name === demoParameters.change.tasteCategory);
const home = demoCategories.findIndex(({ name }) => name === "home");

/** Draws preferences: Dirichlet over categories, and within each category Dirichlet over its product types. */
export function drawTaste(random: Random, { isNewMover }: { isNewMover: boolean }): DemoTaste {
  const { categoryConcentration, typeConcentration, newMoverHome } = demoParameters.taste;
  const categories = dirichlet(
    random,
    demoCategories.map(
      ({ weight }, c) => categoryConcentration * weight * (isNewMover && c === home ? newMoverHome : 1),
    ),
  );
  const types = new Float64Array(demoProductTypes.length);
  for (let c = 0; c < demoCategories.length; ++c) {
    const weights = demoProductTypes.slice(typeOffsets[c], typeOffsets[c + 1]).map(({ weight }) => weight);
    const shares = dirichlet(
      random,
      weights.map((weight) => typeConcentration * weight),
    );
    for (let k = 0; k < shares.length; ++k) types[typeOffsets[c] + k] = categories[c] * shares[k];
  }
  return { categories, before: runningSum(types, 1), after: runningSum(types, demoParameters.change.tasteWeight) };
}

/** Draws an index between `from` and `to` from cumulative probabilities. */
export function drawType(random: Random, runningSum: Float64Array, from: number, to: number): number {
  const start = from === 0 ? 0 : runningSum[from - 1];
  const at = start + random.uniform() * (runningSum[to - 1] - start);
  let type = from;
  while (type < to - 1 && runningSum[type] <= at) ++type;
  return type;
}

function runningSum(types: Float64Array, factor: number): Float64Array {
  const sums = new Float64Array(types.length);
  let sum = 0;
  for (let type = 0; type < types.length; ++type) {
    sum += types[type] * (type >= typeOffsets[changed] && type < typeOffsets[changed + 1] ? factor : 1);
    sums[type] = sum;
  }
  return sums;
}

/** Draws from a Dirichlet distribution: gammas over their sum. If all underflow, the largest parameter gets probability 1. */
function dirichlet(random: Random, parameters: readonly number[]): Float64Array {
  const draws = Float64Array.from(parameters, (a) => gamma(random, a, 1));
  const sum = draws.reduce((total, draw) => total + draw, 0);
  if (!(sum > 0)) draws[parameters.indexOf(Math.max(...parameters))] = 1;
  return sum > 0 ? draws.map((draw) => draw / sum) : draws;
}
