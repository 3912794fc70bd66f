import { expect, test } from "vitest";
import { expectedSpend } from "../../../src/models/btyd/index.js";
import { gammaGammaWith } from "../../golden/models-with.js";

test("expectedSpend: customers whose p x + q is 1 or less have no mean of their own and get the population's", () => {
  const model = { ...gammaGammaWith({ p: 0.25, q: 0.5, v: 8 }), populationMean: 33 };
  const spend = expectedSpend(model, { x: [1, 2, 3, 0], m_x: [10, 10, 10, 0] });
  // p (v + x m) / (p x + q - 1) at x = 3 is 0.25 · 38 / 0.25.
  expect(Array.from(spend)).toEqual([33, 33, 38, 33]);
});
