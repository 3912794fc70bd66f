import { requireKnownOptions } from "../../../errors.js";
import { createRandom, gamma, type Random } from "../../../numeric/index.js";
import type { GammaGammaModel } from "../models/gamma-gamma.js";
import { type PurchaseModel, requireCovariates } from "../models/purchase-model.js";
import { newCustomer } from "../predict/modelled-customer.js";
import { requireCounts } from "../require-numbers.js";
import { type Horizon, horizonIn } from "../time-unit.js";

/** Simulated histories, with what a real log would not show. */
export interface SimulatedHistories {
  readonly x: Float64Array;
  readonly t_x: Float64Array;
  readonly T: Float64Array;
  readonly covariates?: Readonly<Record<string, ArrayLike<number>>>;
  /** 1 for those who are still customers at T. */
  readonly alive: Uint8Array;
  /** Purchases in the horizon after T. */
  readonly future: Float64Array;
}

/** Options of a simulation. */
export interface SimulationOptions {
  /** Seeds the draws. */
  seed: number;
  /** Period after T in which purchases are drawn; defaults to none. */
  horizon?: Horizon;
  /** Covariates by name, each as long as T; needed if the model was fitted with some. */
  covariates?: Readonly<Record<string, ArrayLike<number>>>;
}

/**
 * Draws a customer for each T from the model: rates, dropout, then the purchases.
 *
 * @throws {RangeError} If the seed is missing, a T is not a finite number from 0, or covariates are missing.
 *
 * @example
 * const drawn = simulateHistories(model, [39, 39, 30], { seed: 7, horizon: { value: 13, unit: "weeks" } });
 * drawn.x.length === 3 && drawn.future.length === 3; // true
 */
export function simulateHistories(
  model: PurchaseModel,
  T: ArrayLike<number>,
  options: SimulationOptions,
): SimulatedHistories {
  requireKnownOptions("simulate histories", options, { seed: true, horizon: true, covariates: true });
  const { seed, horizon = { value: 0, unit: model.unit }, covariates } = options;
  requireCovariates("simulate histories", model, covariates ?? {}, T.length);
  const discrete = model.unit === "opportunities";
  for (let i = 0; i < T.length; ++i) {
    if (T[i] >= 0 && T[i] < Number.POSITIVE_INFINITY && !(discrete && !Number.isInteger(T[i]))) continue;
    const expected = discrete ? "an integer number of opportunities" : "a finite number of at least 0";
    throw new RangeError(`Cannot simulate histories: T is ${T[i]} in row ${i}; expected ${expected}`);
  }
  const ahead = horizonIn(model.unit, horizon);
  const drawn = drawHistories(model, T, ahead, createRandom(seed), covariates);
  return { ...drawn, ...(covariates && { covariates }) };
}

/** Draws each customer's history of length T, and the purchases in the time `ahead` of it. */
export function drawHistories(
  model: PurchaseModel,
  T: ArrayLike<number>,
  ahead: number,
  random: Random,
  covariates?: Readonly<Record<string, ArrayLike<number>>>,
) {
  const n = T.length;
  const x = new Float64Array(n);
  const t_x = new Float64Array(n);
  const alive = new Uint8Array(n);
  const future = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    const customer = newCustomer(model, (name) => covariates![name][i]);
    if (random.uniform() >= customer.alive) continue;
    const { times, left } = customer.future.draw(random, T[i] + ahead);
    for (const time of times) {
      if (time > T[i]) ++future[i];
      else {
        ++x[i];
        t_x[i] = time;
      }
    }
    alive[i] = left > T[i] ? 1 : 0;
  }
  return { x, t_x, T: Float64Array.from(T), alive, future };
}

/**
 * Draws the mean spend of customers with x purchases each; 0 where x is 0.
 *
 * @throws {RangeError} If the seed is missing or x is no count.
 *
 * @example
 * const [none, some] = simulateSpend(spend, [0, 3], { seed: 7 });
 * none === 0 && some > 0; // true
 */
export function simulateSpend(model: GammaGammaModel, x: ArrayLike<number>, options: { seed: number }): Float64Array {
  requireKnownOptions("simulate spend", options, { seed: true });
  const { seed } = options;
  requireCounts("simulate spend", { x });
  return drawSpend(model, x, createRandom(seed));
}

/** Draws each customer's mean spend over their repeat purchases. */
export function drawSpend(
  { parameters: { p, q, v } }: GammaGammaModel,
  x: ArrayLike<number>,
  random: Random,
): Float64Array {
  return Float64Array.from(x, (count) => (count === 0 ? 0 : gamma(random, p * count, gamma(random, q, v) * count)));
}
