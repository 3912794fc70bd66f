// Numbers: README of the shared datasets, section 3.
import { expect, it } from "vitest";
import { describeOnRealData } from "../support.js";
import { useRealDataset } from "./real-dataset.js";

describeOnRealData("CDNOW", (folder) => {
  const data = useRealDataset(folder, { name: "cdnow" });

  it("has the published rows, customers, days and sums", async () => {
    expect(data.provenance.sources[0]).toMatchObject({
      file: "CDNOW_master.txt",
      delimiter: "whitespace",
      bytes: 1_950_500,
    });
    expect(data.profile("orders")).toMatchObject({ rows: 69_659, fullRowDuplicates: 255 });
    const [facts] =
      await data.ask(`SELECT count(DISTINCT customer_id) AS customers, min(ordered_at) AS first, max(ordered_at) AS last, sum(quantity) AS cds,
      CAST(sum(amount) AS VARCHAR) AS dollars, max(amount) AS largest, max(quantity) AS most, count(*) FILTER (WHERE amount = 0) AS free, min(customer_id) AS one FROM lines`);
    expect(facts).toEqual({
      customers: 23_570,
      first: "1997-01-01T00:00:00Z",
      last: "1998-06-30T00:00:00Z",
      cds: 167_881,
      dollars: "2500315.6300",
      largest: 1286.01,
      most: 99,
      free: 80,
      one: "00001",
    });
  });

  it("makes 67,591 orders out of 69,659 lines, one per customer and day, and drops none", async () => {
    expect(data.report).toMatchObject({
      lines: 69_659,
      orders: 67_591,
      customers: 23_570,
      revenue: 2_500_315.63,
      ledger: [],
    });
    const [orders] =
      await data.ask(`SELECT count(*) FILTER (WHERE ordered_on <= DATE '1997-09-30') AS calibration, max(first) AS last_first, count(*) FILTER (WHERE n = 1 AND place = 1) AS once
      FROM (SELECT ordered_on, min(ordered_on) OVER (PARTITION BY customer_id) AS first, count(*) OVER (PARTITION BY customer_id) AS n,
        row_number() OVER (PARTITION BY customer_id ORDER BY ordered_on) AS place FROM orders) AS t`);
    expect(orders).toEqual({ calibration: 47_907, last_first: "1997-03-25", once: 12_054 });
    const [named] = await data.ask("SELECT order_id, amount FROM orders WHERE customer_id = '00001'");
    expect(named).toEqual({ order_id: "00001-19970101", amount: 11.77 });
  });

  it("has the published dollars of the first months", async () => {
    const months = await data.ask(
      "SELECT sum(amount) AS amount FROM orders GROUP BY date_trunc('month', ordered_on) ORDER BY date_trunc('month', ordered_on) LIMIT 4",
    );
    expect(months.map(({ amount }) => amount)).toEqual([299_060.17, 379_590.03, 393_155.27, 142_824.49]);
  });

  it("takes dollars by CDs as the price, to four decimals", async () => {
    const [row] = await data.ask(
      "SELECT count(*) AS n FROM lines WHERE abs(unit_price - @number(amount) / @number(quantity)) > 0.00006",
    );
    expect(row).toEqual({ n: 0 });
  });
});
