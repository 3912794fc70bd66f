import { describe, expect, test } from "vitest";
import { consentInWords } from "../../src/reports/index.js";
import type { GroupProfile } from "../../src/segmentation/index.js";
import { strategiesWithBudget } from "../../src/strategy/budget/apply-strategies.js";
import { consentTotals, standardStrategies, type TargetColumns, targetList } from "../../src/strategy/index.js";
import { numberTexts } from "../../src/table/index.js";
import { SEGMENT_NAMES } from "../../src/text/segment-names.js";

/** A customer in each segment, two in the first, with what each said of marketing. */
function shop(consent: readonly (boolean | null)[] | undefined) {
  const segment = [SEGMENT_NAMES[0], ...SEGMENT_NAMES];
  const numbers = segment.map((_, i) => i + 1);
  const columns: TargetColumns = {
    ...{ customerId: segment.map((_, i) => `c${i}`), segment },
    ...{ recencyDays: numbers, frequency: numbers, monetary: numbers },
    ...(consent ? { consent } : {}),
  };
  const lists = SEGMENT_NAMES.map((name) => targetList(columns, name, { key: "a key that tests use" }));
  const profiles = SEGMENT_NAMES.map((name, i) => ({ name, customers: i === 0 ? 2 : 1 }) as GroupProfile);
  return { lists, profiles };
}
const options = { strategies: standardStrategies, budget: 1000 };
const amounts = (written: ReturnType<typeof strategiesWithBudget>) =>
  Object.values(written).map(({ budget_amount: amount }) => amount);

describe("a budget for those who may be contacted", () => {
  test("gives nothing to a segment where nobody agreed, and all of it to the others", () => {
    const atRisk = 1 + SEGMENT_NAMES.indexOf("At Risk");
    const consent = [false, ...SEGMENT_NAMES.map(() => true as boolean | null)];
    consent[atRisk] = null;
    const written = strategiesWithBudget(shop(consent), options);
    expect(written["At Risk"]).toMatchObject({ customers: 1, contactable: 0, unknown_consent: 1, budget_amount: 0 });
    expect(written[SEGMENT_NAMES[0]]).toMatchObject({ customers: 2, contactable: 1, refused: 1, unknown_consent: 0 });
    expect(amounts(written).reduce((sum, amount) => sum + Math.round(100 * amount), 0)).toBe(100_000);
  });

  test("is not spent where nobody agreed at all", () => {
    const written = strategiesWithBudget(shop([...SEGMENT_NAMES, ""].map(() => false)), options);
    expect(Object.keys(written).sort()).toEqual([...SEGMENT_NAMES].sort());
    expect(new Set(amounts(written))).toEqual(new Set([0]));
  });
});

test("consent: lists and excluded customers are counted, by segment", () => {
  const consent = [false, null, ...SEGMENT_NAMES.slice(1).map(() => true as boolean | null)];
  const totals = consentTotals(shop(consent).lists);
  expect(totals).toEqual({
    ...{ consentKnown: true, listed: 7, optedOut: 1, unknownConsent: 1, customers: 9 },
    excluded: [{ segment: SEGMENT_NAMES[0], customers: 2 }],
  });
  expect(consentInWords(totals, numberTexts())).toBe(
    `Lists: 7 of 9 customers; excluded: 1 opted out, 1 without recorded consent (${SEGMENT_NAMES[0]} 2)`,
  );
  expect(consentInWords(consentTotals(shop(undefined).lists), numberTexts())).toBe(
    "Lists: all 9 customers, since the dataset does not say who agreed to marketing",
  );
});
