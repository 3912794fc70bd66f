// Numbers: README of the shared datasets, section 6.
import { expect, it } from "vitest";
import { describeOnRealData } from "../support.js";
import { useRealDataset } from "./real-dataset.js";

describeOnRealData("Store sales", (folder) => {
  const data = useRealDataset(folder, { name: "store-sales" });
  const emptyOf = (table: string) =>
    Object.fromEntries(
      data
        .profile(table)
        .columns.filter(({ empty }) => empty)
        .map(({ name, empty }) => [name, empty]),
    );
  const column = (table: string, name: string) => data.profile(table).columns.find((found) => found.name === name);

  it("has the published rows of each table", () => {
    const rows = Object.fromEntries(data.provenance.sources.map(({ file, profile }) => [file, profile?.rows]));
    expect(rows).toEqual({
      "customer_details.csv": 5000,
      "store_sales_header.csv": 25_000,
      "store_sales_line_items.csv": 112_656,
      "products.csv": 196,
      "stores.csv": 15,
      "promotion_details.csv": 30,
    });
  });

  it("has the published empty cells", () => {
    expect(emptyOf("customers")).toEqual({
      first_name: 142,
      email: 244,
      loyalty_status: 94,
      total_loyalty_points: 187,
      last_purchase_date: 140,
      segment_id: 256,
      customer_phone: 364,
      customer_since: 78,
    });
    expect(emptyOf("orders")).toEqual({
      customer_id: 1240,
      store_id: 471,
      transaction_date: 238,
      total_amount: 480,
      customer_phone: 5387,
    });
    expect(emptyOf("order_lines")).toEqual({
      transaction_id: 1151,
      product_id: 2262,
      promotion_id: 28_133,
      quantity: 2245,
      line_item_amount: 3864,
    });
    expect(emptyOf("products")).toEqual({
      product_name: 5,
      product_category: 3,
      unit_price: 3,
      current_stock_level: 8,
    });
    expect(emptyOf("stores")).toEqual({ store_name: 1 });
    expect(emptyOf("promotions")).toMatchObject({ applicable_category: 2 });
  });

  it("has the published sums and bounds", () => {
    expect(column("orders", "total_amount")).toMatchObject({ sum: "6146389.37", min: -498.05, max: 499.98 });
    expect(column("order_lines", "quantity")).toMatchObject({ sum: "307122" });
    expect(column("order_lines", "line_item_amount")).toMatchObject({ sum: "24037093.86", max: 16_142.23 });
    expect(column("products", "unit_price")).toMatchObject({ max: 2785 });
  });

  it("reads all three forms of its dates, and none of the rest wrong", async () => {
    const [lines] = await data.ask(
      `SELECT count(DISTINCT customer_id) AS customers, min(ordered_at) AS first, max(ordered_at) AS last FROM lines`,
    );
    // 4,102 customers have a header, three of them only headers without lines.
    expect(lines["customers"]).toBe(4099);
    const [days] = await data.ask("SELECT min(ordered_on) AS first, max(ordered_on) AS last FROM orders");
    expect(days).toEqual({ first: "2023-01-01", last: "2025-09-27" });
    const path = `${folder}/store_sales/store_sales_header.csv`;
    const [forms] =
      await data.ask(`SELECT count(*) FILTER (WHERE regexp_full_match(transaction_date, '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d')) AS iso,
        count(*) FILTER (WHERE regexp_full_match(transaction_date, '\\d\\d-\\d\\d-\\d{4} \\d\\d:\\d\\d')) AS day_first, count(*) FILTER (WHERE regexp_full_match(transaction_date, '\\d{4}/\\d\\d/\\d\\d')) AS slashes
      FROM read_csv('${path}', all_varchar = true)`);
    expect(forms).toEqual({ iso: 23_517, day_first: 725, slashes: 520 });
    // Read day first: every time fits the one that its own text says.
    const [wrong] =
      await data.ask(`SELECT count(*) AS n FROM read_csv('${path}', all_varchar = true) h JOIN lines l ON l.order_id = h.transaction_id
      WHERE regexp_full_match(h.transaction_date, '\\d\\d-\\d\\d-\\d{4} .*')
        AND strftime((l.ordered_at AT TIME ZONE 'UTC') AT TIME ZONE 'Asia/Kolkata', '%d-%m-%Y %H:%M') <> h.transaction_date`);
    expect(wrong).toEqual({ n: 0 });
  });

  it("reads the two forms of the day since which one is a customer, month first", async () => {
    const raw = await data.raw(
      "store-sales",
      "customers",
      "SELECT count(*) AS n, count(signup_date) AS dated FROM raw_table",
    );
    expect(raw).toEqual([{ n: 5000, dated: 4698 + 224 }]);
  });

  it("brings 18 spellings to 10 categories", async () => {
    const spellings = await data.raw("store-sales", "products", "SELECT count(DISTINCT category) AS n FROM raw_table");
    expect(column("products", "product_category")?.distinct).toBe(18);
    expect(spellings[0]["n"]).toBeGreaterThan(10);
    expect(
      await data.ask("SELECT count(DISTINCT category) AS n, count(DISTINCT product_type) AS types FROM products"),
    ).toEqual([{ n: 10, types: 10 }]);
    expect(await data.ask("SELECT count(*) FILTER (WHERE unit_price <= 0) AS n FROM products")).toEqual([{ n: 6 }]);
  });

  it("has the published loyalty tiers", async () => {
    expect(
      await data.ask(
        "SELECT loyalty_tier AS tier, count(*) AS n FROM customers WHERE loyalty_tier IS NOT NULL GROUP BY loyalty_tier ORDER BY n DESC",
      ),
    ).toEqual([
      { tier: "Bronze", n: 2384 },
      { tier: "Silver", n: 1556 },
      { tier: "Gold", n: 723 },
      { tier: "Platinum", n: 243 },
    ]);
  });

  it("loses no line without a word: the ledger and the notes account for all", () => {
    const { ledger, lines } = data.report;
    const removed = ledger
      .filter(({ table, action }) => table === "lines" && action !== "set")
      .reduce((sum, { rows_touched }) => sum + rows_touched, 0);
    expect(lines + removed).toBe(112_656);
    expect(data.provenance.notes).toContain("33 orders without lines: excluded");
    expect(ledger.find(({ rule }) => rule === "line_without_order")?.rows_touched).toBe(1151);
  });

  it("keeps the total that the header states beside the sum of the lines, which never agrees", async () => {
    const [row] = await data.ask(
      "SELECT count(*) AS n, count(*) FILTER (WHERE amount = stated_amount) AS equal FROM orders WHERE stated_amount IS NOT NULL",
    );
    expect(row["equal"]).toBe(0);
    expect(row["n"]).toBeGreaterThan(20_000);
  });
});
