import { gaussLegendre } from "../../../numeric/index.js";
import type { HistoryLikelihood } from "../fit/fit-histories.js";
import { logRisingFactorialTable } from "./log-rising-factorial-table.js";

/**
 * The chance that a customer died between the last purchase and the end of observation, against that of being alive:
 * D = ∫ s (α + τ)^-(r + x) (β + τ)^-(s + 1) dτ over t_x … T, the second term of Fader & Hardie 2005, note on the
 * Pareto/NBD likelihood, eq. 15.
 *
 * The papers write D as a difference of two Gauss hypergeometric functions, which cancels or underflows for frequent
 * buyers. Its integrand is positive and smooth on the logarithm of time, so a few Gauss nodes give it to 14 digits,
 * and the same nodes give its slopes.
 */
export interface DeathIntegral {
  /** log D. */
  log: number;
  /** Means over D of log(α + τ), 1 / (α + τ), log(β + τ) and 1 / (β + τ). */
  logAlpha: number;
  perAlpha: number;
  logBeta: number;
  perBeta: number;
}

/** Fills `into` with the integral for one history with t_x < T. */
export function integrateDeath(
  k: number,
  alpha: number,
  s: number,
  beta: number,
  t_x: number,
  T: number,
  into: DeathIntegral,
): void {
  // With y = log(smaller + τ), dτ = exp(y) dy: the nearest singularity is π away, whatever the parameters.
  const smaller = Math.min(alpha, beta);
  const gapAlpha = alpha - smaller;
  const gapBeta = beta - smaller;
  const start = smaller + t_x;
  const top = Math.log(start) - k * Math.log(alpha + t_x) - (s + 1) * Math.log(beta + t_x);
  let width = Math.log1p((T - t_x) / start);
  let end = T;
  // Where the integrand has fallen by exp(-40) the rest of the range adds nothing.
  const slope = start * (k / (alpha + t_x) + (s + 1) / (beta + t_x)) - 1;
  if (slope * width > 40) {
    width = 40 / slope;
    end = start * Math.exp(width) - smaller;
  }
  const drop = Math.abs(
    k * Math.log((alpha + end) / (alpha + t_x)) + (s + 1) * Math.log((beta + end) / (beta + t_x)) - width,
  );
  const panels = Math.ceil(Math.max(drop / 16, width / 4));
  const { nodes, weights } = gaussLegendre(nodesFor(drop, width));
  const half = width / panels / 2;
  const pairs = nodes.length / 2;
  let sum = 0;
  let logAlpha = 0;
  let perAlpha = 0;
  let logBeta = 0;
  let perBeta = 0;
  for (let panel = 0; panel < panels; ++panel) {
    const middle = Math.log(start) + (2 * panel + 1) * half;
    const timeAtMiddle = Math.exp(middle);
    for (let i = 0; i < pairs; ++i) {
      // Nodes lie in pairs around the middle, and one exponential serves both.
      const growth = Math.exp(half * nodes[i]);
      for (let side = -1; side < 2; side += 2) {
        const y = middle + side * half * nodes[i];
        const t = side < 0 ? timeAtMiddle / growth : timeAtMiddle * growth;
        const a = t + gapAlpha;
        const b = t + gapBeta;
        const logA = gapAlpha === 0 ? y : Math.log(a);
        const logB = gapBeta === 0 ? y : Math.log(b);
        const g = weights[i] * Math.exp(y - k * logA - (s + 1) * logB - top);
        sum += g;
        logAlpha += g * logA;
        perAlpha += g / a;
        logBeta += g * logB;
        perBeta += g / b;
      }
    }
  }
  into.log = Math.log(s) + top + Math.log(sum * half);
  into.logAlpha = logAlpha / sum;
  into.perAlpha = perAlpha / sum;
  into.logBeta = logBeta / sum;
  into.perBeta = perBeta / sum;
}

/** Returns the number of Gauss nodes for an error near 1e-15, from the drop and the width of the integrand. */
function nodesFor(drop: number, width: number): number {
  if (drop < 0.15 && width < 0.2) return 4;
  if (drop < 1 && width < 0.6) return 6;
  if (drop < 3 && width < 1.5) return 8;
  if (drop < 8 && width < 2) return 12;
  return 16;
}

/**
 * Creates the log-likelihood of the Pareto/NBD (Schmittlein, Morrison & Colombo 1987; Fader & Hardie 2005, note, eq.
 * 15).
 */
export function paretoNbdLikelihood(): HistoryLikelihood {
  const rise = logRisingFactorialTable();
  const death: DeathIntegral = { log: 0, logAlpha: 0, perAlpha: 0, logBeta: 0, perBeta: 0 };
  return (x, t_x, T, p, slopes) => {
    const r = p[0];
    const alpha = p[1];
    const s = p[2];
    const beta = p[3];
    const k = r + x;
    rise.extend(r, x);
    const logAlpha = Math.log(alpha);
    const logBeta = Math.log(beta);
    const logA = Math.log(alpha + T);
    const logB = Math.log(beta + T);
    const alive = -k * logA - s * logB;
    let value = alive;
    let gone = 0;
    if (t_x < T) {
      integrateDeath(k, alpha, s, beta, t_x, T, death);
      const logOdds = death.log - alive;
      gone = 1 / (1 + Math.exp(-logOdds));
      value += logOdds > 0 ? logOdds + Math.log1p(Math.exp(-logOdds)) : Math.log1p(Math.exp(logOdds));
    }
    const there = 1 - gone;
    slopes[0] = r * (rise.slope[x] + logAlpha - there * logA - gone * death.logAlpha);
    slopes[1] = r - alpha * k * (there / (alpha + T) + gone * death.perAlpha);
    slopes[2] = s * (logBeta - there * logB - gone * death.logBeta) + gone;
    slopes[3] = s - beta * ((there * s) / (beta + T) + gone * (s + 1) * death.perBeta);
    return rise.value[x] + r * logAlpha + s * logBeta + value;
  };
}
