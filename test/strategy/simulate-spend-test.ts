import { createRandom, gamma } from "../../src/numeric/index.js";
import type { Arm } from "../../src/strategy/index.js";

/** Simulates a test of a campaign that multiplies spend by 1 + `effect`, with each customer's spend before it. */
export function simulateSpendTest(n: number, effect: number, seed: number) {
  const random = createRandom(seed);
  const arms = Array.from({ length: n }, (_, i): Arm => (i % 2 === 0 ? "test" : "control"));
  const level = arms.map(() => gamma(random, 1, 0.02));
  const before = level.map((expected) => gamma(random, 3, 3 / expected));
  const outcome = level.map((expected, i) => gamma(random, 3, 3 / expected) * (arms[i] === "test" ? 1 + effect : 1));
  return { arms, outcome, before };
}
