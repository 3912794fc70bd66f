// Numbers: README of the shared datasets, section 1, which agree with the published ones of UCI data set 352.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { checkFacts, knownDataset } from "../../../src/datasets/index.js";
import { describeOnRealData, useBench } from "../support.js";
import { after, useRealDataset } from "./real-dataset.js";

describeOnRealData("Online Retail", (folder) => {
  const data = useRealDataset(folder, { name: "online-retail" });
  const column = (name: string) => data.profile("orders").columns.find((candidate) => candidate.name === name);

  it("has the published rows, columns and repeated rows", () => {
    expect(data.profile("orders")).toMatchObject({ rows: 541_909, fullRowDuplicates: 5268 });
    expect(data.provenance.sources[0]).toMatchObject({
      file: "online_retail.csv.gz",
      bytes: 7_441_021,
      sha256: "4f65c1e685661e132cd767bdd0915b240d740c7c269f31c2810a61951308dc9d",
      encoding: "utf-8",
      delimiter: ",",
      columns: [
        "InvoiceNo",
        "StockCode",
        "Description",
        "Quantity",
        "InvoiceDate",
        "UnitPrice",
        "CustomerID",
        "Country",
      ],
    });
    expect(data.provenance).toMatchObject({
      licence: "CC BY 4.0",
      citation: expect.stringContaining("10.24432/C5BW33"),
    });
  });

  it("has the published distinct and empty values", () => {
    const distinct = Object.fromEntries(data.profile("orders").columns.map(({ name, distinct: n }) => [name, n]));
    expect(distinct).toMatchObject({
      InvoiceNo: 25_900,
      StockCode: 4070,
      Description: 4223,
      InvoiceDate: 23_260,
      CustomerID: 4372,
      Country: 38,
    });
    const empty = Object.fromEntries(data.profile("orders").columns.map(({ name, empty: n }) => [name, n]));
    expect(empty).toEqual({
      InvoiceNo: 0,
      StockCode: 0,
      Description: 1454,
      Quantity: 0,
      InvoiceDate: 0,
      UnitPrice: 0,
      CustomerID: 135_080,
      Country: 0,
    });
  });

  it("has the published sums and bounds", () => {
    expect(column("Quantity")).toMatchObject({ sum: "5176450", min: -80_995, max: 80_995 });
    expect(column("UnitPrice")).toMatchObject({ sum: "2498803.974", min: -11_062.06, max: 38_970 });
    expect(column("CustomerID")).toMatchObject({ min: 12_346, max: 18_287 });
    expect(knownDataset("online-retail").facts?.rows).toBe(541_909);
  });

  it("agrees with the published figures that verify a download", async () => {
    const { facts } = knownDataset("online-retail");
    expect(facts).toBeDefined();
    if (facts) await checkFacts(data.engine, data.provenance, facts, join(data.workspace.rawDatasets, "online-retail"));
  });

  it("has the published times, cancellations and countries", async () => {
    const [facts] =
      await data.ask(`SELECT CAST(sum(amount) AS VARCHAR) AS total, min(ordered_at) AS first, max(ordered_at) AS last,
        count(DISTINCT CAST(ordered_at AS DATE)) AS days, count(*) FILTER (WHERE isodow(ordered_at) = 6) AS saturdays,
        count(*) FILTER (WHERE order_id LIKE 'C%') AS cancelled, count(DISTINCT order_id) FILTER (WHERE order_id LIKE 'C%') AS cancellations,
        count(*) FILTER (WHERE order_id LIKE 'A%') AS adjustments, count(*) FILTER (WHERE quantity < 0) AS negative,
        count(*) FILTER (WHERE quantity < 0 AND order_id NOT LIKE 'C%') AS negative_not_cancelled,
        count(*) FILTER (WHERE unit_price = 0) AS free, count(*) FILTER (WHERE unit_price < 0) AS below_zero,
        count(*) FILTER (WHERE country = 'United Kingdom') AS british,
        count(DISTINCT customer_id) FILTER (WHERE country = 'United Kingdom') AS british_customers,
        count(*) FILTER (WHERE product_name LIKE '%£%') AS pounds, count(*) FILTER (WHERE unit_price = 0.001) AS smallest
      FROM lines`);
    expect(facts).toEqual({
      total: "9747747.9340",
      first: "2010-12-01T08:26:00Z",
      last: "2011-12-09T12:50:00Z",
      days: 305,
      saturdays: 0,
      cancelled: 9288,
      cancellations: 3836,
      adjustments: 3,
      negative: 10_624,
      negative_not_cancelled: 1336,
      free: 2515,
      below_zero: 2,
      british: 495_478,
      british_customers: 3950,
      pounds: 32,
      smallest: 4,
    });
    const [twice] =
      await data.ask(`SELECT (SELECT count(*) FROM (SELECT order_id FROM lines GROUP BY order_id HAVING count(DISTINCT ordered_at) = 2) AS t) AS invoices,
        (SELECT count(*) FROM (SELECT customer_id FROM lines WHERE customer_id IS NOT NULL GROUP BY customer_id HAVING count(DISTINCT country) = 2) AS t) AS customers`);
    expect(twice).toEqual({ invoices: 43, customers: 8 });
  });

  it("gives set A when customers are known, B without cancellations, C with positive lines", () => {
    expect(after(data.report, "missing_customer_id")).toEqual({
      rows: 406_829,
      customers: 4372,
      revenue: 8_300_065.814,
    });
    expect(after(data.report, "cancelled_invoice")).toEqual({ rows: 397_924, customers: 4339, revenue: 8_911_407.904 });
    expect(after(data.report, "not_a_sale")).toEqual({ rows: 397_884, customers: 4338, revenue: 8_911_407.904 });
    expect(data.report).toMatchObject({ lines: 397_884, customers: 4338, orders: 18_532, revenue: 8_911_407.904 });
    expect(data.report.trade_offs.missing_customer_id).toMatchObject({
      rows: 135_080,
      share_of_rows: 135_080 / 541_909,
      revenue: expect.closeTo(9_747_747.934 - 8_300_065.814, 3),
      share_of_revenue: expect.closeTo((9_747_747.934 - 8_300_065.814) / 9_747_747.934, 12),
    });
    // Set C has 397,884 lines worth 8,911,407.904; without copies 392,692 worth 8,887,208.894.
    expect(data.report.trade_offs.repeated_lines).toEqual({
      rows: 397_884 - 392_692,
      revenue: expect.closeTo(8_911_407.904 - 8_887_208.894, 3),
      share_of_revenue: expect.closeTo(24_199.01 / 8_911_407.904, 9),
    });
  });

  it("gives the published months of set C", async () => {
    const months = await data.ask(
      "SELECT sum(amount) AS amount FROM orders GROUP BY date_trunc('month', ordered_on) ORDER BY date_trunc('month', ordered_on)",
    );
    expect(months.map(({ amount }) => Number(Number(amount).toFixed(2)))).toEqual([
      572_713.89, 569_445.04, 447_137.35, 595_500.76, 469_200.36, 678_594.56, 661_213.69, 600_091.01, 645_343.9,
      952_838.38, 1_039_318.79, 1_161_817.38, 518_192.79,
    ]);
  });

  it("gives the named customers, the largest first", async () => {
    const customers =
      await data.ask(`SELECT o.customer_id, max(@days_between(ordered_on, DATE '2011-12-10')) AS oldest, min(@days_between(ordered_on, DATE '2011-12-10')) AS r,
        count(*) AS f, sum(amount) AS m, (SELECT count(*) FROM order_lines l JOIN orders p ON p.order_id = l.order_id WHERE p.customer_id = o.customer_id) AS lines
      FROM orders o GROUP BY o.customer_id ORDER BY m DESC`);
    const of = (id: string) => {
      const { r, f, m, lines } = customers.find(({ customer_id }) => customer_id === id) ?? {};
      return [r, f, lines, Number(Number(m).toFixed(2))];
    };
    expect(of("12346")).toEqual([326, 1, 1, 77_183.6]);
    expect(of("12347")).toEqual([3, 7, 182, 4310]);
    expect(of("12348")).toEqual([76, 4, 31, 1797.24]);
    expect(of("14646")).toEqual([2, 73, 2076, 280_206.02]);
    expect(of("18287")).toEqual([43, 3, 70, 1837.28]);
    expect(customers.slice(0, 5).map(({ customer_id }) => customer_id)).toEqual([
      "14646",
      "18102",
      "17450",
      "16446",
      "14911",
    ]);
  });

  it("shows what netting returns would do to customer 12346", () => {
    const effect = data.report.trade_offs.returns.top_customers.find(({ customer }) => customer === "12346");
    expect(effect).toMatchObject({ revenue_drop: 77_183.6, revenue_net: 0, rank_drop: 10 });
  });

  it("keeps every cancelled line of a known customer as a return", async () => {
    const [returns] = await data.ask(
      "SELECT count(*) AS n, count(DISTINCT customer_id) AS customers, sum(amount) AS amount, count(*) FILTER (WHERE amount < 0 OR quantity <= 0) AS wrong FROM returns",
    );
    expect(returns).toEqual({ n: 406_829 - 397_924, customers: 1589, amount: 611_342.09, wrong: 0 });
    const [only] = await data.ask(
      "SELECT count(DISTINCT customer_id) AS n FROM returns WHERE customer_id NOT IN (SELECT customer_id FROM lines WHERE order_id NOT LIKE 'C%' AND customer_id IS NOT NULL)",
    );
    expect(only).toEqual({ n: 33 });
    const [net] = await data.ask(
      "SELECT count(*) FILTER (WHERE s < 0) AS below, count(*) FILTER (WHERE s = 0) AS zero FROM (SELECT sum(amount) AS s FROM lines WHERE customer_id IS NOT NULL GROUP BY customer_id) AS t",
    );
    expect(net).toEqual({ below: 41, zero: 14 });
  });

  it("gives set D with de-duplication on", async () => {
    const report = await data.cleanAgain({ deduplicate: true });
    expect(report).toMatchObject({ lines: 392_692, customers: 4338, orders: 18_532, revenue: 8_887_208.894 });
  });
});

