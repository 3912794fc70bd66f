import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { customerTotals, monthlyRevenue, type Observations } from "../../src/features/index.js";
import { hasRealData } from "../real-data.js";
import { expectSameBytes } from "./determinism.js";
import { expectNoLeaks, expectUntouchedByFuture } from "./leaks.js";
import { observe } from "./observe.js";
import { rfmFacts, rfmOf } from "./rfm.js";
import { type Trusted, trustKnown } from "./trust.js";

describe.skipIf(!hasRealData)("features of Online Retail", () => {
  let trusted: Trusted;
  beforeAll(async () => {
    trusted = await trustKnown("online-retail");
  });
  afterAll(() => trusted.close());

  describe("on set C as of 2011-12-10", () => {
    let observations: Observations;
    beforeAll(async () => {
      const { engine, dataset } = trusted;
      ({ observations } = await observe(engine, dataset, { asOf: "2011-12-10", features: ["2011-12-10"] }));
    });

    it("has the datasets README's means, quartiles and extremes of R, F and M", async () => {
      const facts = await rfmFacts(trusted.engine);
      expect(facts["customers"]).toBe(4338);
      expect(facts["orders"]).toBe(18_532);
      expect(facts["lines"]).toBe(397_884);
      expect(facts["one_order"]).toBe(1493);
      expect(facts["r_mean"]).toBeCloseTo(93.0595, 4);
      expect(facts["f_mean"]).toBeCloseTo(4.272, 4);
      expect(facts["m_mean"]).toBeCloseTo(2054.2665, 4);
      expect(facts["m_sum"]).toBeCloseTo(8_911_407.904, 3);
      expect([facts["r_25"], facts["r_50"], facts["r_75"], facts["r_max"]]).toEqual([18, 51, 142.75, 374]);
      expect([facts["f_25"], facts["f_50"], facts["f_75"], facts["f_max"]]).toEqual([1, 2, 5, 209]);
      expect(facts["m_25"]).toBeCloseTo(307.415, 6);
      expect(facts["m_50"]).toBeCloseTo(674.485, 6);
      expect(facts["m_75"]).toBeCloseTo(1661.74, 6);
    });

    it.each([
      ["12346", 326, 1, 1, 77_183.6],
      ["12347", 3, 7, 182, 4310],
      ["12348", 76, 4, 31, 1797.24],
      ["14646", 2, 73, 2076, 280_206.02],
      ["18287", 43, 3, 70, 1837.28],
    ])("has the README's customer %s", async (id, recency, frequency, lines, monetary) => {
      expect(await rfmOf(trusted.engine, id)).toEqual({ recency, frequency, lines, monetary });
    });

    it("has the README's best customers by M and by F", async () => {
      const { engine } = trusted;
      const byMoney = await engine.rows(
        "SELECT customer_id, monetary FROM features ORDER BY monetary DESC, customer_id LIMIT 5",
      );
      expect(byMoney.map((row) => [row["customer_id"], row["monetary"]])).toEqual([
        ["14646", 280_206.02],
        ["18102", 259_657.3],
        ["17450", 194_550.79],
        ["16446", 168_472.5],
        ["14911", 143_825.06],
      ]);
      const byOrders = await engine.rows(
        "SELECT customer_id, frequency FROM features ORDER BY frequency DESC, customer_id LIMIT 3",
      );
      expect(byOrders.map((row) => [row["customer_id"], row["frequency"]])).toEqual([
        ["12748", 209],
        ["14911", 201],
        ["17841", 124],
      ]);
    });

    it("has the README's share of the best fifth, and its revenue by month", async () => {
      const totals = await customerTotals(observations);
      expect(totals.topFifthShare).toBeCloseTo(0.7462, 4);
      expect(totals.oneOrderCustomers).toBe(1493);
      const months = await monthlyRevenue(observations);
      expect(months.map(({ revenue }) => Math.round(revenue * 100) / 100)).toEqual([
        572_713.89, 569_445.04, 447_137.35, 595_500.76, 469_200.36, 678_594.56, 661_213.69, 600_091.01, 645_343.9,
        952_838.38, 1_039_318.79, 1_161_817.38, 518_192.79,
      ]);
      expect(months.map(({ partial }) => partial)).toEqual([...new Array(12).fill(false), true]);
    });
  });

  it.each([
    ["drop", 77_183.6],
    ["net", 0],
  ] as const)(
    "under the policy %s leaves customer 12346, who cancelled everything, at %d",
    async (returns, monetary) => {
      const { engine, dataset } = trusted;
      await observe(engine, dataset, { asOf: "2011-12-10", features: ["2011-12-10"], returns });
      expect((await rfmOf(engine, "12346")).monetary).toBe(monetary);
      const [{ rate, net }] = await engine.rows(
        "SELECT return_rate AS rate, avg_net_sales_per_transaction AS net FROM features WHERE customer_id = '12346'",
      );
      expect([rate, net]).toEqual([1, 0]);
    },
  );

  it("does not net the cancellation of 12346, made 16 minutes later, before its day", async () => {
    const { engine, dataset } = trusted;
    const features = ["2011-01-17", "2011-01-18"];
    await observe(engine, dataset, { asOf: "2011-12-10", features, returns: "net", only: ["monetary"] });
    const rows = await engine.rows("SELECT as_of, monetary FROM features WHERE customer_id = '12346'");
    expect(rows).toEqual([{ as_of: "2011-01-18", monetary: 0 }]);
  });

  it.each([
    ["2011-09-09", 91, 3370, 1921, 2_851_873.31],
    ["2011-11-09", 30, 4086, 1376, 1_208_842.77],
  ])(
    "labels the README's time split at the end of %s, %d days ahead",
    async (cut, horizonDays, known, again, spend) => {
      const { engine, dataset } = trusted;
      await observe(engine, dataset, { asOf: "2011-12-09", labels: { at: cut, horizonDays } });
      const [row] = await engine.rows(
        "SELECT count(*) AS known, sum(bought_again) AS again, sum(churned) AS churned, sum(@money(spend)) AS spend FROM labels WHERE horizon_days = $horizonDays",
        { horizonDays },
      );
      expect(row).toEqual({ known, again, churned: known - again, spend: expect.closeTo(spend, 2) });
    },
  );

  it("sees nothing after a cut", async () => {
    await expectNoLeaks(trusted, { asOf: "2011-12-09", at: ["2011-06-09", "2011-09-09"] });
  });

  it("gives the same bytes when everything after as_of is shuffled", async () => {
    await expectUntouchedByFuture(trusted, { asOf: "2011-09-09", at: ["2011-05-09", "2011-06-09"], horizonDays: 90 });
  });

  it("writes the same bytes with one thread and with two, and once more", async () => {
    await expectSameBytes(trusted, { asOf: "2011-12-09", cuts: ["2011-09-09", "2011-12-09"] });
  });
});
