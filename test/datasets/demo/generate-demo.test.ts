import { describe, expect, test } from "vitest";
import { demoProductTypes } from "../../../src/datasets/demo/catalogue.js";
import { type DemoOptions, generateDemo, memorySink } from "../../../src/datasets/demo/index.js";
import { demoParameters } from "../../../src/datasets/demo/parameters.js";
import { demoSales } from "../../../src/datasets/demo/promotions.js";

/** The demo's files as records, and what it says was planted. */
function demo(options: DemoOptions) {
  const sink = memorySink();
  const truth = generateDemo(options, sink);
  const texts = Object.fromEntries(
    [...sink.files].map(([name, { header, rows }]) => [name, [header.join(","), ...rows]]),
  );
  const records = (name: string): Record<string, string>[] => {
    const { header, rows } = sink.files.get(name)!;
    return rows.map((row) => {
      const cells = row.startsWith('"') || !row.includes('"') ? row.split(",") : splitQuoted(row);
      return Object.fromEntries(header.map((column, i) => [column, cells[i]]));
    });
  };
  return { truth, texts, records };
}

function splitQuoted(row: string): string[] {
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) => {
    return quoted === undefined ? bare : quoted.replaceAll('""', '"');
  });
}

const standard = demo({ seed: 7 });
const lines = standard.records("transactions.csv");

