import { gamma, type Random } from "../../numeric/index.js";
import { demoCategories, demoProductTypes } from "./catalogue.js";
import { demoParameters } from "./parameters.js";

/** A customer's taste: probabilities that a line is of a category or product type. */
export interface DemoTaste {
  /** Per category, in the order of the catalogue; sums to 1. */
  readonly categories: Float64Array;
  /** Running sum over product types before the change. */
  readonly before: Float64Array;
  /** Running sum over product types after the change. */
  readonly after: Float64Array;
}

/** First product type of each category, and the number of product types. */
export const typeOffsets: readonly number[] = [
  ...demoCategories.map(({ name }) => demoProductTypes.findIndex(({ category }) => category === name)),
  demoProductTypes.length,
];

const changed = demoCategories.findIndex(({ name }) => name === demoParameters.change.tasteCategory);
const home = demoCategories.findIndex(({ name }) => name === "home");

/** Draws a taste: Dirichlet over categories, and within each category Dirichlet over its product types. */
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

/** An index of the running sum between `from` and `to`, with probability proportional to its step. */
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

/** A Dirichlet draw: gammas over their sum. Where all underflow, the largest parameter takes all. */
function dirichlet(random: Random, parameters: readonly number[]): Float64Array {
  const draws = Float64Array.from(parameters, (a) => gamma(random, a, 1));
  const sum = draws.reduce((total, draw) => total + draw, 0);
  if (!(sum > 0)) draws[parameters.indexOf(Math.max(...parameters))] = 1;
  return sum > 0 ? draws.map((draw) => draw / sum) : draws;
}
