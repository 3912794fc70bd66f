import { describe, expect, it } from "vitest";
import { defaultSettings, parseMapping, parseMappingFile, parseSettings } from "../../src/datasets/index.js";

const orders = {
  file: "x.csv",
  columns: { customer_id: "CustomerID", ordered_at: "InvoiceDate", quantity: "Quantity", unit_price: "UnitPrice" },
};

describe("parseMapping", () => {
  it("reads the nested form of the design", () => {
    const json = {
      orders: {
        ...orders,
        columns: { order_id: "InvoiceNo", product_id: "StockCode", ...orders.columns },
        timestamp_format: "%m/%d/%Y %H:%M",
        encoding: "utf-8",
        timezone: "Europe/London",
      },
    };
    expect(parseMapping(json)).toEqual(json);
  });

  it("reads the flat form, with the old names of columns and options beside them", () => {
    const json = {
      customer_id: "ClientNumber",
      order_id: "TxnID",
      order_datetime: "At",
      order_total: "Sum",
      decimal: ",",
    };
    expect(parseMapping(json, { file: "shop.csv" })).toEqual({
      orders: {
        file: "shop.csv",
        decimal: ",",
        columns: { customer_id: "ClientNumber", order_id: "TxnID", ordered_at: "At", order_total: "Sum" },
      },
    });
  });

  it("leaves its argument as it was", () => {
    const json = Object.freeze({ customer_id: "c", order_datetime: "t", order_total: "s" });
    expect(() => parseMapping(json)).not.toThrow();
  });

  const wrong: [title: string, json: unknown, message: RegExp][] = [
    ["no object", [], /it is not a JSON object/],
    [
      "an unknown table",
      { orders, costumers: { columns: {} } },
      /"costumers" is an unknown key; did you mean "customers"\?/,
    ],
    ["no orders", { products: { columns: { product_id: "p" } } }, /"orders" is missing; expected an object/],
    [
      "an unknown column",
      { orders: { ...orders, columns: { ...orders.columns, custmer: "c" } } },
      /"orders.columns" has an unknown key "custmer"; expected .*customer_id/,
    ],
    [
      "an unknown key",
      { orders: { ...orders, delimeter: ";" } },
      /unknown key "delimeter"; did you mean "delimiter"\?/,
    ],
    [
      "a misspelt key of the flat form",
      { custmer_id: "c", order_datetime: "t", order_total: "s" },
      /unknown key "custmer_id"; did you mean "customer_id"\?/,
    ],
    [
      "a column that is no text",
      { orders: { ...orders, columns: { ...orders.columns, store_id: 5 } } },
      /"orders.columns.store_id" is 5; expected a source column or \{"sql": …\}/,
    ],
    [
      "no customer",
      { orders: { file: "x", columns: { ordered_at: "t", amount: "a" } } },
      /"orders.columns" has no "customer_id"; expected a source column/,
    ],
    [
      "no amount",
      { orders: { file: "x", columns: { customer_id: "c", ordered_at: "t", quantity: "q" } } },
      /"orders" has no amount/,
    ],
    [
      "an encoding that is not read",
      { orders: { ...orders, encoding: "utf-61" } },
      /"orders.encoding" is "utf-61"; expected an encoding such as "utf-8"/,
    ],
    ["a zone that does not exist", { orders: { ...orders, timezone: "Europe/Lundon" } }, /expected an IANA time zone/],
    [
      "a join without columns",
      { orders: { ...orders, join: [{ file: "y.csv" }] } },
      /"orders.join\[0\]" has no "on"; expected a list of columns/,
    ],
    [
      "a name of JavaScript's own",
      { orders: { ...orders, columns: { ...orders.columns, constructor: "c" } } },
      /"orders.columns" has an unknown key "constructor"/,
    ],
  ];
  for (const [title, json, message] of wrong) {
    it(`refuses ${title}`, () => {
      expect(() => parseMapping(json)).toThrow(SyntaxError);
      expect(() => parseMapping(json)).toThrow(message);
    });
  }
});

