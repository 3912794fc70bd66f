// Numbers: README of the shared datasets, section 5.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { describeOnRealData } from "../support.js";
import { useRealDataset } from "./real-dataset.js";

const mappingPath = resolve(import.meta.dirname, "../../../docs/examples/complete-journey.mapping.json");

describeOnRealData("Complete Journey through its mapping file", (folder) => {
  const from = join(folder, "complete_journey_sample");
  const data = useRealDataset(folder, { name: "complete-journey", from, mappingPath });
  const csv = (name: string) =>
    readFileSync(join(from, name), "utf8")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));

  it("has the published households, baskets, products, stores and sums", async () => {
    const [facts] =
      await data.ask(`SELECT count(*) AS n, count(DISTINCT customer_id) AS households, count(DISTINCT order_id) AS baskets, count(DISTINCT product_id) AS products,
      count(DISTINCT store_id) AS stores, sum(quantity) AS quantity, CAST(sum(amount) AS VARCHAR) AS sales, sum(discount) AS discount,
      count(*) FILTER (WHERE quantity = 0) AS no_pieces, count(*) FILTER (WHERE amount = 0) AS no_money FROM lines`);
    expect(facts).toEqual({
      n: 75_000,
      households: 2377,
      baskets: 47_243,
      products: 20_902,
      stores: 293,
      quantity: 7_784_694,
      sales: "233935.2400",
      discount: expect.closeTo(40_180.91 + 1356.71 + 242.1, 6),
      no_pieces: 416,
      // 528 published, and one of 4.440892e-16.
      no_money: 529,
    });
    expect(data.report).toMatchObject({ lines: 75_000, orders: 47_243, customers: 2377, revenue: 233_935.24 });
  });

  it("reads its times as New York's", async () => {
    const local = "(ordered_at AT TIME ZONE 'UTC') AT TIME ZONE 'America/New_York'";
    const [times] = await data.ask(
      `SELECT min(ordered_at) AS first, strftime(min(${local}), '%Y-%m-%d %H:%M:%S') AS first_local, strftime(max(${local}), '%Y-%m-%d %H:%M:%S') AS last_local FROM lines`,
    );
    expect(times).toEqual({
      first: "2017-01-01T12:30:27Z",
      first_local: "2017-01-01 07:30:27",
      last_local: "2017-12-31 22:47:38",
    });
    expect(data.report).toMatchObject({ first_order: "2017-01-01", last_order: "2017-12-31" });
  });

  it("finds products for all but 222 lines, with the published sales by department", async () => {
    const departments =
      await data.ask(`SELECT p.category, count(*) AS n, CAST(CAST(sum(l.amount) AS DECIMAL(18, 2)) AS VARCHAR) AS sales FROM order_lines l
      LEFT JOIN products p ON p.product_id = l.product_id GROUP BY p.category ORDER BY sum(l.amount) DESC`);
    expect(departments.find(({ category }) => category === null)?.["n"]).toBe(222);
    expect(departments.slice(0, 7)).toEqual([
      { category: "grocery", n: 47_411, sales: "118661.98" },
      { category: "drug gm", n: 7942, sales: "29563.43" },
      { category: "produce", n: 7612, sales: "16686.42" },
      { category: "fuel", n: 674, sales: "16528.99" },
      { category: "meat", n: 2533, sales: "15377.77" },
      { category: "meat-pckgd", n: 3214, sales: "11889.29" },
      { category: "deli", n: 1852, sales: "7838.27" },
    ]);
    const [products] = await data.ask(
      "SELECT count(*) AS n, count(DISTINCT category) AS departments, count(DISTINCT product_type) AS types, count(DISTINCT product_name) AS names, count(*) FILTER (WHERE brand = 'National') AS national FROM products",
    );
    expect(products).toEqual({ n: 92_331, departments: 32, types: 303, names: 2378, national: 78_516 });
  });

  it("has 801 households with demographics, their ages apart", async () => {
    const [customers] = await data.ask(
      "SELECT count(*) AS n, count(household_size) AS sized, count(household_income) AS with_income, min(household_income) AS least, max(household_income) AS most, max(household_size) AS largest FROM customers",
    );
    expect(customers).toEqual({ n: 801, sized: 801, with_income: 801, least: 7500, most: 250_000, largest: 5 });
    const incomes = csv("demographics.csv").filter(([, , income]) => income === "50-74K").length;
    expect(await data.ask("SELECT count(*) AS n FROM customers WHERE household_income = 62500")).toEqual([
      { n: incomes },
    ]);
    expect(
      await data.ask(
        "SELECT count(*) AS n FROM order_lines l JOIN orders o ON o.order_id = l.order_id JOIN customers c ON c.customer_id = o.customer_id",
      ),
    ).toEqual([{ n: 42_199 }]);
    expect(data.report.tables.find(({ name }) => name === "customers")?.columns).not.toContain("birth_year");
    expect(data.report.tables.find(({ name }) => name === "protected")).toEqual({
      name: "protected",
      rows: 801,
      columns: ["customer_id", "birth_year"],
    });
  });

  it("has 27 campaigns and 6,589 contacts, each with its household's first redemption", async () => {
    expect(await data.ask("SELECT name, count(*) AS n FROM promotions GROUP BY name ORDER BY name")).toEqual([
      { name: "Type A", n: 4 },
      { name: "Type B", n: 17 },
      { name: "Type C", n: 6 },
    ]);
    const redemptions = csv("coupon_redemptions.csv");
    expect(redemptions).toHaveLength(2102);
    const firsts = new Map<string, string>();
    for (const [household, , campaign, day] of redemptions) {
      const key = `${campaign}-${household}`;
      if (day < (firsts.get(key) ?? "9999")) firsts.set(key, day);
    }
    const campaigns = csv("campaigns.csv");
    expect(campaigns).toHaveLength(6589);
    const starts = new Map(csv("campaign_descriptions.csv").map(([campaign, , start]) => [campaign, start]));
    const expected = campaigns.map(([campaign, household]) => {
      const contact_id = `${campaign}-${household}`;
      return {
        contact_id,
        customer_id: household,
        sent_on: starts.get(campaign),
        redeemed_on: firsts.get(contact_id) ?? null,
      };
    });
    const byId = (a: { contact_id?: unknown }, b: { contact_id?: unknown }) =>
      String(a.contact_id) < String(b.contact_id) ? -1 : 1;
    const found = await data.ask("SELECT contact_id, customer_id, sent_on, redeemed_on FROM contacts");
    expect([...found].sort(byId)).toEqual(expected.sort(byId));
    expect(found.filter(({ redeemed_on }) => redeemed_on !== null).length).toBe(792);
  });
});
