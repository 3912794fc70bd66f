import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CleaningReport, cleanDataset } from "../../src/cleaning/index.js";
import { type AddDatasetOptions, addDataset, resolveDataset } from "../../src/datasets/index.js";
import { openDuckDb } from "../../src/engine/index.js";
import { filesOf, now, useBench } from "../datasets/support.js";

const mapping = {
  customer_id: "k",
  order_id: "o",
  order_datetime: "t",
  quantity: "q",
  unit_price: "p",
  product_id: "sku",
  product_name: "name",
};
const header = "k,o,t,q,p,sku,name\n";
const lines = [
  "a,1,2024-01-01 10:00:00,2,5.00,x,Cup",
  "a,1,2024-01-01 10:00:00,1,3.00,y,Jar",
  "b,2,2024-01-02 10:00:00,1,5.00,x,Mug",
  "b,2,2024-01-02 10:00:00,1,5.00,x,Mug",
  "a,3,2024-02-01 10:00:00,-1,5.00,x,Cup",
  ",4,2024-02-02 10:00:00,1,9.00,y,Jar",
  "c,5,,1,9.00,y,Jar",
  "d,6,2024-02-03 10:00:00,0,9.00,y,Jar",
];

describe("cleanDataset", () => {
  const bench = useBench();
  const clean = async (
    csv: string,
    { deduplicate = false, ...options }: Partial<AddDatasetOptions> & { mapping?: unknown; deduplicate?: boolean } = {},
  ): Promise<CleaningReport> => {
    await bench.add({ from: bench.write("shop.csv", csv), mapping, ...options });
    const { provenance, rawFolder, processedFolder } = await resolveDataset(bench.workspace, "shop");
    return cleanDataset(bench.engine, provenance, { rawFolder, folder: processedFolder, deduplicate });
  };
  const all = header + lines.join("\n");

  it("writes trusted tables by the standard rules and says what each took", async () => {
    const report = await clean(all);
    expect(report).toMatchObject({
      lines: 4,
      orders: 2,
      customers: 2,
      revenue: 23,
      first_order: "2024-01-01",
      last_order: "2024-01-02",
    });
    expect(report.ledger.map(({ rule, rows_touched, rows_after }) => [rule, rows_touched, rows_after])).toEqual([
      ["missing_customer_id", 1, 7],
      ["missing_order_time", 1, 6],
      ["cancellation", 1, 5],
      ["not_a_sale", 1, 4],
    ]);
    expect(await bench.engine.rows("SELECT * FROM orders ORDER BY order_id")).toEqual([
      { order_id: "1", customer_id: "a", ordered_at: "2024-01-01T10:00:00Z", ordered_on: "2024-01-01", amount: 13 },
      { order_id: "2", customer_id: "b", ordered_at: "2024-01-02T10:00:00Z", ordered_on: "2024-01-02", amount: 10 },
    ]);
    expect(await bench.engine.rows("SELECT * FROM returns")).toEqual([
      {
        return_id: "3",
        line_no: 1,
        customer_id: "a",
        returned_at: "2024-02-01T10:00:00Z",
        returned_on: "2024-02-01",
        amount: 5,
        product_id: "x",
        quantity: 1,
      },
    ]);
  });

  it("names a product as it is named most often", async () => {
    await clean(all);
    expect(await bench.engine.rows("SELECT * FROM products ORDER BY product_id")).toEqual([
      { product_id: "x", product_name: "Mug" },
      { product_id: "y", product_name: "Jar" },
    ]);
  });

  it("drops copies when it is asked to", async () => {
    const report = await clean(all, { deduplicate: true });
    expect(report).toMatchObject({ lines: 3, revenue: 18, deduplicated: true });
    expect(report.ledger.at(-1)).toMatchObject({ rule: "full_row_duplicate", rows_touched: 1, revenue_touched: 5 });
  });

  it("says what the decisions cost: rows without a customer, and returns", async () => {
    const { trade_offs } = await clean(all);
    expect(trade_offs.missing_customer_id).toEqual({
      rows: 1,
      share_of_rows: 1 / 8,
      revenue: 9,
      share_of_revenue: 9 / 36,
    });
    expect(trade_offs.repeated_lines).toEqual({ rows: 1, revenue: 5, share_of_revenue: 5 / 23 });
    expect(trade_offs.returns).toMatchObject({ rows: 1, amount: 5, customers: 1, share_of_revenue: 5 / 23 });
    expect(trade_offs.returns.top_customers).toEqual([
      { customer: "a", orders: 1, revenue_drop: 13, revenue_net: 8, rank_drop: 1, rank_net: 2 },
      { customer: "b", orders: 1, revenue_drop: 10, revenue_net: 10, rank_drop: 2, rank_net: 1 },
    ]);
  });

  it("counts no row without a customer that an earlier rule took as a copy", async () => {
    const copies = { name: "copies", where: "copy_no > 1", action: "drop", reason: "test" };
    const missing = { name: "nobody", where: "customer_id IS NULL", action: "drop", reason: "test" };
    const csv = `${header}a,1,2024-01-01,1,6,x,Cup\n,2,2024-01-01,1,4,x,Cup\n,2,2024-01-01,1,4,x,Cup\n`;
    const settings = { cleaning: [copies, missing] };
    const { trade_offs } = await clean(csv, { mapping: { ...mapping, settings } });
    expect(trade_offs.missing_customer_id).toEqual({
      rows: 1,
      share_of_rows: 1 / 3,
      revenue: 4,
      share_of_revenue: 4 / 14,
    });
  });

  it("begins the ledger with the rows that could not be read", async () => {
    const report = await clean(`${all}\nx,7,never,1,1,x,Cup\nbroken\n`, { onError: "drop" });
    expect(report.rejected_rows).toBe(2);
    expect(report.ledger[0]).toEqual({
      rule: "unreadable_rows",
      table: "lines",
      action: "drop",
      reason: expect.stringContaining("Unreadable rows"),
      rows_before: 10,
      rows_touched: 2,
      rows_after: 8,
      customers_before: 4,
      customers_touched: 0,
      customers_after: 4,
      revenue_before: report.ledger[1].revenue_before,
      revenue_touched: 0,
      revenue_after: report.ledger[1].revenue_before,
    });
    expect(report.ledger[1].rows_before).toBe(8);
  });

  it("refuses an order of two customers, and names all three", async () => {
    await expect(clean(`${header}a,1,2024-01-01,1,1,x,Cup\nb,1,2024-01-01,1,1,x,Cup\n`)).rejects.toThrow(
      /order "1" belongs to the customers "…" and "…"; expected one customer per order/,
    );
  });

  it("refuses rows that lack what the contract wants, counts them all and gives a rule that helps", async () => {
    const csv = `${header}a,1,2024-01-01,1,1,x,Cup\n,2,2024-01-01,1,1,x,Cup\n,3,2024-01-01,1,1,x,Cup\nb,4,,1,1,x,Cup\nb,5,2024-01-01,1,,x,Cup\n`;
    const withRules = (cleaning: unknown[]) => clean(csv, { mapping: { ...mapping, settings: { cleaning } } });
    await expect(withRules([])).rejects.toThrow(
      /^Cannot clean: the rules leave 2 lines without customer_id, 1 lines without ordered_at, 1 lines without amount; add a rule before the others: .*"where":"customer_id IS NULL","action":"drop"/,
    );
    const helped = ["customer_id", "ordered_at", "amount"].map((column) => ({
      name: `missing_${column}`,
      where: `${column} IS NULL`,
      action: "drop",
      reason: "test",
    }));
    expect(await withRules(helped)).toMatchObject({ orders: 1, lines: 1 });
  });

  it("holds returns to the contract, too", async () => {
    const back = [{ name: "all_back", where: "order_id <> '1'", action: "return", reason: "test" }];
    const csv = `${header}a,1,2024-01-01,1,1,x,Cup\n,2,2024-01-01,1,1,x,Cup\n`;
    await expect(clean(csv, { mapping: { ...mapping, settings: { cleaning: back } } })).rejects.toThrow(
      /the rules leave 1 returned lines without customer_id/,
    );
  });

  it("drops a cancellation whose amount is unknown", async () => {
    const report = await clean(`${header}a,1,2024-01-01,1,1,x,Cup\na,2,2024-01-01,-1,,x,Cup\n`);
    expect(report.ledger.slice(-2).map(({ rule, rows_touched }) => [rule, rows_touched])).toEqual([
      ["cancellation", 0],
      ["not_a_sale", 1],
    ]);
  });

  it("refuses to leave nothing, says which rules took it, and keeps the earlier tables", async () => {
    await clean(all);
    const folder = join(bench.workspace.processedDatasets, "shop");
    const before = filesOf(folder);
    await expect(clean(`${header},1,2024-01-01,1,1,x,Cup\n`)).rejects.toThrow(
      /the rules removed every line \(missing_customer_id 1\); change the rules/,
    );
    expect(filesOf(folder)).toEqual(before);
  });

  it("takes given returns beside those that rules find, and given tables as they are", async () => {
    const folder = bench.write(
      "given/orders.csv",
      `customer_id,order_id,ordered_at,amount\na,1,2024-01-01,5\na,2,2024-01-02,-2\n`,
    );
    bench.write(
      "given/returns.csv",
      "return_id,customer_id,returned_at,amount,quantity,order_id\nr1,a,2024-01-03,1.5,1,1\nr2,a,2024-01-04,-0.5,-1,1\n",
    );
    bench.write("given/stores.csv", "store_id,region,opened_on\ns1,North,2020-05-06\n");
    bench.write("given/contacts.csv", "customer_id,sent_at,channel,redeemed_at\na,2024-01-05,email,2024-01-06\n");
    bench.write("given/products.csv", "product_id,category\nx,Kitchen\n");
    await bench.add({ from: join(folder, "..") });
    const { provenance, rawFolder, processedFolder } = await resolveDataset(bench.workspace, "shop");
    const { tables } = await cleanDataset(bench.engine, provenance, { rawFolder, folder: processedFolder });
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual([
      ["orders", 1],
      ["order_lines", 1],
      ["returns", 3],
      ["products", 1],
      ["stores", 1],
      ["contacts", 1],
    ]);
    expect(
      await bench.engine.rows("SELECT return_id, amount, quantity, order_id FROM returns ORDER BY return_id"),
    ).toEqual([
      { return_id: "2", amount: 2, quantity: null, order_id: null },
      { return_id: "r1", amount: 1.5, quantity: 1, order_id: "1" },
      { return_id: "r2", amount: 0.5, quantity: 1, order_id: "1" },
    ]);
    expect(await bench.engine.rows("SELECT * FROM products")).toEqual([
      { product_id: "x", category: "Kitchen", product_type: "Kitchen" },
    ]);
    expect(await bench.engine.rows("SELECT contact_id, sent_on, redeemed_on FROM contacts")).toEqual([
      { contact_id: "1", sent_on: "2024-01-05", redeemed_on: "2024-01-06" },
    ]);
    expect(await bench.engine.rows("SELECT opened_on FROM stores")).toEqual([{ opened_on: "2020-05-06" }]);
  });

  it("stores protected columns apart, also where customers are known from their orders only", async () => {
    const csv = `${header.trim()},land\na,1,2024-01-01,1,1,x,Cup,DE\nb,2,2024-01-01,1,1,x,Cup,FR\n`;
    const report = await clean(csv, {
      mapping: { ...mapping, country: "land", settings: { protected: ["country"] } },
    });
    const tables = Object.fromEntries(report.tables.map(({ name, columns }) => [name, columns]));
    expect(tables).toMatchObject({ customers: ["customer_id"], protected: ["customer_id", "country"] });
    const path = join(bench.workspace.processedDatasets, "shop", "protected.parquet");
    expect(await bench.engine.rows(`SELECT * FROM read_parquet('${path}')`)).toEqual([
      { customer_id: "a", country: "DE" },
      { customer_id: "b", country: "FR" },
    ]);
  });

  it("gives an order the calendar day of the dataset's zone", async () => {
    const settings = { timezone: "America/New_York" };
    await clean(`${header}a,1,2024-01-01 23:30:00,1,1,x,Cup\n`, { mapping: { ...mapping, settings } });
    expect(await bench.engine.rows("SELECT ordered_at, ordered_on FROM orders")).toEqual([
      { ordered_at: "2024-01-02T04:30:00Z", ordered_on: "2024-01-01" },
    ]);
  });

  it("leaves nothing but the trusted tables behind in the engine", async () => {
    await clean(all);
    const names = await bench.engine.rows(
      "SELECT view_name AS name FROM duckdb_views() WHERE NOT internal UNION ALL SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY name",
    );
    expect(names.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["orders", "order_lines", "returns", "products"]),
    );
    expect(names.filter(({ name }) => /^(staged|clean|returned|judged|source)_|^lines$/.test(String(name)))).toEqual(
      [],
    );
  });
});

