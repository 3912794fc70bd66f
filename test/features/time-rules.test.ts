import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultSettings, parseMapping } from "../../src/datasets/index.js";
import { type Engine, openDuckDb } from "../../src/engine/index.js";
import { churned, openObservations } from "../../src/features/index.js";
import { handMade, ordersHeader } from "./hand-made.js";
import { observe } from "./observe.js";
import { trust } from "./trust.js";

const asOf = "2024-06-30";

describe("time rules", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openDuckDb();
  });
  afterAll(() => engine.close());

  /** Features of customer "a" at the end of {@link asOf}, with all that is known on 2024-12-31. */
  async function featuresOf(tables: Record<string, readonly string[]>, returns: "drop" | "net" = "drop") {
    const dataset = await handMade(engine, tables);
    await observe(engine, dataset, { asOf: "2024-12-31", features: [asOf], btydSummary: [asOf], returns });
    const [row] = await engine.rows("SELECT * FROM features WHERE customer_id = 'a'");
    return row;
  }

  it.each([
    [7, "2024-06-24", "2024-06-23"],
    [30, "2024-06-01", "2024-05-31"],
    [90, "2024-04-02", "2024-04-01"],
  ])("a window of %d days begins on %s, not on %s", async (days, first, before) => {
    const count = async (day: string) => {
      const row = await featuresOf({ orders: [ordersHeader, `1 a ${day} 10`] });
      return [row[`transaction_count_${days}d`], row[`total_spend_${days}d`]];
    };
    expect(await count(first)).toEqual([1, 10]);
    expect(await count(before)).toEqual([0, 0]);
  });

  it.each([
    ["2022-07-02", 729, 6],
    ["2022-07-01", null, 1],
  ])(
    "two years are 730 days: an order of %s is %s days old, and its customer in decile %d",
    async (day, age, decile) => {
      const row = await featuresOf({ orders: [ordersHeader, `1 a ${day} 50`, "2 b 2024-05-01 20"] });
      expect(row).toMatchObject({ recency_days_2y: age, monetary_decile_2y: decile });
    },
  );

  it("an order on as_of counts, one on the next day does not", async () => {
    const row = await featuresOf({ orders: [ordersHeader, "1 a 2024-06-30 10", "2 a 2024-07-01 90"] });
    expect(row).toMatchObject({ recency_days: 0, frequency: 1, monetary: 10, transaction_count_7d: 1 });
  });

  it("a customer whose first order comes after as_of is not there", async () => {
    expect(await featuresOf({ orders: [ordersHeader, "1 a 2024-07-01 10", "2 b 2024-06-30 10"] })).toBeUndefined();
  });

  it("spans, gaps and ages are differences of calendar days", async () => {
    const row = await featuresOf({
      orders: [ordersHeader, "1 a 2024-06-01 10", "2 a 2024-06-03 30", "3 a 2024-06-11 20", "4 a 2024-06-11 60"],
    });
    expect(row).toMatchObject({
      recency_days: 19,
      frequency: 4,
      monetary: 120,
      avg_basket_value: 30,
      purchase_span_days: 10,
      avg_interpurchase_days: 10 / 3,
      avg_days_between_transactions: 10 / 3,
      days_since_first_purchase: 29,
      purchase_frequency_per_month: 4,
      spend_velocity: 120 / 29,
      max_transaction_value: 60,
      min_transaction_value: 10,
      active_month_share: 1,
      recency_days_2y: 19,
      monetary_decile_2y: 1,
      // 1 June and 2024-06-03 to 11: Saturday, Monday, Tuesday, Tuesday.
      weekend_transaction_rate: 0.25,
    });
    // Orders 10, 30, 20, 60: variance (20² + 0² + 10² + 30²) / 3. Gaps 2, 8, 0: variance 104/3 - 100/9 over 2/3.
    expect(row["std_transaction_value"]).toBe(Math.sqrt(1400 / 3));
    expect(row["gap_regularity"]).toBeCloseTo(1 / (1 + Math.sqrt((68 - 100 / 3) / 2) / (10 / 3)), 12);
  });

  it("equal orders have a standard deviation of exactly 0, however large", async () => {
    const row = await featuresOf({
      orders: [ordersHeader, "1 a 2024-06-01 77183.60", "2 a 2024-06-02 77183.60", "3 a 2024-06-03 77183.60"],
    });
    expect([row["std_transaction_value"], row["gap_regularity"]]).toEqual([0, 1]);
  });

  const returns = "customer_id:VARCHAR returned_on:DATE amount:DECIMAL(18,4)";

  it("under net a refund on as_of is subtracted, one of the next day is not, and drop ignores both", async () => {
    const tables = {
      orders: [ordersHeader, "1 a 2024-05-01 100"],
      returns: [returns, "a 2024-06-30 30", "a 2024-07-01 50"],
    };
    expect(await featuresOf(tables, "net")).toMatchObject({
      monetary: 70,
      lifetime_spend: 70,
      avg_basket_value: 70,
      total_spend_30d: -30,
      total_spend_90d: 70,
      return_rate: 0.3,
      avg_net_sales_per_transaction: 70,
    });
    expect(await featuresOf(tables, "drop")).toMatchObject({
      monetary: 100,
      total_spend_30d: 0,
      return_rate: 0.3,
      avg_net_sales_per_transaction: 70,
    });
  });

  it("the BTYD summary counts purchase days, and takes refunds off later days under net alone", async () => {
    const tables = {
      orders: [ordersHeader, "1 a 2024-06-01 10", "2 a 2024-06-01 5", "3 a 2024-06-04 20", "4 a 2024-06-11 40"],
      returns: [returns, "a 2024-06-20 30", "a 2024-07-01 10"],
    };
    for (const [policy, mean] of [
      ["drop", 30],
      ["net", 15],
    ] as const) {
      await featuresOf(tables, policy);
      expect(await engine.rows("SELECT * FROM btyd_summary")).toEqual([
        { customer_id: "a", as_of: asOf, x: 2, t_x: 10, T: 29, m_x: mean },
      ]);
    }
  });

  const contacts =
    "customer_id:VARCHAR sent_on:DATE channel:VARCHAR promotion_id:VARCHAR arm:VARCHAR redeemed_on:DATE redeemed_at:TIMESTAMP";

  it("a redemption after as_of is unseen, and control groups got nothing", async () => {
    const row = await featuresOf({
      orders: [ordersHeader, "1 a 2024-05-01 100"],
      contacts: [
        contacts,
        "a 2024-05-01 direct_mail p test 2024-06-30 2024-06-30",
        "a 2024-06-10 email p test 2024-07-01 2024-07-01",
        "a 2024-06-20 direct_mail p control - -",
        "a 2024-07-02 direct_mail p test - -",
        "a 2022-07-01 direct_mail p test - -",
        "a 2022-06-30 direct_mail p test - -",
      ],
    });
    // 730 days before 1 July 2024 lies 2 July 2022: both contacts of 2022 are too old.
    expect(row).toMatchObject({ days_since_last_direct_mail: 60, redemption_rate_730d: 0.5 });
  });

  it("redemptions count for contacts of the last 730 days only, as the contacts do", async () => {
    const row = await featuresOf({
      orders: [ordersHeader, "1 a 2024-05-01 100"],
      contacts: [
        contacts,
        "a 2022-07-01 direct_mail p test 2022-07-09 2022-07-09",
        "a 2022-07-02 direct_mail p test 2022-07-09 2022-07-09",
        "a 2024-05-01 direct_mail p test - -",
      ],
    });
    expect(row["redemption_rate_730d"]).toBe(0.5);
  });

  it("the engagement score is the mean of recency, orders of 90 days and share of active months", async () => {
    const row = await featuresOf({ orders: [ordersHeader, "1 a 2024-05-31 10"] });
    // 1 / (1 + 30 / 30), 1 / 2 and one of two months.
    expect(row["engagement_score"]).toBeCloseTo(0.5, 12);
    const busy = await featuresOf({ orders: [ordersHeader, "1 a 2024-06-30 10", "2 a 2024-06-30 10"] });
    expect(busy["engagement_score"]).toBeCloseTo((1 + 2 / 3 + 1) / 3, 12);
  });

  it("orders per month are per 30.4375 days, a year's twelfth", async () => {
    const row = await featuresOf({ orders: [ordersHeader, "1 a 2024-01-01 10", "2 a 2024-03-01 10"] });
    expect(row["purchase_frequency_per_month"]).toBeCloseTo(2 / (181 / 30.4375), 12);
  });

  it("a promotion counts for its lines, not for the whole order", async () => {
    const row = await featuresOf({
      orders: [ordersHeader, "1 a 2024-06-20 100", "2 a 2024-03-01 50"],
      order_lines: [
        "order_id:VARCHAR line_no:INTEGER product_id:VARCHAR quantity:DECIMAL(18,4) amount:DECIMAL(18,4) promotion_id:VARCHAR",
        "1 1 x 2 40 sale",
        "1 2 y 3 60 -",
        "2 1 x 1 50 sale",
      ],
      products: ["product_id:VARCHAR category:VARCHAR", "x Sports", "y grocery"],
    });
    expect(row).toMatchObject({
      promotion_usage_rate: 1,
      coupon_sales_last_quarter: 40,
      avg_items_per_transaction: 3,
      num_distinct_products: 2,
      num_distinct_categories: 2,
      price_sum: 150,
      price_mean: 50,
      line_count: 3,
    });
  });

  it("customers with equal spend share a decile", async () => {
    const orders = Array.from({ length: 20 }, (_, i) => `${i} c${i} 2024-06-01 ${i < 5 ? 10 : 10 + i}`);
    await featuresOf({ orders: [ordersHeader, ...orders] });
    const rows = await engine.rows(
      "SELECT monetary_decile_2y AS decile, count(*) AS n FROM features GROUP BY decile ORDER BY decile",
    );
    expect(rows.map(({ decile, n }) => [decile, n])).toEqual([
      [1, 5],
      [3, 1],
      [4, 2],
      [5, 2],
      [6, 2],
      [7, 2],
      [8, 2],
      [9, 2],
      [10, 2],
    ]);
  });

  it("a label covers as_of + 1 to as_of + h, and only closed horizons are labelled", async () => {
    const dataset = await handMade(engine, {
      orders: [
        ordersHeader,
        "1 a 2024-06-30 10",
        "2 a 2024-07-01 20",
        "3 a 2024-07-30 30",
        "4 a 2024-07-31 40",
        "5 b 2024-06-30 5",
        "6 c 2024-07-01 7",
      ],
    });
    const observations = await openObservations(engine, dataset, { asOf: "2024-07-31" });
    const { relation, rows } = await observations.labels({ at: [asOf, "2024-07-02"], horizonDays: 30 });
    expect(rows).toBe(2);
    expect(await engine.rows(`SELECT * FROM ${relation} ORDER BY customer_id`)).toEqual([
      { customer_id: "a", as_of: asOf, horizon_days: 30, bought_again: 1, churned: 0, orders: 2, spend: 50 },
      { customer_id: "b", as_of: asOf, horizon_days: 30, bought_again: 0, churned: 1, orders: 0, spend: 0 },
    ]);
    await expect(observations.rows({ at: [asOf, "2024-07-02"], label: churned(30) })).rejects.toThrow(
      "Cannot label the rows of 2024-07-02 with churned(30): its horizon ends on 2024-08-01 and orders are known up to 2024-07-31; use 2024-07-01 or an earlier day",
    );
  });

  it("refuses a day after as_of, an invalid day, and a horizon of no days", async () => {
    const dataset = await handMade(engine, { orders: [ordersHeader, "1 a 2024-06-30 10"] });
    const observations = await openObservations(engine, dataset, { asOf });
    await expect(observations.features({ at: "2024-07-01" })).rejects.toThrow(
      "Cannot observe customers on 2024-07-01: orders are known up to 2024-06-30; use that day or an earlier one",
    );
    await expect(observations.rows({ at: [] })).rejects.toThrow("no day is given; expected at least one");
    await expect(openObservations(engine, dataset, { asOf: "2024-02-30" })).rejects.toThrow(
      'Cannot use "2024-02-30" as a day',
    );
    await expect(observations.labels({ at: asOf, horizonDays: Number.NaN })).rejects.toThrow(
      "Cannot label: horizonDays is NaN",
    );
    expect(() => churned(0)).toThrow("Cannot label: horizonDays is 0; expected a whole number, at least 1");
  });

  it("uses tables that were registered again in place of the old ones", async () => {
    const old = await handMade(engine, { orders: [ordersHeader, "1 a 2024-06-30 10"] });
    await openObservations(engine, old, { asOf });
    const fresh = await handMade(engine, { orders: [ordersHeader, "1 a 2024-06-30 99"] });
    const observations = await openObservations(engine, fresh, { asOf });
    expect(await observations.engine.rows("SELECT amount FROM orders")).toEqual([{ amount: 99 }]);
  });
});

