// Numbers: README of the shared datasets, section 2.
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkFacts, knownDataset } from "../../../src/datasets/index.js";
import { describeOnRealData } from "../support.js";
import { after, useRealDataset } from "./real-dataset.js";

const first = "part = 'Year 2009-2010'";
const second = "part = 'Year 2010-2011'";
const overlap = `(${first} AND ordered_at >= TIMESTAMP '2010-12-01')`;

/** The table of the README: a fact, and its value in both sheets, the first, the second, and without the overlap. */
const facts: readonly [sql: string, both: unknown, first: unknown, second: unknown, clean: unknown][] = [
  ["count(*)", 1_067_371, 525_461, 541_910, 1_044_848],
  ["min(ordered_at)", "2009-12-01T07:45:00Z", "2009-12-01T07:45:00Z", "2010-12-01T08:26:00Z", "2009-12-01T07:45:00Z"],
  ["max(ordered_at)", "2011-12-09T12:50:00Z", "2010-12-09T20:01:00Z", "2011-12-09T12:50:00Z", "2011-12-09T12:50:00Z"],
  ["count(DISTINCT order_id)", 53_628, 28_816, 25_900, 53_628],
  // One less than published where a code also occurs with a trailing blank, which does not count.
  ["count(DISTINCT product_id)", 5304, 4631, 4070, 5304],
  ["count(DISTINCT customer_id)", 5942, 4383, 4372, 5942],
  ["count(DISTINCT country)", 43, 40, 38, 43],
  ["count(*) - count(customer_id)", 243_007, 107_927, 135_080, 235_287],
  ["count(*) - count(product_name)", 4382, 2928, 1454, 4275],
  ["CAST(CAST(sum(quantity) AS BIGINT) AS VARCHAR)", "10608492", "5432041", "5176451", "10441844"],
  [
    "CAST(CAST(sum(amount) AS DECIMAL(18, 3)) AS VARCHAR)",
    "19287250.568",
    "9539484.634",
    "9747765.934",
    "18909762.118",
  ],
  ["count(*) FILTER (WHERE order_id LIKE 'C%')", 19_494, 10_206, 9288, 19_165],
  ["count(DISTINCT order_id) FILTER (WHERE order_id LIKE 'C%')", 8292, 4592, 3836, 8292],
  ["count(*) FILTER (WHERE quantity < 0)", 22_950, 12_326, 10_624, 22_557],
  ["count(*) FILTER (WHERE quantity < 0 AND order_id NOT LIKE 'C%')", 3457, 2121, 1336, 3393],
  ["count(*) FILTER (WHERE unit_price = 0)", 6202, 3687, 2515, 6024],
  ["count(*) FILTER (WHERE unit_price < 0)", 5, 3, 2, 5],
];

