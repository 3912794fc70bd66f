// Extreme parameters and long histories, against 36 digits: btyd-extremes.py wrote the table and says how.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  discountedExpectedPurchases,
  discountedExpectedRenewals,
  expectedPurchases,
  expectedSpend,
  type PurchaseHistories,
  type PurchaseModel,
  probabilityAlive,
  purchaseDistribution,
  retentionRate,
  type ShiftedBetaGeometricModel,
  survivalCurve,
} from "../../src/models/btyd/index.js";
import { betaGeo } from "../../src/models/btyd/models/beta-geo.js";
import { betaGeoBetaBinomial } from "../../src/models/btyd/models/beta-geo-beta-binomial.js";
import { gammaGammaLikelihood } from "../../src/models/btyd/models/gamma-gamma.js";
import { modifiedBetaGeo } from "../../src/models/btyd/models/modified-beta-geo.js";
import { nbd } from "../../src/models/btyd/models/nbd.js";
import { paretoNbd } from "../../src/models/btyd/models/pareto-nbd.js";
import {
  betaGeoBetaBinomialWith,
  betaGeoWith,
  gammaGammaWith,
  modifiedBetaGeoWith,
  nbdWith,
  paretoNbdWith,
} from "./models-with.js";

type Numbers = Readonly<Record<string, number>>;
interface Row {
  readonly model: string;
  readonly parameters: readonly number[];
  readonly wanted: Readonly<Record<string, number | readonly number[]>>;
  readonly x: number;
  readonly t_x: number;
  readonly T: number;
  readonly horizon: number;
  readonly counts: readonly number[];
  readonly discountRate: number;
  readonly m_x: number;
  readonly renewals: number;
}

const rows = JSON.parse(readFileSync(new URL("btyd-extremes.json", import.meta.url), "utf8")) as Row[];

const purchaseModels = {
  nbd: { of: nbd, with: (p: Numbers) => nbdWith(p as never) },
  "beta-geo": { of: betaGeo, with: (p: Numbers) => betaGeoWith(p as never) },
  "modified-beta-geo": { of: modifiedBetaGeo, with: (p: Numbers) => modifiedBetaGeoWith(p as never) },
  "pareto-nbd": { of: paretoNbd, with: (p: Numbers) => paretoNbdWith(p as never) },
  "beta-geo-beta-binomial": { of: betaGeoBetaBinomial, with: (p: Numbers) => betaGeoBetaBinomialWith(p as never) },
} as const;

function figuresOf({ model, parameters, ...row }: Row): Record<string, number | ArrayLike<number>> {
  if (model === "gamma-gamma") {
    const [p, q, v] = parameters;
    const spend = { x: Float64Array.of(row.x), m_x: Float64Array.of(row.m_x) };
    const likelihood = gammaGammaLikelihood(spend.x, spend.m_x, Float64Array.of(1));
    return {
      logLikelihood: likelihood(Float64Array.from(parameters, Math.log), new Float64Array(3)),
      spend: expectedSpend(gammaGammaWith({ p, q, v }), spend)[0],
    };
  }
  if (model === "shifted-beta-geometric") {
    const [alpha, beta] = parameters;
    const contract = { parameters: { alpha, beta } } as unknown as ShiftedBetaGeometricModel;
    return {
      retention: retentionRate(contract, row.renewals + 1),
      survival: survivalCurve(contract, row.renewals)[row.renewals],
      discounted: discountedExpectedRenewals(contract, row.renewals, { discountRate: row.discountRate }),
    };
  }
  const { of, with: make } = purchaseModels[model as keyof typeof purchaseModels];
  const fitted: PurchaseModel = make(Object.fromEntries(of.parameters.map((name, i) => [name, parameters[i]])));
  const histories: PurchaseHistories = { x: [row.x], t_x: [row.t_x], T: [row.T] };
  const horizon = { value: row.horizon, unit: fitted.unit };
  const slopes = new Float64Array(parameters.length);
  const logLikelihood = of.createLikelihood()(row.x, row.t_x, row.T, Float64Array.from(parameters), slopes);
  const distribution = purchaseDistribution(fitted, histories, { horizon, most: Math.max(...row.counts) })[0];
  return {
    logLikelihood: slopes.every(Number.isFinite) ? logLikelihood : Number.NaN,
    alive: probabilityAlive(fitted, histories)[0],
    expected: expectedPurchases(fitted, histories, horizon)[0],
    probabilities: row.counts.map((n) => distribution[n]),
    ...(fitted.kind === "pareto-nbd" && {
      discounted: discountedExpectedPurchases(fitted, histories, { discountRate: row.discountRate })[0],
    }),
  };
}

/** Lists the figures that are further from the table than one part in a billion. */
function missesOf(row: Row): string[] {
  const found = figuresOf(row);
  return Object.entries(row.wanted).flatMap(([name, wanted]) => {
    const [all, these] = [wanted, found[name]].map((value) =>
      typeof value === "number" ? [value] : Array.from(value),
    );
    return all.flatMap((value, i) => {
      // A log-likelihood near 0 is a small difference of large logarithms; smaller than 1e-290 is 0 here.
      const scale = name === "logLikelihood" ? Math.max(1, Math.abs(value)) : Math.abs(value) + 1e-290;
      if (Math.abs(these[i] - value) <= 1e-9 * scale) return [];
      const off = ((these[i] - value) / scale).toExponential(1);
      return [`${name} is ${these[i]}, ${value} is wanted (${off}) at ${JSON.stringify(row)}`];
    });
  });
}

describe.each([...new Set(rows.map(({ model }) => model))])("%s at extreme parameters", (model) => {
  test("every figure is that of 36 digits, to nine of them", () => {
    const these = rows.filter((row) => row.model === model);
    expect(these.length).toBeGreaterThan(9);
    expect(these.flatMap(missesOf)).toEqual([]);
  });
});

test("the table has rows of the Pareto/NBD with discounted purchases where lifetimes are nearly exponential", () => {
  const these = rows.filter(
    ({ model, parameters: [, , s], wanted }) =>
      model === "pareto-nbd" && s > 200 && s < 1e4 && Number(wanted["discounted"]) > 1e-3,
  );
  expect(these.length).toBeGreaterThan(29);
});