it("an order at 23:30 UTC belongs to the next day where the dataset's clocks are ahead", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rekindle-zone-"));
  writeFileSync(
    join(folder, "shop.csv"),
    "id,customer,at,total\n1,a,2024-06-29T23:30:00Z,10\n2,a,2024-06-30T21:59:00Z,20\n3,a,2024-06-30T22:30:00Z,40\n",
  );
  const mapping = parseMapping({
    orders: {
      file: "shop.csv",
      columns: { order_id: "id", customer_id: "customer", ordered_at: "at", order_total: "total" },
      timestamp_format: "%Y-%m-%dT%H:%M:%SZ",
    },
  });
  const settings = { ...defaultSettings, timezone: "Europe/Berlin", cleaning: [] };
  const trusted = await trust({ name: "zone", title: "Zone", licence: "", citation: "", settings, mapping }, folder);
  try {
    const { engine, dataset } = trusted;
    await observe(engine, dataset, { asOf: "2024-06-30", features: ["2024-06-29", "2024-06-30"] });
    expect(await engine.rows("SELECT as_of, frequency, monetary, recency_days FROM features")).toEqual([
      { as_of: "2024-06-30", frequency: 2, monetary: 30, recency_days: 0 },
    ]);
  } finally {
    trusted.close();
    rmSync(folder, { recursive: true });
  }
});
