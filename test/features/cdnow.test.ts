import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultSettings, parseMapping } from "../../src/datasets/index.js";
import { hasRealData, realData } from "../real-data.js";
import { expectNoLeaks, expectUntouchedByFuture } from "./leaks.js";
import { observe } from "./observe.js";
import { type Trusted, trust, trustKnown } from "./trust.js";

describe.skipIf(!hasRealData)("features of the CDNOW master", () => {
  let trusted: Trusted;
  beforeAll(async () => {
    trusted = await trustKnown("cdnow");
  });
  afterAll(() => trusted.close());

  it("has the datasets README's orders, lines and single-day customers", async () => {
    const { engine, dataset } = trusted;
    await observe(engine, dataset, { asOf: "1998-06-30", features: ["1998-06-30"] });
    const [row] = await engine.rows(
      `SELECT count(*) AS customers, sum(frequency) AS orders, sum(line_count) AS lines, sum(@money(price_sum)) AS price_sum,
         sum(CASE WHEN frequency = 1 THEN 1 ELSE 0 END) AS once FROM features`,
    );
    expect(row).toEqual({
      customers: 23_570,
      orders: 67_591,
      lines: 69_659,
      price_sum: expect.closeTo(2_500_315.63, 2),
      once: 12_054,
    });
  });

  it.each([
    ["1997-09-30", 24_337, 9451],
    ["1998-06-30", 44_021, 11_516],
  ])("summarizes repeat purchases to %s as published", async (asOf, repeats, repeaters) => {
    const { engine, dataset } = trusted;
    await observe(engine, dataset, { asOf, btydSummary: [asOf] });
    const [row] = await engine.rows(
      `SELECT count(*) AS customers, sum(x) AS repeats, sum(CASE WHEN x > 0 THEN 1 ELSE 0 END) AS repeaters,
         sum(CASE WHEN NOT (0 <= t_x AND t_x <= T) OR (x = 0) <> (t_x = 0) THEN 1 ELSE 0 END) AS impossible FROM btyd_summary`,
    );
    expect(row).toEqual({ customers: 23_570, repeats, repeaters, impossible: 0 });
  });

  it("splits at 1998-04-01 as the CDNOW dashboard does", async () => {
    const { engine, dataset } = trusted;
    const ahead = { at: "1998-04-01", horizonDays: 90 };
    await observe(engine, dataset, { asOf: "1998-06-30", features: ["1998-04-01"], labels: ahead });
    const [features] = await engine.rows("SELECT count(*) AS customers, sum(line_count) AS lines FROM features");
    expect(features).toEqual({ customers: 23_570, lines: 63_799 });
    const [labels] = await engine.rows(
      "SELECT sum(bought_again) AS buyers, avg(bought_again) AS rate, sum(@money(spend)) AS spend, avg(spend) AS mean, max(spend) AS most FROM labels",
    );
    expect(labels).toEqual({
      buyers: 3301,
      rate: expect.closeTo(0.14005, 5),
      spend: expect.closeTo(211_934.34, 2),
      mean: expect.closeTo(8.9917, 4),
      most: 2512.91,
    });
  });

  it("spends 776,961.13 after 1997-09-30, as published", async () => {
    const { engine, dataset } = trusted;
    await observe(engine, dataset, { asOf: "1998-06-30", labels: { at: "1997-09-30", horizonDays: 273 } });
    const [{ spend }] = await engine.rows("SELECT sum(@money(spend)) AS spend FROM labels WHERE horizon_days = 273");
    expect(spend).toBeCloseTo(776_961.13, 2);
  });

  it("sees nothing after a cut", async () => {
    await expectNoLeaks(trusted, { asOf: "1998-06-30", at: ["1997-09-30"] });
  });

  it("gives the same values when everything after as_of is changed", async () => {
    await expectUntouchedByFuture(trusted, { asOf: "1997-12-31", at: ["1997-09-30"], horizonDays: 90 });
  });
});

describe.skipIf(!hasRealData)("the BTYD summary of the CDNOW sample", () => {
  let trusted: Trusted;
  beforeAll(async () => {
    const mapping = parseMapping({
      orders: {
        file: "CDNOW_sample.txt",
        header: ["master_id", "sample_id", "date", "cds", "dollars"],
        columns: { customer_id: "sample_id", ordered_at: "date", quantity: "cds", amount: "dollars" },
        timestamp_format: "%Y%m%d",
      },
    });
    const settings = { ...defaultSettings, cleaning: [] };
    const description = { name: "sample", title: "Sample", licence: "", citation: "", settings, mapping };
    trusted = await trust(description, realData("cdnow"));
    await observe(trusted.engine, trusted.dataset, { asOf: "1997-09-30", btydSummary: ["1997-09-30"] });
  });
  afterAll(() => trusted.close());

  it("equals cdnow_customers_summary_with_transactions.csv to its two decimals, customer by customer", async () => {
    const shipped = readFileSync(realData("cdnow", "cdnow_customers_summary_with_transactions.csv"), "utf8")
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(",").map(Number));
    const ours = await trusted.engine.columns(
      "SELECT CAST(customer_id AS INTEGER) AS id, x, t_x, T, m_x FROM btyd_summary ORDER BY 1",
    );
    const column = (name: string) => ours[name] as Float64Array;
    expect(shipped).toHaveLength(2357);
    expect(column("id")).toHaveLength(2357);
    const apart = shipped.filter(([id, x, tx, T, m], i) => {
      const weeks = (name: string) => column(name)[i] / 7;
      const near = (a: number, b: number) => Math.abs(a - b) <= 0.005 + 1e-9;
      const same = column("id")[i] === id && column("x")[i] === x && near(column("m_x")[i], m);
      return !(same && near(weeks("t_x"), tx) && near(weeks("T"), T));
    });
    expect(apart).toEqual([]);
  });

  it("has the sums of the published paper", async () => {
    const [row] = await trusted.engine.rows(
      "SELECT sum(x) AS x, sum(CASE WHEN x = 0 THEN 1 ELSE 0 END) AS none, max(x) AS most, min(T) AS least, max(T) AS longest FROM btyd_summary",
    );
    expect(row).toEqual({ x: 2457, none: 1411, most: 29, least: 27 * 7, longest: 272 });
  });
});