describe("generateDemo", () => {
  test("refuses options out of range", () => {
    const make = (options: object) => () => generateDemo({ seed: 1, ...options }, memorySink());
    expect(make({ customers: 0 })).toThrow("Cannot make the demo: customers is 0");
    expect(make({ customers: 1.5 })).toThrow(RangeError);
    expect(make({ seed: Number.NaN })).toThrow("seed is NaN");
    expect(make({ days: 100 })).toThrow("days is 100");
    expect(make({ endOn: "2025-02-30" })).toThrow('Cannot use "2025-02-30" as a day');
    expect(make({ truthAt: "2026-01-01" })).toThrow('truthAt is "2026-01-01"');
  });

  test("gives the same files for the same options and others for another seed", () => {
    const once = demo({ seed: 1, customers: 200 });
    expect(demo({ seed: 1, customers: 200 })).toMatchObject({ truth: once.truth, texts: once.texts });
    expect(demo({ seed: 2, customers: 200 }).texts["transactions.csv"]).not.toEqual(once.texts["transactions.csv"]);
  });

  test("gives a customer the same history however many others there are", () => {
    const [few, many] = [demo({ seed: 7, customers: 100 }), demo({ seed: 7, customers: 300 })];
    for (const file of ["customers.csv", "transactions.csv", "contacts.csv", "truth.csv"]) {
      expect(many.texts[file].slice(0, few.texts[file].length)).toEqual(few.texts[file]);
    }
  });

  test("the default demo has its size, its dates, and a base that is neither trivial nor dead", () => {
    expect(standard.truth.counts.customers).toBe(5000);
    expect(lines.length).toBe(standard.truth.counts.transactionRows);
    expect(lines.length).toBeGreaterThan(60_000);
    expect(lines.length).toBeLessThan(130_000);
    expect(standard.truth.counts.reactivatedCustomers).toBeGreaterThan(300);
    const days = lines
      .map(({ ordered_at }) => ordered_at)
      .filter((at) => at[4] === "-")
      .sort();
    expect(days[0].slice(0, 10)).toBe("2023-01-01");
    expect(days.at(-1)?.slice(0, 10)).toBe("2025-12-31");
    const cut = "2025-10-02";
    const ours = lines.filter(
      ({ customer_id, ordered_at, order_id }) => customer_id && ordered_at[4] === "-" && order_id[0] !== "C",
    );
    const before = new Set(ours.filter(({ ordered_at }) => ordered_at.slice(0, 10) <= cut).map((l) => l.customer_id));
    const after = new Set(ours.filter(({ ordered_at }) => ordered_at.slice(0, 10) > cut).map((l) => l.customer_id));
    const active = [...before].filter((id) => after.has(id)).length / before.size;
    expect(active).toBeGreaterThan(0.27);
    expect(active).toBeLessThan(0.6);
  });

  test("has 24 product types in 6 categories and a few hundred products", () => {
    const products = standard.records("products.csv");
    expect(new Set(products.map(({ product_type }) => product_type)).size).toBe(24);
    expect(new Set(products.map(({ category }) => category.trim().toLowerCase())).size).toBe(6);
    expect(products.length).toBe(432);
    expect(new Set(products.map(({ product_id }) => product_id)).size).toBe(432);
    for (const { unit_price } of products) expect(Number(unit_price)).toBeGreaterThan(0);
    const typesOfCategory = new Map(demoProductTypes.map(({ name, category }) => [name, category]));
    for (const { product_type, category } of products) {
      expect(category.trim().toLowerCase()).toBe(typesOfCategory.get(product_type));
    }
    expect(standard.records("stores.csv").length).toBe(15);
  });

  test("refers only to what is in its other files", () => {
    const ids = (file: string, column: string) => new Set(standard.records(file).map((record) => record[column]));
    const products = ids("products.csv", "product_id");
    const stores = ids("stores.csv", "store_id");
    const promotions = ids("promotions.csv", "promotion_id");
    const customers = ids("customers.csv", "customer_id");
    const orders = new Set(lines.map(({ order_id }) => order_id));
    const strangers = lines.filter(
      (line) =>
        !(products.has(line.product_id) || ["POSTAGE", "MANUAL"].includes(line.product_id)) ||
        (line.channel === "store") !== stores.has(line.store_id) ||
        (line.promotion_id !== "" && !promotions.has(line.promotion_id)) ||
        (line.customer_id !== "" && !customers.has(line.customer_id)) ||
        (line.order_id.startsWith("C") && !orders.has(line.order_id.slice(1))),
    );
    expect(strangers).toEqual([]);
    const contacts = standard.records("contacts.csv");
    expect(new Set(contacts.map(({ contact_id }) => contact_id)).size).toBe(contacts.length);
    expect(
      contacts.filter(
        ({ promotion_id, customer_id, order_id }) =>
          !promotions.has(promotion_id) || !customers.has(customer_id) || (order_id !== "" && !orders.has(order_id)),
      ),
    ).toEqual([]);
  });

  test("counts its dirt exactly", () => {
    const rows = standard.texts["transactions.csv"].slice(1);
    const count = (isDirt: (line: Record<string, string>) => boolean) => lines.filter(isDirt).length;
    const counted = {
      duplicateLines: rows.length - new Set(rows).size,
      ordersWithoutCustomer: new Set(lines.filter((l) => l.customer_id === "").map((l) => l.order_id)).size,
      linesWithoutCustomer: count(({ customer_id }) => customer_id === ""),
      linesWithDottedDate: count(({ ordered_at }) => /^\d\d\.\d\d\.\d{4} \d\d:\d\d$/.test(ordered_at)),
      linesWithSlashedDate: count(({ ordered_at }) => /^\d{4}\/\d\d\/\d\d \d\d:\d\d$/.test(ordered_at)),
      zeroPriceLines: count(({ unit_price }) => Number(unit_price) === 0),
      postageLines: count(({ product_id }) => product_id === "POSTAGE"),
      manualLines: count(({ product_id }) => product_id === "MANUAL"),
      misspeltCategories: standard
        .records("products.csv")
        .filter(({ category }) => category !== category.trim().toLowerCase()).length,
    };
    expect(standard.truth.dirt).toEqual(counted);
    for (const [name, n] of Object.entries(counted)) expect(n, name).toBeGreaterThan(0);
    const returns = new Set(lines.filter((line) => line.order_id.startsWith("C")).map((line) => line.order_id));
    expect(returns.size).toBe(standard.truth.counts.returns);
    expect(count(({ order_id, quantity }) => order_id.startsWith("C") !== Number(quantity) < 0)).toBe(0);
    const share = counted.duplicateLines / (lines.length - counted.duplicateLines);
    expect(Math.abs(share / demoParameters.dirt.duplicateLine - 1)).toBeLessThan(0.15);
  });

  test("a clean demo has the same orders without the dirt", () => {
    const clean = demo({ seed: 7, customers: 300, dirt: false });
    const dirty = demo({ seed: 7, customers: 300 });
    expect(clean.truth.dirt).toBeNull();
    expect(clean.truth.counts.orderLines).toBe(dirty.truth.counts.orderLines);
    expect(clean.truth.counts.transactionRows).toBe(clean.truth.counts.orderLines + clean.truth.counts.returnLines);
    expect(clean.records("transactions.csv").every((line) => line.customer_id && line.ordered_at[4] === "-")).toBe(
      true,
    );
  });

  test("personal details are missing with the stated shares", () => {
    const people = standard.records("customers.csv");
    const shares = {
      ...demoParameters.people.missing,
      consent_marketing: demoParameters.people.consentMarketing.unknown,
    };
    for (const [column, share] of Object.entries(shares)) {
      const missing = people.filter((person) => person[column] === "").length;
      const deviation = Math.sqrt(people.length * share * (1 - share));
      expect(Math.abs(missing - people.length * share), column).toBeLessThan(4 * deviation);
    }
    expect(people.every(({ customer_id, signup_date, region }) => customer_id && signup_date && region)).toBe(true);
  });

  test("a customer's taste lasts: the shares of the first half of the lines predict those of the second", () => {
    const products = standard.records("products.csv");
    const categoryOf = new Map(products.map((p) => [p.product_id, p.category.trim().toLowerCase()]));
    const histories = new Map<string, string[]>();
    for (const { customer_id, product_id, order_id } of lines) {
      const category = categoryOf.get(product_id);
      if (!customer_id || !category || order_id.startsWith("C")) continue;
      const history = histories.get(customer_id) ?? [];
      histories.set(customer_id, history);
      history.push(category);
    }
    const enough = [...histories.values()].filter(({ length }) => length >= 20);
    expect(enough.length).toBeGreaterThan(800);
    const share = (categories: readonly string[], category: string) =>
      categories.filter((c) => c === category).length / categories.length;
    for (const category of ["electronics", "grocery", "sports"]) {
      const x = enough.map((history) => share(history.slice(0, history.length / 2), category));
      const y = enough.map((history) => share(history.slice(history.length / 2), category));
      expect(correlation(x, y)).toBeGreaterThan(0.6);
      expect(Math.abs(correlation(x, [...y.slice(1), y[0]]))).toBeLessThan(0.15);
    }
  });

  test("sales never overlap, and a sale's discount is on its lines", () => {
    const promotions = standard.records("promotions.csv").filter(({ promotion_id }) => promotion_id.startsWith("SALE"));
    expect(promotions.length).toBe(3 * demoSales.length);
    for (const [i, { starts_on }] of promotions.entries()) {
      if (i > 0) expect(starts_on > promotions[i - 1].ends_on).toBe(true);
    }
    const discounted = lines.filter(({ promotion_id }) => promotion_id !== "");
    const rates = new Map(standard.records("promotions.csv").map((p) => [p.promotion_id, Number(p.discount_rate)]));
    const wrong = discounted.filter(({ promotion_id, discount, quantity, unit_price }) => {
      const expected = Number(quantity) * Number(unit_price) * rates.get(promotion_id)!;
      return Math.abs(Number(discount) - expected) > 0.01 * Number(quantity);
    });
    expect(discounted.length / lines.length).toBeGreaterThan(0.1);
    expect(wrong).toEqual([]);
  });
});

function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [a, b] = [mean(x), mean(y)];
  const product = (f: (i: number) => number) => x.reduce((sum, _, i) => sum + f(i), 0);
  return (
    product((i) => (x[i] - a) * (y[i] - b)) /
    Math.sqrt(product((i) => (x[i] - a) ** 2) * product((i) => (y[i] - b) ** 2))
  );
}
