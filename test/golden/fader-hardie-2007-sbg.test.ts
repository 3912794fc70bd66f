// Fader & Hardie 2007, "How to project customer retention", J. Interactive Marketing 21(1), table 1: customers still
// under contract, per 1,000, and Fader & Hardie 2010, Marketing Science 29(1), for the value of renewals.
import { describe, expect, test } from "vitest";
import {
  discountedExpectedRenewals,
  fitShiftedBetaGeometric,
  retentionRate,
  survivalCurve,
} from "../../src/models/btyd/index.js";
import { expectClose } from "./close.js";

const regular = [1000, 631, 468, 382, 326, 289, 262, 241];
const highEnd = [1000, 869, 743, 653, 593, 551, 517, 491];

describe("sBG", () => {
  test("Regular is .704 1.182 with LL -1680.265", () => {
    const model = fitShiftedBetaGeometric([regular]);
    expectClose(model.parameters, { alpha: 0.7041, beta: 1.182 }, 5e-5);
    expect(model.logLikelihood).toBeCloseTo(-1680.265, 3);
    expect(model).toMatchObject({ converged: true, boundary: null, customers: 1000 });
  });

  test("High End is .668 3.806 with LL -1611.158, and its survival follows the data", () => {
    const model = fitShiftedBetaGeometric([highEnd]);
    expectClose(model.parameters, { alpha: 0.668, beta: 3.806 }, 5e-4);
    expect(model.logLikelihood).toBeCloseTo(-1611.158, 3);
    expectClose(
      survivalCurve(model, 7),
      highEnd.map((n) => n / 1000),
      0.02,
    );
    expect(retentionRate(model, 1)).toBeCloseTo(3.806 / (0.668 + 3.806), 3);
    expect(retentionRate(model, 8)).toBeGreaterThan(retentionRate(model, 2));
  });

  test("two halves of a cohort are as good as the whole, and a short one adds what it has", () => {
    const whole = fitShiftedBetaGeometric([regular]);
    const halves = fitShiftedBetaGeometric([regular.map((n) => n / 2), regular.map((n) => n / 2)]);
    expectClose(halves.parameters, whole.parameters, 1e-8);
    const more = fitShiftedBetaGeometric([regular, [1000, 631]]);
    expect(more.customers).toBe(2000);
    expect(more.standardErrors!.alpha).toBeLessThan(whole.standardErrors!.alpha);
  });

  test("renewals to come equal the sum of survival, discounted", () => {
    const model = fitShiftedBetaGeometric([highEnd]);
    const { alpha, beta } = model.parameters;
    // Σ S(n + k) / S(n) / (1 + d)ᵏ⁻¹ over k >= 1, here for n = 3 straight from the definition.
    const survival = survivalCurve(model, 603);
    let sum = 0;
    for (let k = 1; k <= 600; ++k) sum += survival[3 + k] / survival[3] / 1.1 ** (k - 1);
    expect(discountedExpectedRenewals(model, 3, { discountRate: 0.1 })).toBeCloseTo(sum, 9);
    expect(survival[1]).toBeCloseTo(beta / (alpha + beta), 12);
  });
});
