import { expect, test } from "vitest";
import { runRounds } from "../../src/models/boosting/boosting-rounds.js";

const runOn = async (
  scores: readonly number[],
  { rounds = 2, higherIsBetter = true, nRounds = scores.length } = {},
) => {
  let nBetter = 0;
  const { rounds: trained, ...history } = await runRounds(
    nRounds,
    { update: () => {}, evaluate: (round) => ({ auc: scores[round] }) },
    { stopping: { metric: "auc", higherIsBetter, rounds }, onBest: () => ++nBetter },
  );
  return { ...history, nBetter, trained: trained.map(({ round, isLast }) => (isLast ? -round : round)) };
};

test("early stopping keeps the first of equal scores, whichever way is better", async () => {
  const wanted = { nBest: 1, bestScore: 0.5, nBetter: 1, trained: [1, 2, -3] };
  expect(await runOn([0.5, 0.5, 0.5, 0.9])).toEqual(wanted);
  expect(await runOn([0.5, 0.5, 0.5, 0.1], { higherIsBetter: false })).toEqual(wanted);
});

test("early stopping ends after that many rounds without a better score, or at the last round", async () => {
  expect(await runOn([0.5, 0.6, 0.55, 0.7, 0.6, 0.6, 0.8])).toEqual({
    nBest: 4,
    bestScore: 0.7,
    nBetter: 3,
    trained: [1, 2, 3, 4, 5, -6],
  });
  expect(await runOn([0.5, 0.4], { higherIsBetter: false })).toEqual({
    nBest: 2,
    bestScore: 0.4,
    nBetter: 2,
    trained: [1, -2],
  });
});
