import { exponential, gamma, gaussLegendre } from "../../../numeric/index.js";
import { logRisingFactorialTable } from "./log-rising-factorial-table.js";
import type { PurchaseProcess } from "./purchase-process.js";

/**
 * Creates the purchase process of an active customer who buys at a rate that is Gamma(r, alpha) and leaves at one that
 * is Gamma(s, beta).
 */
export function paretoNbdProcess(r: number, alpha: number, s: number, beta: number): PurchaseProcess {
  return {
    // Schmittlein, Morrison & Colombo 1987, eq. 17, without its pole at s = 1: (1 - exp(-u)) / u tends to 1.
    expected(t) {
      const span = Math.log1p(t / beta);
      const u = (s - 1) * span;
      return (r / alpha) * beta * span * (u === 0 ? 1 : -Math.expm1(-u) / u);
    },
    // Fader & Hardie 2006, note on the probability mass function: alive to t, or gone at some τ < t.
    distribution(t, most) {
      const result = new Float64Array(most + 1);
      const rise = logRisingFactorialTable();
      rise.extend(r, most);
      const addNbd = (weight: number, time: number) => {
        const logStay = -r * Math.log1p(time / alpha);
        const logStep = Math.log(time / (alpha + time));
        let logFactorial = 0;
        for (let n = 0; n <= most; ++n) {
          if (n > 0) logFactorial += Math.log(n);
          result[n] += weight * Math.exp(rise.value[n] - logFactorial + logStay + (n && n * logStep));
        }
      };
      addNbd(Math.exp(-s * Math.log1p(t / beta)), t);
      const smaller = Math.min(alpha, beta);
      const width = Math.log1p(t / smaller);
      const fall = (r + most) * Math.log1p(t / alpha) + (s + 1) * Math.log1p(t / beta);
      const panels = Math.ceil(Math.max(width, Math.min(fall, 400) / 12));
      const { nodes, weights } = gaussLegendre(16);
      for (let panel = 0; panel < panels; ++panel) {
        for (let i = 0; i < 16; ++i) {
          const time = smaller * Math.expm1(((panel + (1 + nodes[i]) / 2) * width) / panels);
          const density = (s / (beta + time)) * Math.exp(-s * Math.log1p(time / beta));
          addNbd(((weights[i] * width) / panels / 2) * (smaller + time) * density, time);
        }
      }
      return result;
    },
    draw(random, t) {
      const rate = gamma(random, r, alpha);
      const leaving = gamma(random, s, beta);
      const end = leaving > 0 ? exponential(random, leaving) : Number.POSITIVE_INFINITY;
      const times: number[] = [];
      for (let time = exponential(random, rate); time <= Math.min(t, end); time += exponential(random, rate)) {
        times.push(time);
      }
      return { times, left: end <= t ? end : Number.POSITIVE_INFINITY };
    },
  };
}