describeOnRealData("Online Retail II", (folder) => {
  const data = useRealDataset(folder, { name: "online-retail-ii" });

  for (const [sql, ...expected] of facts) {
    it(`has the published ${sql} in both sheets, each, and without the overlap`, async () => {
      const scopes = ["true", first, second, `NOT ${overlap}`];
      const found: unknown[] = [];
      for (const scope of scopes)
        found.push((await data.ask(`SELECT ${sql} AS fact FROM lines WHERE ${scope}`))[0]["fact"]);
      expect(found).toEqual(expected);
    });
  }

  it("has the published distinct codes, descriptions and repeated rows, as they are written", () => {
    const distinct = Object.fromEntries(data.profile("orders").columns.map((column) => [column.name, column.distinct]));
    expect(distinct).toMatchObject({ StockCode: 5305, Description: 5698 });
    expect(data.profile("orders").fullRowDuplicates).toBe(34_335);
  });

  it("agrees with the published figures that verify a download", async () => {
    const known = knownDataset("online-retail-ii");
    expect(known.facts).toBeDefined();
    if (known.facts)
      await checkFacts(data.engine, data.provenance, known.facts, join(data.workspace.rawDatasets, known.name));
  });

  it("leaves the overlap out once, and then gives sets A, B and C", () => {
    expect(data.report.ledger[0]).toMatchObject({
      rule: "sheet_overlap",
      rows_touched: 22_523,
      revenue_touched: 377_488.45,
    });
    expect(after(data.report, "sheet_overlap")).toEqual({ rows: 1_044_848, customers: 5942, revenue: 18_909_762.118 });
    expect(after(data.report, "missing_customer_id")).toEqual({
      rows: 809_561,
      customers: 5942,
      revenue: 16_343_669.038,
    });
    expect(after(data.report, "cancelled_invoice")).toMatchObject({ rows: 791_115, customers: 5881 });
    expect(data.report).toMatchObject({ lines: 791_045, customers: 5878, orders: 36_969, revenue: 17_431_551.178 });
  });

  it("gives set D with de-duplication on", async () => {
    expect(await data.cleanAgain({ deduplicate: true })).toMatchObject({ lines: 779_425, revenue: 17_374_804.268 });
  });

  it("has the published quirks", async () => {
    const [quirks] =
      await data.ask(`SELECT count(*) FILTER (WHERE product_id IN ('TEST001', 'TEST002')) AS tests, count(*) FILTER (WHERE product_id IN ('ADJUST', 'ADJUST2')) AS adjustments,
      count(DISTINCT order_id) FILTER (WHERE order_id LIKE 'C%' AND quantity > 0) AS odd, min(order_id) FILTER (WHERE order_id LIKE 'C%' AND quantity > 0) AS odd_one,
      count(*) FILTER (WHERE isodow(ordered_at) = 6) AS saturdays, min(unit_price) AS least FROM lines`);
    expect(quirks).toEqual({
      tests: 17,
      adjustments: 70,
      odd: 1,
      odd_one: "C496350",
      saturdays: 402,
      least: -53_594.36,
    });
    const [two] = await data.ask(
      "SELECT count(*) AS n FROM (SELECT customer_id FROM lines WHERE customer_id IS NOT NULL GROUP BY customer_id HAVING count(DISTINCT country) = 2) AS t",
    );
    expect(two).toEqual({ n: 13 });
  });

  it("gives the published recency, frequency and money of set C", async () => {
    const [rfm] =
      await data.ask(`SELECT round(avg(r), 4) AS r, quantile_cont(r, 0.5) AS r50, max(r) AS rmax, round(avg(f), 4) AS f, quantile_cont(f, 0.5) AS f50, max(f) AS fmax,
        round(avg(m), 4) AS m, quantile_cont(m, 0.5) AS m50, count(*) FILTER (WHERE f = 1) AS once
      FROM (SELECT customer_id, @days_between(max(ordered_on), DATE '2011-12-10') AS r, count(*) AS f, @number(sum(amount)) AS m FROM orders GROUP BY customer_id) AS t`);
    expect(rfm).toEqual({
      r: 201.8668,
      r50: 96,
      rmax: 739,
      f: 6.2894,
      f50: 3,
      fmax: 398,
      m: 2965.5582,
      m50: expect.closeTo(869.8, 2),
      once: 1623,
    });
  });
});

describeOnRealData("The Online Retail II workbook of two sheets", (folder) => {
  const data = useRealDataset(folder, {
    name: "online-retail-ii",
    from: join(folder, "online_retail_ii", "online_retail_II_two_sheet_subset.xlsx"),
  });

  it("is read sheet by sheet with the published facts of each", async () => {
    expect(data.provenance.sources[0].sheets).toEqual([
      { name: "Year 2009-2010", rows: 14_269 },
      { name: "Year 2010-2011", rows: 20_497 },
    ]);
    expect(
      await data.ask(`SELECT part, sum(quantity) AS pieces, CAST(CAST(sum(amount) AS DECIMAL(18, 2)) AS VARCHAR) AS amount, count(DISTINCT customer_id) AS customers,
        count(*) - count(customer_id) AS unknown FROM lines GROUP BY part ORDER BY part`),
    ).toEqual([
      { part: "Year 2009-2010", pieces: 332_062, amount: "541177.16", customers: 159, unknown: 169 },
      { part: "Year 2010-2011", pieces: 421_538, amount: "690521.91", customers: 215, unknown: 432 },
    ]);
  });

  it("counts no day twice", async () => {
    const [raw] = await data.ask(
      `SELECT count(*) AS n FROM lines WHERE ${first} AND ordered_at >= (SELECT min(ordered_at) FROM lines WHERE ${second})`,
    );
    expect(raw["n"]).toBeGreaterThan(0);
    expect(data.report.ledger[0]).toMatchObject({ rule: "sheet_overlap", rows_touched: raw["n"] });
  });
});
