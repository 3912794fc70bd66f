import { expect, test } from "vitest";
import { type DesignOptions, designExperiment } from "../../src/strategy/index.js";

const groups = { test: 2, control: 2, strata: [{ stratum: "all", test: 2, control: 2 }] };
const options: DesignOptions = {
  name: "spring",
  dataset: "shop",
  datasetSha256: "f00",
  segment: { name: "At Risk", slug: "at-risk", basis: "rule" },
  audience: { customers: 4, optedOut: 1, unknownConsent: 0, consentKnown: true },
  asOf: "2026-02-28",
  horizonDays: 90,
  primaryMetric: "conversion",
  relativeEffect: 0.05,
  alpha: 0.05,
  power: 0.8,
  winsorizeAt: 0.99,
  seed: 7,
  testShare: 0.5,
  stratifiedBy: [],
  idColumn: "contact_key",
  splitSha256: "0",
};

test("designExperiment: by default it starts the day after its segment and adjusts for twice the horizon", () => {
  expect(designExperiment(groups, options)).toMatchObject({
    segment: "At Risk",
    basis: "rule",
    startsOn: "2026-03-01",
    endsOn: "2026-05-29",
    beforeDays: 180,
    test: 2,
    control: 2,
    optedOut: 1,
  });
});

test("designExperiment: the given days count", () => {
  const { startsOn, endsOn, beforeDays } = designExperiment(groups, {
    ...options,
    startsOn: "2026-03-10",
    horizonDays: 1,
    beforeDays: 30,
  });
  expect([startsOn, endsOn, beforeDays]).toEqual(["2026-03-10", "2026-03-10", 30]);
});

test.each(["2026-02-28", "2026-02-27"])("designExperiment: a start on %s is refused as already known", (startsOn) => {
  expect(() => designExperiment(groups, { ...options, startsOn })).toThrow(
    `Cannot start an experiment on ${startsOn}: its segment already knows the orders of that day; use a day after 2026-02-28`,
  );
});

test("designExperiment: spend decides only where its interval is reliable", () => {
  const of = (test: number) => ({ test, control: 5000, strata: [{ stratum: "all", test, control: 5000 }] });
  expect(() => designExperiment(of(999), { ...options, primaryMetric: "spend" })).toThrow(
    'Cannot make spend the primary metric of "spring": with 999 test and 5000 control customers it has no reliable interval; use --outcome conversion, or groups of at least 1000 customers',
  );
  expect(designExperiment(of(1000), { ...options, primaryMetric: "spend" }).primaryMetric).toBe("spend");
});
