import {
  type Customers,
  customersOf,
  type DescribedSegments,
  describeSegments,
  segmentCustomers,
  standardSegmentRules,
} from "../../src/segmentation/index.js";
import { standardStrategies, strategiesWithBudget, targetLists } from "../../src/strategy/index.js";

type Row = readonly [id: string, recency: number, orders: number, basket: number, age: number, engagement: number];

/** Fifteen customers in three groups far apart, and one who ordered once. */
const NOW: readonly Row[] = [
  ["a1", 5, 12, 150, 400, 0.9],
  ["a2", 10, 14, 160, 500, 0.8],
  ["a3", 15, 16, 170, 600, 0.7],
  ["a4", 25, 20, 200, 700, 0.6],
  ["a5", 33, 13, 120, 300, 0.5],
  ["b1", 30, 3, 40, 100, 0.3],
  ["b2", 35, 4, 50, 110, 0.3],
  ["b3", 40, 4, 60, 120, 0.3],
  ["b4", 44, 5, 50, 130, 0.3],
  ["b5", 62, 4, 50, 140, 0.3],
  ["c1", 200, 2, 20, 310, 0.1],
  ["c2", 250, 2, 30, 320, 0.1],
  ["c3", 280, 3, 25, 330, 0.1],
  ["c4", 300, 2, 10, 340, 0.1],
  ["d1", 12, 1, 90, 12, 0.4],
];

/** The same 30 days earlier: a1 was loyal yet, a5 a champion still, b5 promising, and d1 unknown. */
const BEFORE: readonly Row[] = [
  ["a1", 20, 9, 150, 370, 0.9],
  ["a2", 8, 12, 160, 470, 0.8],
  ["a3", 12, 14, 170, 570, 0.7],
  ["a4", 20, 18, 200, 670, 0.6],
  ["a5", 3, 13, 120, 270, 0.5],
  ["b1", 0, 3, 40, 70, 0.3],
  ["b2", 5, 4, 50, 80, 0.3],
  ["b3", 10, 4, 60, 90, 0.3],
  ["b4", 14, 5, 50, 100, 0.3],
  ["b5", 32, 4, 50, 110, 0.3],
  ["c1", 170, 2, 20, 280, 0.1],
  ["c2", 220, 2, 30, 290, 0.1],
  ["c3", 250, 3, 25, 300, 0.1],
  ["c4", 270, 2, 10, 310, 0.1],
];

function customersAt(asOf: string, rows: readonly Row[]): Customers {
  const column = (value: (row: Row) => number) => Float64Array.from(rows, value);
  const features = {
    recency_days: column((row) => row[1]),
    frequency: column((row) => row[2]),
    monetary: column((row) => row[2] * row[3]),
    avg_basket_value: column((row) => row[3]),
    days_since_first_purchase: column((row) => row[4]),
    engagement_score: column((row) => row[5]),
  };
  return customersOf(features, { ids: rows.map(([id]) => id), asOf });
}

/** What a1 and c1 bought. */
const SPEND = new Map([
  [
    "a1",
    new Map([
      ["Books", 1500],
      ["Toys", 300],
    ]),
  ],
  ["c1", new Map([["Toys", 40]])],
]);

/** The hand-made customers, segmented by the standard rules and into three clusters of those with two orders or more. */
export function segmentedByHand() {
  const customers = { now: customersAt("2026-01-31", NOW), before: customersAt("2026-01-01", BEFORE) };
  return segmentCustomers(customers, {
    dataset: "hand-made",
    features: ["recency_days", "frequency", "monetary"],
    weights: {},
    minOrders: 2,
    rules: { now: standardSegmentRules, before: standardSegmentRules },
    seed: 7,
    forced: 3,
  });
}

/** {@link segmentedByHand}, with what there is to say about it. */
export async function describedByHand() {
  return describeSegments(await segmentedByHand(), { categorySpend: SPEND });
}

/** What is done with the hand-made segments by rule, of whom a2 refused marketing and c1 did not say. */
export function strategiesByHand({ now, ruleProfiles }: DescribedSegments) {
  const consents = new Map(now.customers.ids.map((id) => [id, id === "c1" ? null : id !== "a2"]));
  const lists = targetLists(now, { consents, key: "an example" });
  return strategiesWithBudget({ profiles: ruleProfiles, lists }, { strategies: standardStrategies, budget: 1000 });
}
