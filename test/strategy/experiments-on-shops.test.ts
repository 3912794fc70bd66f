import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../src/numeric/index.js";
import { mean } from "../../src/numeric/stats.js";
import { type Arm, planExperiment, readExperiment, SPEND_RISES, type SpendRise } from "../../src/strategy/index.js";
import { trustKnown } from "../features/trust.js";
import { hasRealData } from "../real-data.js";
import { raiseSpend } from "./raise-spend.js";
import { type ShopSpend, simulateTests } from "./simulate-tests.js";

// Customers are drawn with replacement from the history of a shop: its customers are the truth, of which a test has some.

/** Spend in the 90 days after a day, and in the 180 days before, of customers with an order by then. */
async function shopAt(name: "cdnow" | "online-retail", day: string): Promise<ShopSpend> {
  const { engine, close } = await trustKnown(name);
  try {
    return (await engine.columns(
      `SELECT sum(CASE WHEN ordered_on > DATE '${day}' AND ordered_on <= DATE '${day}' + 90 THEN amount ELSE 0 END)::DOUBLE AS spend,
         sum(CASE WHEN ordered_on > DATE '${day}' - 180 AND ordered_on <= DATE '${day}' THEN amount ELSE 0 END)::DOUBLE
           AS "spendBefore"
       FROM orders GROUP BY customer_id HAVING min(ordered_on) <= DATE '${day}' ORDER BY customer_id`,
    )) as unknown as ShopSpend;
  } finally {
    close();
  }
}

const intervalCases = [
  { test: 1000, control: 1000 },
  { test: 1000, control: 4000 },
  { test: 4000, control: 1000 },
].flatMap((sizes) => SPEND_RISES.map((rise) => ({ sizes, rise })));
const rounds = 200;
/** Four standard deviations of a share of so many rounds. */
const noise = (share: number) => 4 * Math.sqrt((share * (1 - share)) / rounds);

describe.skipIf(!hasRealData).each([
  ["cdnow", "1998-03-31"],
  ["online-retail", "2011-09-09"],
] as const)("tests of campaigns on customers of %s", (name, day) => {
  let shop: ShopSpend;
  beforeAll(async () => {
    shop = await shopAt(name, day);
  });

  /** One test of a campaign that raises the spend of the test group by `effect`. */
  function draw(seed: number, { size, rise, effect }: { size: number; rise: SpendRise; effect: number }) {
    const random = createRandom(seed).fork(rise);
    const arms = Array.from({ length: 2 * size }, (_, i): Arm => (i < size ? "test" : "control"));
    const rows = arms.map(() => Math.floor(random.uniform() * shop.spend.length));
    const spend = rows.map((row) => shop.spend[row]);
    const outcome = raiseSpend(spend, { arms, rise, effect, random, population: shop.spend });
    return { arms, outcome, before: rows.map((row) => shop.spendBefore[row]) };
  }

  test.each(intervalCases)(
    "$rise, $sizes.test test and $sizes.control control customers: intervals of spend hold the truth",
    ({ sizes, rise }) => {
      const { held } = simulateTests(shop, { sizes, rise, effect: 0.3, rounds: 3000 });
      expect(held).toBeGreaterThan(0.9);
      expect(held).toBeLessThan(0.98);
    },
  );

  test.each(SPEND_RISES)("%s: a rise of the planned size is seen as often as planned", (rise) => {
    const size = 1500;
    const { spend } = planExperiment(shop, { customers: 2 * size });
    const effect = Number(spend?.rises.find((one) => one.rise === rise)?.minimumDetectableEffect);
    const { seen } = simulateTests(shop, { sizes: { test: size, control: size }, rise, effect, rounds: 3000 });
    // Skewed spend raises the power: where many large purchases were drawn, both the mean and its error are larger.
    expect(seen).toBeGreaterThan(0.785);
    expect(seen).toBeLessThan(0.9);
  });

  test("intervals of capped spend hold its own truth, not that of spend", () => {
    let [held, heldSpend] = [0, 0];
    const [rise, effect] = ["larger purchases", 0.3] as const;
    for (let seed = 0; seed < rounds; ++seed) {
      const columns = draw(seed, { size: 1000, rise, effect });
      const { lower, upper, cutAt } = readExperiment(columns, { kind: "spend", winsorizeAt: 0.99 });
      const capped = (factor: number) => mean(shop.spend.map((amount) => Math.min(factor * amount, Number(cutAt))));
      const truth = capped(1 + effect) - capped(1);
      if (lower <= truth && truth <= upper) ++held;
      if (lower <= effect * mean(shop.spend) && effect * mean(shop.spend) <= upper) ++heldSpend;
    }
    expect(held / rounds).toBeGreaterThan(0.95 - noise(0.95));
    expect(heldSpend).toBeLessThan(held);
  });
});