describeOnRealData("Online Retail in its other common form, Latin-1 with CRLF", (folder) => {
  const bench = useBench();

  it("has the published length and gives the same set C", async () => {
    const text = gunzipSync(readFileSync(join(folder, "online_retail", "online_retail.csv.gz"))).toString("utf8");
    const latin = Buffer.from(text.replaceAll("\n", "\r\n"), "latin1");
    expect(latin.length).toBe(45_580_638);
    const path = bench.write("data.csv", "");
    writeFileSync(path, latin);
    const provenance = await bench.add({ name: "online-retail", from: path });
    expect(provenance.sources[0]).toMatchObject({
      encoding: "windows-1252",
      profile: { rows: 541_909, fullRowDuplicates: 5268 },
    });
    const c = "customer_id IS NOT NULL AND order_id NOT LIKE 'C%' AND quantity > 0 AND unit_price > 0";
    expect(
      await bench.raw(
        "online-retail",
        "lines",
        `SELECT count(*) FILTER (WHERE ${c}) AS n, count(DISTINCT customer_id) FILTER (WHERE ${c}) AS customers,
        CAST(sum(amount) FILTER (WHERE ${c}) AS VARCHAR) AS revenue, count(*) FILTER (WHERE product_name LIKE '%£%') AS pounds FROM raw_table`,
      ),
    ).toEqual([{ n: 397_884, customers: 4338, revenue: "8911407.9040", pounds: 32 }]);
  });
});

