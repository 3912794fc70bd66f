// The walkthrough of the R package BTYD (CDNOW sample, calibration to 1997-09-30): expectations, customer 1516, the
// increasing-frequency paradox, tracking. Its BG/NBD parameters give its numbers to the last digit; for the Pareto/NBD it
// prints none, and other end points of the optimizer cost up to 2e-3 of a value.
import { beforeAll, describe, expect, test } from "vitest";
import {
  type BetaGeoModel,
  expectedPurchases,
  expectedPurchasesOfNewCustomer,
  fitBetaGeo,
  fitParetoNbd,
  type Horizon,
  type ParetoNbdModel,
  probabilityAlive,
  trackPurchases,
} from "../../src/models/btyd/index.js";
import { hasRealData } from "../real-data.js";
import { cdnow, type Histories } from "./btyd-data.js";
import { expectClose } from "./close.js";
import { betaGeoWith, paretoNbdWith } from "./models-with.js";

const weeks = (value: number): Horizon => ({ value, unit: "weeks" });
const paradox = { x: [10, 15, 20, 25], t_x: [20, 20, 20, 20], T: [39, 39, 39, 39] };

describe("BG/NBD with the walkthrough's parameters", () => {
  const model = betaGeoWith({ r: 0.2425967, alpha: 4.413659, a: 0.7929869, b: 2.426164 });

  test("E[X(52)] is 1.444004, and customer 1516 has 25.75659 to come and is alive with .9688523", () => {
    const customer = { x: [26], t_x: [30 + 6 / 7], T: [31] };
    expect(expectedPurchasesOfNewCustomer(model, weeks(52))).toBeCloseTo(1.444004, 6);
    expect(expectedPurchases(model, customer, weeks(52))[0]).toBeCloseTo(25.75659, 5);
    expect(probabilityAlive(model, customer)[0]).toBeCloseTo(0.9688523, 7);
  });

  test("the increasing-frequency paradox to seven digits: x = 10, 15, 20, 25 with t_x = 20, T = 39", () => {
    const found = expectedPurchases(model, paradox, weeks(52));
    const digits = Array.from(found, (value) => Number(value.toPrecision(7)));
    expect(digits).toEqual([0.3474606, 0.04283391, 0.004158973, 0.0003583685]);
  });
});

test("manual: Pareto/NBD E[X(t)] for t = 0 … 9 with .55 10.56 .61 11.64", () => {
  const model = paretoNbdWith({ r: 0.55, alpha: 10.56, s: 0.61, beta: 11.64 });
  const expected = Array.from({ length: 10 }, (_, t) => expectedPurchasesOfNewCustomer(model, weeks(t)));
  expectClose(
    expected,
    [
      ...[0, 0.05077821, 0.09916088, 0.14542507, 0.1897993],
      ...[0.23247466, 0.27361274, 0.31335159, 0.35181024, 0.38909211],
    ],
    5.1e-9,
  );
});

describe.skipIf(!hasRealData)("on the CDNOW sample", () => {
  let sample: Histories;
  let bg: BetaGeoModel;
  let pareto: ParetoNbdModel;

  beforeAll(() => {
    sample = cdnow("sample", "19970930");
    bg = fitBetaGeo(sample, { unit: "weeks" });
    pareto = fitParetoNbd(sample, { unit: "weeks" });
  });

  test("parameters of both models, and those that CLVTools tests for", () => {
    expectClose(bg.parameters, { r: 0.2425967, alpha: 4.413659, a: 0.7929869, b: 2.426164 }, 3e-4);
    expectClose(bg.parameters, { r: 0.2425945, alpha: 4.4136019, a: 0.7929199, b: 2.4258881 }, 2e-5);
    expect(bg.logLikelihood).toBeCloseTo(-9582.429, 3);
    expectClose(pareto.standardErrors!, { r: 0.0476264, alpha: 0.8427222, s: 0.1872594, beta: 6.2105448 }, 6e-4);
  });

  test("E[X(52)] of a new customer", () => {
    expect(expectedPurchasesOfNewCustomer(bg, weeks(52))).toBeCloseTo(1.444012, 6);
    expect(expectedPurchasesOfNewCustomer(pareto, weeks(52))).toBeCloseTo(1.473434, 6);
  });

  test("customer 1516: x = 26, t_x = 30.857143, T = 31", () => {
    const customer = { x: [26], t_x: [30.857143], T: [31] };
    expectClose(expectedPurchases(pareto, customer, weeks(52)), [25.45647], 2e-3);
    expect(expectedPurchases(bg, customer, weeks(52))[0]).toBeCloseTo(25.757337, 5);
    expect(probabilityAlive(bg, customer)[0]).toBeCloseTo(0.9688544, 6);
    expectClose(expectedPurchases(pareto, customer, weeks(52)), [25.455185], 1e-5);
    expectClose(probabilityAlive(pareto, customer), [0.997874], 1e-6);
  });

  test("the increasing-frequency paradox: x = 10, 15, 20, 25 with t_x = 20, T = 39", () => {
    const ratios = (model: BetaGeoModel | ParetoNbdModel, published: number[]) =>
      expectedPurchases(model, paradox, weeks(52)).map((value, i) => value / published[i]);
    expectClose(ratios(bg, [0.3474606, 0.04283391, 0.004158973, 0.0003583685]), [1, 1, 1, 1], 2e-3);
    expectClose(ratios(pareto, [0.7062289, 0.1442396, 0.02250658, 0.00309267]), [1, 1, 1, 1], 2e-3);
  });

  test("tracking in weeks 20 to 25", () => {
    // The walkthrough counts a purchase on the last day of a week into the next one.
    const log = {
      first: sample.firstDay.map((day) => day / 7),
      repeats: sample.repeatDays.map((day) => (day + 0.5) / 7),
    };
    const track = (model: BetaGeoModel | ParetoNbdModel) =>
      trackPurchases(model, log, { period: weeks(1), periods: 39 });
    const { actual, actualCumulative, expected, expectedCumulative } = track(bg);
    expect(Array.from(actual.slice(19, 25))).toEqual([73, 55, 70, 33, 56, 99]);
    expect(Array.from(actualCumulative.slice(19, 25))).toEqual([1359, 1414, 1484, 1517, 1573, 1672]);
    expectClose(expected.slice(19, 25), [76.865, 74.888, 73.046, 71.322, 69.704, 68.182], 1e-3);
    expectClose(expectedCumulative.slice(19, 25), [1312.458, 1387.346, 1460.392, 1531.713, 1601.418, 1669.6], 3e-3);
    const ofPareto = track(pareto);
    expectClose(ofPareto.expected.slice(19, 25), [78.308, 76.419, 74.648, 72.983, 71.414, 69.933], 5e-3);
    const cumulative = Array.from(ofPareto.expectedCumulative.slice(19, 25), Math.round);
    expect(cumulative).toEqual([1309, 1385, 1460, 1533, 1604, 1674]);
  });
});