describe("parseSettings", () => {
  it("fills up with the defaults, also inside strategy", () => {
    const settings = parseSettings({ currency: "USD", strategy: { margin: 0.5 } });
    expect(settings).toEqual({
      ...defaultSettings,
      currency: "USD",
      strategy: { ...defaultSettings.strategy, margin: 0.5 },
    });
    expect(parseSettings()).toEqual(defaultSettings);
    expect(parseSettings({ label_horizons: [90] }).label_horizons).toEqual([90]);
    const onReturns = { name: "x", table: "returns", where: "amount = 0", action: "drop", reason: "r" };
    expect(parseSettings({ cleaning: [onReturns] }).cleaning).toEqual([onReturns]);
  });

  const wrong: [title: string, json: unknown, message: RegExp][] = [
    ["an unknown key", { curency: "USD" }, /unknown key "curency"; did you mean "currency"\?/],
    ["a currency that is none", { currency: "Euro" }, /"settings.currency" is "Euro"; expected three letters/],
    ["a zone that does not exist", { timezone: "Mars" }, /"settings.timezone" is "Mars"/],
    ["a day that does not exist", { default_as_of: "2024-02-30" }, /"settings.default_as_of" is "2024-02-30"/],
    [
      "categories that would share a column",
      { categories: ["Home & Garden", "Toys", "Home Garden"] },
      /the categories "Home & Garden" and "Home Garden" would share the column name "home_garden"/,
    ],
    [
      "a category without Latin letters or digits",
      { categories: ["Toys", "家庭"] },
      /the category "家庭" gives no column/,
    ],
    ["a negative cost", { strategy: { contact_cost: -1 } }, /"settings.strategy.contact_cost" is -1/],
    [
      "a horizon of half a day",
      { strategy: { horizon_days: 0.5 } },
      /horizon_days" is 0.5; expected a whole number from 1 to 36500/,
    ],
    [
      "a horizon beyond the calendar",
      { strategy: { horizon_days: 1e308 } },
      /horizon_days" is 1e\+308; expected a whole number from 1 to 36500/,
    ],
    [
      "a horizon of labels beyond the calendar",
      { label_horizons: [30, 100_000_000_000] },
      /"settings.label_horizons\[1\]" is 100000000000; expected a whole number from 1 to 36500/,
    ],
    ["a margin above 1", { strategy: { margin: 30 } }, /margin" is 30; expected a share in \[0, 1\]/],
    [
      "a protected column that is none",
      { protected: ["gendr"] },
      /"settings.protected" has "gendr", which is no column of customers; did you mean "gender"\?/,
    ],
    ["a cost that is text", { strategy: { incentive: "10" } }, /incentive" is "10"; expected a number, at least 0/],
    ["one save rate", { strategy: { save_rate: 0.1 } }, /save_rate" is 0.1; expected low, mid and high/],
    [
      "two save rates",
      { strategy: { save_rate: { low: 0.1, mid: 0.2 } } },
      /save_rate" has no "high"; expected a share in \[0, 1\]/,
    ],
    ["falling save rates", { strategy: { save_rate: { low: 0.3, mid: 0.2, high: 0.4 } } }, /increasing shares/],
    ["label horizons that repeat", { label_horizons: [30, 30] }, /"settings.label_horizons" is \[30,30\]/],
    ["no label horizon", { label_horizons: [] }, /"settings.label_horizons"/],
    [
      "a rule on a table that is none",
      { cleaning: [{ name: "x", table: "customer", where: "true", action: "drop", reason: "r" }] },
      /"settings.cleaning\[0\].table" is "customer"; expected "lines", "returns", "customers"/,
    ],
    [
      "a rule that returns customers",
      { cleaning: [{ name: "x", table: "customers", where: "true", action: "return", reason: "r" }] },
      /only rows of "lines" can be returns/,
    ],
    [
      "a rule that sets a number",
      { cleaning: [{ name: "x", where: "true", action: "set", set: { amount: 1 }, reason: "r" }] },
      /"settings.cleaning\[0\].set.amount" is 1; expected SQL/,
    ],
    [
      "a rule without reason",
      { cleaning: [{ name: "x", where: "true", action: "drop" }] },
      /"settings.cleaning\[0\]" has no "reason"; expected text/,
    ],
    [
      "an action that is none",
      { cleaning: [{ name: "x", where: "true", action: "delete", reason: "r" }] },
      /"settings.cleaning\[0\].action" is "delete"; expected "drop", "return" or "set"/,
    ],
    [
      "two rules of one name",
      { cleaning: [1, 2].map(() => ({ name: "x", where: "true", action: "drop", reason: "r" })) },
      /two cleaning rules have the name "x"/,
    ],
  ];
  for (const [title, json, message] of wrong) {
    it(`refuses ${title}`, () => {
      expect(() => parseSettings(json)).toThrow(SyntaxError);
      expect(() => parseSettings(json)).toThrow(message);
    });
  }
});

describe("parseMappingFile", () => {
  it("takes settings, title and licence beside a mapping of either form", () => {
    const beside = { settings: { currency: "USD" }, title: "My shop", licence: "our own" };
    const flat = parseMappingFile(
      { customer_id: "c", order_datetime: "t", order_total: "s", ...beside },
      { file: "f.csv" },
    );
    expect(flat).toMatchObject({ title: "My shop", licence: "our own", settings: { currency: "USD" } });
    expect(flat.mapping.orders.file).toBe("f.csv");
    expect(parseMappingFile({ orders, ...beside }).settings.currency).toBe("USD");
    expect(parseMappingFile({ orders, ...beside }).assumed).toEqual(["timezone"]);
    expect(parseMappingFile({ orders }).assumed).toEqual(["currency", "timezone"]);
    expect(parseMappingFile({ orders, settings: { currency: "EUR", timezone: "UTC" } }).assumed).toEqual([]);
    expect(() => parseMappingFile({ orders, title: 7 })).toThrow(/"title" is 7; expected text/);
  });
});
