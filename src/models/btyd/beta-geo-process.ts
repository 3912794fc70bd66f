import { bernoulli, beta, exponential, gamma } from "../../random.js";
import type { PurchaseProcess } from "./purchase-process.js";

/**
 * The future of a living customer whose purchase rate is Gamma(r, alpha) and who leaves after a purchase with a
 * probability that is Beta(a, b). With a = 0 nobody leaves: the NBD.
 *
 * Seen so: K purchases would be made by one who never leaves, K being negative binomial, and purchase j + 1 is made
 * if the customer outlived the first j, which has probability S(j) = B(a, b + j) / B(a, b). Then E = Σ P(K = k) Σ S(j)
 * over j < k. All terms are positive and none divides by a - 1, unlike Fader, Hardie & Lee 2005, eq. 9 and 10, which
 * this equals (Euler's transformation of their hypergeometric function).
 */
export function betaGeoProcess(r: number, alpha: number, a: number, b: number): PurchaseProcess {
  return {
    expected(t) {
      if (a === 0) return (r / alpha) * t;
      const z = t / (alpha + t);
      let logScale = -r * Math.log1p(t / alpha);
      let term = 1;
      let survival = 1;
      let made = 0;
      let sum = 0;
      for (let k = 0; ; ++k) {
        const ratio = (z * (r + k)) / (k + 1);
        term *= ratio;
        made += survival;
        survival *= (b + k) / (a + b + k);
        sum += term * made;
        if (ratio < 1 && term * (made + 1 / (1 - ratio)) < 1e-16 * sum * (1 - ratio)) break;
        if (sum === 0) break;
        // Frequent buyers would overflow before their factor (1 - z)ʳ brings them down.
        if (sum > 1e200) {
          term *= 1e-200;
          sum *= 1e-200;
          logScale += 200 * Math.LN10;
        }
      }
      return Math.exp(logScale + Math.log(sum));
    },
    distribution(t, most) {
      const z = t / (alpha + t);
      const wanted = new Float64Array(most + 1);
      let log = -r * Math.log1p(t / alpha);
      for (let k = 0; k <= most; ++k) {
        wanted[k] = Math.exp(log);
        log += Math.log((z * (r + k)) / (k + 1));
      }
      let above = 0;
      for (let k = most + 1; ; ++k) {
        const p = Math.exp(log);
        const ratio = (z * (r + k)) / (k + 1);
        above += p;
        if (ratio < 1 && p <= 1e-16 * above * (1 - ratio)) break;
        log += Math.log(ratio);
      }
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
