import type { BacktestOrigin, Candidate } from "../../src/evaluation/index.js";
import { bernoulli, createRandom, normal } from "../../src/numeric/index.js";
import { dayBefore } from "../../src/text/index.js";

/** Rows of customers with one useful number each. */
export interface ToyRows {
  readonly y: Float64Array;
  readonly signal: Float64Array;
  readonly customerIds: readonly string[];
  readonly asOf: readonly string[];
}

const HORIZON = 30;

/** The cuts of section "time" of the design for one last known day. */
export function toyOrigin(score: string): BacktestOrigin {
  const back = (days: number) => dayBefore(score, days);
  return {
    score,
    test: back(HORIZON),
    validation: back(2 * HORIZON),
    choice: [back(3 * HORIZON), back(3 * HORIZON + 30)],
    fit: [back(2 * HORIZON), back(3 * HORIZON)],
  };
}

export const origins = [toyOrigin("2024-12-31"), toyOrigin("2024-12-01")];

/** 400 customers on each day; the label is 1 with the probability that `signal` states. */
export function toyRowsAt(days: readonly string[]): ToyRows {
  const parts = days.map((day) => {
    const random = createRandom(Number(day.replaceAll("-", "")));
    const signal = Float64Array.from({ length: 400 }, (_, i) => 0.1 + (0.8 * ((i * 37) % 400)) / 400);
    return { day, signal, y: signal.map((p) => Number(bernoulli(random, p))) };
  });
  return {
    y: Float64Array.from(parts.flatMap(({ y }) => [...y])),
    signal: Float64Array.from(parts.flatMap(({ signal }) => [...signal])),
    customerIds: parts.flatMap(({ y }) => Array.from(y, (_, i) => `c${i}`)),
    asOf: parts.flatMap(({ day, y }) => Array.from(y, () => day)),
  };
}

export const toyGroups = ({ customerIds }: ToyRows) => customerIds;

/** Predicts the signal with noise on the log-odds; 0 is the truth itself. */
export function noisy(name: string, complexity: number, noise: number): Candidate<ToyRows> {
  return {
    name,
    complexity,
    fit: (_train, _current, { seed }) => ({
      predict: ({ signal }) => {
        const random = createRandom(seed).fork(name);
        return signal.map((p) => 1 / (1 + Math.exp(-(Math.log(p / (1 - p)) + noise * normal(random)))));
      },
    }),
  };
}
