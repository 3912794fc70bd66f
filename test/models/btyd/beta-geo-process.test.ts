// Where the horizon is long against alpha, the Gauss hypergeometric series needs millions of terms.
import { expect, test } from "vitest";
import { betaGeoExpectation } from "../../../src/models/btyd/models/beta-geo-expectation.js";
import { betaGeoProcess } from "../../../src/models/btyd/models/beta-geo-process.js";
import { negativeBinomialTail } from "../../../src/models/btyd/models/negative-binomial-tail.js";

const relative = (found: number, wanted: number) => Math.abs(found / wanted - 1);

// Fader, Hardie & Lee 2005, eq. 9, with mpmath's hyp2f1 at 60 digits; a = 1 as the limit. Source: mpmath.
test.each([
  // r, alpha, a, b, t
  [0.243, 4.414, 0.793, 2.426, 52, 1.4460505953964038],
  [0.25, 1e-4, 0.8, 2.5, 1000, 126.26965267329477],
  [0.25, 1e-4, 0.8, 2.5, 1e6, 536.4231968826178],
  [3, 1e-6, 1.5, 0.7, 5000, 2.399984042614321],
  [0.7, 1e-3, 1, 2, 1000, 24.345999583499957],
  [0.7, 1e-3, 1.0001, 2, 1000, 24.332057127783237],
  [12, 0.01, 0.3, 40, 500, 47294.52773156329],
  [0.02, 1e-8, 0.05, 0.05, 100, 33496394.126115695],
  [1.5, 1e-3, 2.5, 4, 300, 3.6666644338982795],
  [0.5, 1e-5, 1e-3, 0.3, 2000, 97858682.44043474],
  [0.5, 1e-3, 30, 60, 2000, 3.0651300598147935],
  [0.5, 1e-3, 4000, 9000, 2000, 3.246418345694661],
  [250, 0.5, 0.9, 3, 400, 60.78755966215791],
  [0.9, 0.01, 0.8, 1e6, 5000, 348987.307140586],
  [5, 0.02, 5, 5, 200, 2.2499999999999845],
])("E[X(t)] at r = %d, alpha = %d, a = %d, b = %d, t = %d is mpmath's", (r, alpha, a, b, t, wanted) => {
  expect(relative(betaGeoExpectation(r, alpha, a, b, t), wanted)).toBeLessThan(2e-14);
});

test("E[X(t)] keeps those who hardly ever leave where the horizon is long: r = 1, alpha = 1e-16, a = 1.5, b = 4", () => {
  // With r = 1 it is E[s / (1 + p s)], s = t / alpha, which is E[1 / p] less π / (B(a, b) sin(π (a - 1)) s^(a - 1)), but
  // for terms of 1 / s.
  const beta = (Math.sqrt(Math.PI) / 2) * (6 / ((945 / 32) * Math.sqrt(Math.PI)));
  const wanted = 9 - (Math.PI / beta) * 1e-8;
  expect(relative(betaGeoExpectation(1, 1e-16, 1.5, 4, 1), wanted)).toBeLessThan(1e-13);
});

test("the sum and the integral meet where one hands over to the other", () => {
  for (const [r, a, b] of [
    [0.3, 0.8, 2.5],
    [20, 1.2, 0.1],
    [4, 200, 900],
  ]) {
    const span = 1500 / (40 + r) - 1;
    const below = betaGeoExpectation(r, 1, a, b, span * (1 - 1e-12));
    const above = betaGeoExpectation(r, 1, a, b, span * (1 + 1e-12));
    expect(relative(above, below)).toBeLessThan(1e-11);
    expect(above).toBeGreaterThan(below * (1 - 1e-14));
  }
});

// The counts of the same process: wanted 0 … most, and all above, with mpmath at 60 digits. Source: mpmath.
test.each([
  [0.25, 1e-4, 0.8, 2.5, 1000, [0.017782793655819404, 0.24148121515115367, 0.09183992184092742, 0.0009262380204831106]],
  [0.01, 1e-6, 0.8, 2.5, 1000, [0.8128305161559709, 0.05153222726024296, 0.017722343549737177, 0.00015327326667948976]],
  [5, 1e-3, 0.3, 9, 400, [9.765502930603022e-29, 0.03225806451612903, 0.024943945411561242, 0.002370226450953426]],
  [
    0.243,
    4.414,
    0.793,
    2.426,
    2,
    [0.9131916246441926, 0.07353339340806812, 0.002013528628241093, 3.560567291033123e-34],
  ],
])("P(X(t) = 0, 1, 3, 60) at r = %d, alpha = %d, a = %d, b = %d, t = %d are mpmath's", (r, alpha, a, b, t, wanted) => {
  for (const [i, n] of [0, 1, 3, 60].entries()) {
    expect(relative(betaGeoProcess(r, alpha, a, b).distribution(t, n)[n], wanted[i])).toBeLessThan(1e-13);
  }
});

test("a negative binomial tail is one minus the head, and the rest of a tail that is summed", () => {
  for (const [r, span, k] of [
    [0.5, 3, 4],
    [2, 0.2, 3],
    [40, 2, 90],
    [40, 2, 60],
  ]) {
    const z = span / (1 + span);
    const P = (n: number) => {
      let value = (1 + span) ** -r;
      for (let i = 0; i < n; ++i) value *= (z * (r + i)) / (i + 1);
      return value;
    };
    let tail = 0;
    for (let n = k + 1; n < k + 500; ++n) tail += P(n);
    expect(relative(negativeBinomialTail(k, r, span, P(k + 1)), tail)).toBeLessThan(1e-13);
  }
});
