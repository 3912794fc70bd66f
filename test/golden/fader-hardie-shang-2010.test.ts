// Fader, Hardie & Shang 2010, "Customer-base analysis in a discrete-time noncontractual setting", Marketing Science
// 29(6): 11,104 donors over six yearly opportunities; and the same in the walkthrough of the R package BTYD.
import { beforeAll, describe, expect, test } from "vitest";
import {
  type BetaGeoBetaBinomialModel,
  expectedPurchases,
  expectedPurchasesOfNewCustomer,
  fitBetaGeoBetaBinomial,
  type Horizon,
  probabilityAlive,
  purchaseDistributionOfNewCustomer,
} from "../../src/models/btyd/index.js";
import { hasRealData } from "../real-data.js";
import { donations } from "./btyd-data.js";
import { expectClose } from "./close.js";
import { betaGeoBetaBinomialWith } from "./models-with.js";

const published = { alpha: 1.203528, beta: 0.749726, gamma: 0.6567808, delta: 2.783796 };
const years = (value: number): Horizon => ({ value, unit: "opportunities" });

describe.skipIf(!hasRealData)("on the donations", () => {
  let donors: ReturnType<typeof donations>;
  let model: BetaGeoBetaBinomialModel;

  beforeAll(() => {
    donors = donations();
    model = fitBetaGeoBetaBinomial(donors);
  });

  test("BG/BB is 1.204 .750 .657 2.783 with LL -33,225.6", () => {
    expectClose(model.parameters, { alpha: 1.203522, beta: 0.749716, gamma: 0.656718, delta: 2.783443 }, 1.5e-6);
    expect(model.logLikelihood).toBeCloseTo(-33225.581274, 5);
    // BTYD's optimizer stopped a little off, at LL -33225.58.
    expectClose(model.parameters, published, 4e-4);
    expect(model).toMatchObject({ customers: 11104, converged: true, boundary: null });
  });

  test("expected donations: of a new donor, of A (x = 0) and B (x = 4, t_x = 5), and of all in five years", () => {
    for (const [fit, tolerance] of [
      [betaGeoBetaBinomialWith(published), 1e-6],
      [model, 2e-4],
    ] as const) {
      expectClose([expectedPurchasesOfNewCustomer(fit, years(10))], [3.179805], tolerance);
      const next = expectedPurchases(fit, { x: [0, 4], t_x: [0, 5], T: [6, 6] }, years(10));
      expectClose(next, [0.1302169, 3.627858], tolerance);
    }
    const total = expectedPurchases(model, donors, years(5)).reduce((sum, e, i) => sum + e * donors.counts[i], 0);
    expect(total).toBeCloseTo(12884.2, 1);
  });

  test("the chance to be alive in the seventh year: .11, .59 and .93", () => {
    expectClose(probabilityAlive(model, { x: [0, 2, 6], t_x: [0, 4, 6], T: [6, 6, 6] }), [0.11, 0.59, 0.93], 5e-3);
  });

  test("donors who gave never again and in all six years: 3,454.9 and 1,253.1 are expected", () => {
    const cells = purchaseDistributionOfNewCustomer(model, { horizon: years(6), most: 6 }).map((p) => 11104 * p);
    expectClose([cells[0], cells[6]], [3454.9, 1253.1], 0.05);
  });
});