describeOnRealData("The Online Retail workbook", (folder) => {
  const data = useRealDataset(folder, {
    name: "online-retail",
    from: join(folder, "online_retail", "online_retail_first_70051_lines.xlsx"),
  });

  it("has the facts of its first 70,051 lines", async () => {
    expect(data.provenance.sources[0]).toMatchObject({
      kind: "workbook",
      sheets: [{ name: "Online Retail", rows: 70_051 }],
    });
    const columns = Object.fromEntries(data.profile("orders").columns.map((found) => [found.name, found]));
    expect(columns["CustomerID"]).toMatchObject({ distinct: 1259, empty: 27_275 });
    expect(columns["Description"]).toMatchObject({ empty: 170 });
    expect(columns["Quantity"]).toMatchObject({ sum: "582956" });
    const [facts] = await data.ask("SELECT CAST(sum(amount) AS VARCHAR) AS total, max(ordered_at) AS last FROM lines");
    expect(facts).toEqual({ total: "1196390.7200", last: "2011-01-25T10:38:00Z" });
  });

  it("reads integer and text cells alike as ids", async () => {
    const [cells] =
      await data.ask(`SELECT count(*) FILTER (WHERE regexp_full_match(order_id, '[0-9]+')) AS numbers, count(*) FILTER (WHERE NOT regexp_full_match(order_id, '[0-9]+')) AS texts,
        count(*) FILTER (WHERE regexp_full_match(product_id, '[0-9]+')) AS number_codes FROM lines`);
    expect(cells).toEqual({ numbers: 68_876, texts: 1175, number_codes: 60_114 });
  });
});