describe("the same files", () => {
  const bench = useBench();

  it("give the same bytes twice, with one thread and with two", async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => {
      const day = `2024-0${1 + (i % 9)}-1${i % 7} 1${i % 3}:00:00`;
      return `c${(i * 7919) % 900},${Math.floor(i / 3) % 20_000},${day},${1 + (i % 4)},${((i * 31) % 997) / 100},p${i % 57},Name ${i % 5}`;
    });
    // One order is one customer's, on one day.
    const byOrder = new Map<string, readonly string[]>();
    const text = rows.map((row) => {
      const [customer, order, at, ...rest] = row.split(",");
      const [day, time] = at.split(" ");
      if (!byOrder.has(order)) byOrder.set(order, [customer, day]);
      const [owner, first] = byOrder.get(order) ?? [];
      return [owner, order, `${first} ${time}`, ...rest].join(",");
    });
    const from = bench.write("shop.csv", header + text.join("\n"));
    const runs: Map<string, Buffer>[] = [];
    for (const threads of [1, 2, 2]) {
      const engine = await openDuckDb({ threads });
      const mappingPath = bench.write("shop.json", JSON.stringify(mapping));
      await addDataset(engine, bench, { name: "shop", from, mappingPath, now });
      const { provenance, rawFolder, processedFolder } = await resolveDataset(bench.workspace, "shop");
      await cleanDataset(engine, provenance, { rawFolder, folder: processedFolder });
      engine.close();
      runs.push(new Map([...filesOf(rawFolder), ...filesOf(processedFolder)]));
    }
    const [one, two, again] = runs;
    expect([...one.keys()]).toEqual([...two.keys()]);
    for (const [name, bytes] of one) {
      expect(two.get(name)?.equals(bytes), `${name} with two threads`).toBe(true);
      expect(again.get(name)?.equals(bytes), `${name} again`).toBe(true);
    }
  });
});
