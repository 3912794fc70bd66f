import { bernoulli, beta, exponential, gamma } from "../../../numeric/index.js";
import { betaGeoExpectation } from "./beta-geo-expectation.js";
import { negativeBinomialTail } from "./negative-binomial-tail.js";
import type { PurchaseProcess } from "./purchase-process.js";

/**
 * Creates the purchase process of an active customer whose purchase rate is Gamma(r, alpha) and who leaves after a
 * purchase with a probability that is Beta(a, b). With a = 0 nobody leaves: the NBD.
 */
export function betaGeoProcess(r: number, alpha: number, a: number, b: number): PurchaseProcess {
  return {
    expected: (t) => betaGeoExpectation(r, alpha, a, b, t),
    distribution(t, most) {
      const span = t / alpha;
      const z = span / (1 + span);
      // K purchases would be made by one who never leaves.
      const wanted = new Float64Array(most + 1);
      let log = -r * Math.log1p(span);
      for (let k = 0; k <= most; ++k) {
        wanted[k] = Math.exp(log);
        log += Math.log((z * (r + k)) / (k + 1));
      }
      let above = negativeBinomialTail(most, r, span, Math.exp(log));
      // n purchases: K = n and all outlived, or K > n and the n-th was the last (ibid., eq. 8).
      const result = new Float64Array(most + 1);
      const survival = new Float64Array(most + 1);
      for (let n = 0; n <= most; ++n) survival[n] = n === 0 ? 1 : (survival[n - 1] * (b + n - 1)) / (a + b + n - 1);
      for (let n = most; n >= 0; --n) {
        const ended = n === 0 ? 0 : (survival[n - 1] * a) / (a + b + n - 1);
        result[n] = wanted[n] * survival[n] + (wanted[n] + above) * ended;
        above += wanted[n];
      }
      return result;
    },
    draw(random, t) {
      const rate = gamma(random, r, alpha);
      const leaves = a === 0 ? 0 : beta(random, a, b);
      const times: number[] = [];
      for (let time = exponential(random, rate); time <= t; time += exponential(random, rate)) {
        times.push(time);
        if (bernoulli(random, leaves)) return { times, left: time };
      }
      return { times, left: Number.POSITIVE_INFINITY };
    },
  };
}
