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
      const fall = (r + most) * Math.log1p(t / alpha) + (s + 1) * Math.log1p(t / beta);
      const panels =
        fall < 400 ? panelsOfShifted(Math.min(alpha, beta), t, fall) : panelsOfLogarithm(r, alpha, s, beta, t, most);
      const { nodes, weights } = gaussLegendre(16);
      for (const { from, to, shift } of panels) {
        const half = (to - from) / 2;
        for (let i = 0; i < 16; ++i) {
          const y = from + half * (1 + nodes[i]);
          const time = shift === 0 ? Math.exp(y) : shift * Math.expm1(y);
          const density = (s / (beta + time)) * Math.exp(-s * Math.log1p(time / beta));
          addNbd(weights[i] * half * (shift + time) * density, time);
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

/** A stretch of y, where time is `shift` (exp(y) - 1), or exp(y) if `shift` is 0. */
interface Panel {
  readonly from: number;
  readonly to: number;
  readonly shift: number;
}

/** Cuts 0 … t on the logarithm of `shift` + time into panels over which the integrand falls little. */
function panelsOfShifted(shift: number, t: number, fall: number): Panel[] {
  const width = Math.log1p(t / shift);
  return cut(0, width, width / Math.ceil(Math.max(width, fall / 12)), shift);
}

/**
 * Cuts 0 … t on the logarithm of time, for integrands that are over long before `alpha` or `beta`. They are
 * log-concave there, with a curvature of at most n + 1 at the peak, and below all three scales they are powers.
 */
function panelsOfLogarithm(r: number, alpha: number, s: number, beta: number, t: number, most: number): Panel[] {
  const low = Math.log(Math.min(t, alpha / (r + 1), beta / (s + 1)));
  const high = Math.log(t);
  return [...cut(low - 40, low - 4, 4, 0), ...cut(low - 4, high, Math.min(2, 4 / Math.sqrt(most + 1)), 0)];
}

function cut(from: number, to: number, atMost: number, shift: number): Panel[] {
  const length = Math.max(1, Math.ceil((to - from) / atMost - 1e-9));
  const step = (to - from) / length;
  return Array.from({ length }, (_, k) => ({ from: from + k * step, to: from + (k + 1) * step, shift }));
}
