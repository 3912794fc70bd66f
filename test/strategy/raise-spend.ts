import { bernoulli, type Random } from "../../src/numeric/index.js";
import type { Arm, SpendRise } from "../../src/strategy/index.js";

/** Options of {@link raiseSpend}. */
export interface RaiseOptions {
  readonly arms: ArrayLike<Arm>;
  readonly rise: SpendRise;
  /** Relative, of the mean of the test group. */
  readonly effect: number;
  readonly random: Random;
  /** Spend of the customers that `spend` was drawn from; by default `spend` itself. */
  readonly population?: ArrayLike<number>;
}

/** Raises the spend of the test group: all its buyers spend more, or customers who did not buy spend what buyers do. */
export function raiseSpend(
  spend: readonly number[],
  { arms, rise, effect, random, population = spend }: RaiseOptions,
): number[] {
  const buyers = Array.from(population).filter((amount) => amount > 0);
  const won = (buyers.length * effect) / (population.length - buyers.length);
  return spend.map((amount, i) => {
    if (arms[i] === "control") return amount;
    if (rise === "larger purchases") return amount * (1 + effect);
    if (amount > 0 || !bernoulli(random, won)) return amount;
    return buyers[Math.floor(random.uniform() * buyers.length)];
  });
}
