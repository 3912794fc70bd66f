import {
  type Arm,
  type ExperimentDesign,
  type ExperimentReading,
  type PlannedExperiment,
  planExperiment,
  type ReadoutFacts,
  readDesigned,
} from "../../../src/strategy/index.js";

/** Facts of a page about a shop. */
export const FACTS = { dataset: "shop", title: "A shop", locale: "en-GB", currency: "GBP" };

const spend = Array.from({ length: 200 }, (_, i) => (i % 2 ? 10 + i : 0));
const audience = { customers: 4840, optedOut: 1680, unknownConsent: 89, consentKnown: true };

/** A plan as the stage makes it. */
export function plannedExample(changes: Partial<PlannedExperiment> = {}): PlannedExperiment {
  const winsorizeAt = changes.winsorizeAt ?? 0.995;
  const columns = { spend, spendBefore: spend.map((_, i) => i % 7) };
  return {
    plan: planExperiment(columns, { customers: 4840, winsorizeAt, relativeEffect: 0.025, alpha: 0.01 }),
    ...{
      segment: "At Risk",
      basis: "rule",
      asOf: "2026-02-28",
      horizonDays: 90,
      beforeDays: 180,
      winsorizeAt,
      audience,
    },
    base: { asOf: "2025-11-30", customers: 1200 },
    ...changes,
  };
}

/** A design as the stage makes it. */
export const DESIGN: ExperimentDesign = {
  ...{ name: "spring", dataset: "shop", datasetSha256: "f00", segment: "At Risk", basis: "rule", asOf: "2026-02-28" },
  ...{ startsOn: "2026-03-01", endsOn: "2026-05-29", horizonDays: 90, beforeDays: 180, primaryMetric: "conversion" },
  ...{
    relativeEffect: 0.05,
    alpha: 0.05,
    power: 0.8,
    winsorizeAt: 0.9,
    seed: 7,
    testShare: 0.5,
    test: 1000,
    control: 1000,
  },
  stratifiedBy: ["spend"],
  strata: [
    { stratum: "spend 1 of 2", test: 501, control: 500 },
    { stratum: "spend 2 of 2", test: 499, control: 500 },
  ],
  ...{ optedOut: 1680, unknownConsent: 89, consentKnown: true, idColumn: "contact_key", splitSha256: "0".repeat(64) },
};

export const ARMS = Array.from({ length: 2000 }, (_, i): Arm => (i < 1000 ? "test" : "control"));
/** Spend of customers of whom three in four buy, a little more in the test group. */
export const USUAL = ARMS.map((arm, i) => (i % 4 === 0 ? 0 : (arm === "test" ? 12 : 10) + (i % 3)));

/** A reading of these amounts, as the stage makes it. */
export function readingExample(
  amounts: readonly number[] = USUAL,
  {
    primaryMetric = "conversion",
    ...changes
  }: Partial<ReadoutFacts> & Partial<Pick<ExperimentDesign, "primaryMetric">> = {},
  arms: readonly Arm[] = ARMS,
): ExperimentReading {
  return readDesigned(
    { arms, converted: amounts.map((amount) => Number(amount > 0)), spend: amounts },
    {
      design: { ...DESIGN, primaryMetric },
      days: { from: "2026-03-01", to: "2026-05-29", horizonDays: 90 },
      ...{ results: null, winsorizeAt: 0.9, cuped: false, missing: 0, gone: 0, unknown: 0, inOtherArm: 0 },
      ...{ changed: false, lastOrder: "2026-06-30" },
      ...changes,
    },
  );
}
