import { describe, expect, it, test } from "vitest";
import { type Bench, useBench } from "../support.js";

const bench = useBench();
const columns = { customer_id: "customer", order_id: "order", ordered_at: "at", order_total: "total" };

/** Imports orders with these texts of the total, and returns the numbers that were read. */
async function totalsOf(totals: readonly string[], options: object = {}, add: Parameters<Bench["add"]>[0] = {}) {
  const rows = totals.map((total, i) => `c${i};o${i};2023-01-05;"${total}"`);
  const from = bench.write("orders.csv", `customer;order;at;total\n${rows.join("\n")}\n`);
  const { notes } = await bench.add({ from, mapping: { ...columns, ...options }, ...add });
  const read = await bench.raw(
    "shop",
    "lines",
    "SELECT CAST(amount AS DOUBLE) AS a FROM raw_table ORDER BY source_row",
  );
  return { notes: notes.filter((note) => note.startsWith("orders.order_total")), read: read.map((row) => row["a"]) };
}

describe("amounts", () => {
  test.each<[string, readonly string[], readonly number[], string]>([
    ["thousands commas", ["950.00", "1,950.00", "12,000.00"], [950, 1950, 12000], "1,234.56"],
    ["continental", ["950,00", "1.950,00", "12.000,00"], [950, 1950, 12000], "1.234,56"],
    ["continental with blanks", ["950,5", "1 950,00", "12 000"], [950.5, 1950, 12000], "1.234,56"],
    ["Swiss", ["950.00", "1'950.00", "12’000.00"], [950, 1950, 12000], "1,234.56"],
    ["Indian", ["950.00", "1,00,000.00"], [950, 100000], "1,234.56"],
    ["dollars", ["$45.00", "-$1,000.00", "($45.00)", "$0.50"], [45, -1000, -45, 0.5], '1,234.56, in "$"'],
    [
      "euros after the number",
      ["45,00 €", "1.000,00 €", "45,00- €", "−3,00 €"],
      [45, 1000, -45, -3],
      '1.234,56, in "€"',
    ],
    ["dashes for cents", ["199,- €", "5,50 €", "-7,– €"], [199, 5.5, -7], '1.234,56, in "€"'],
    ["codes", ["USD 45.00", "USD 1,000"], [45, 1000], '1,234.56, in "USD"'],
    ["a trailing minus", ["45.00", "45.00-"], [45, -45], "1,234.56"],
    ["brackets", ["45.00", "(45.00)"], [45, -45], "1,234.56"],
    ["plain", ["45.00", "-3", "1e2", ".5"], [45, -3, 100, 0.5], ""],
  ])("with %s are read and said", async (_, texts, values, form) => {
    const currency = /USD|\$/.test(form) ? "USD" : "EUR";
    const { read, notes } = await totalsOf(texts, { settings: { currency } });
    expect(read).toEqual(values);
    expect(notes).toEqual(form ? [`orders.order_total is read as ${form}`] : []);
  });

  it("are refused where both notations fit, until one is given", async () => {
    const doubtful = ["1.234", "12.500", "900"];
    await expect(totalsOf(doubtful)).rejects.toThrow(
      '"order_total" has numbers such as "1.234", which can be read as 1.234 or as 1234; set "decimal" to "." or ","',
    );
    await expect(totalsOf(["1,234", "900"])).rejects.toThrow(/"1,234", which can be read as 1234 or as 1.234;/);
    expect((await totalsOf(doubtful, { decimal: "." })).read).toEqual([1.234, 12.5, 900]);
    expect((await totalsOf(doubtful, { decimal: "," })).read).toEqual([1234, 12500, 900]);
    expect((await totalsOf(["1,234", "900"], { decimal: "." })).read).toEqual([1234, 900]);
  });

  it("are not in doubt for words with a mark among them", async () => {
    const { read } = await totalsOf(["5", "n. a.", "7"], {}, { onError: "drop" });
    expect(read).toEqual([5, 7]);
    await expect(totalsOf(["$1.234", "n. a."])).rejects.toThrow(/"\$1\.234", which can be read as/);
  });

  it("in several currencies are refused, naming one of each", async () => {
    await expect(totalsOf(["$45.00", "€30.00", "$1.00"])).rejects.toThrow(
      /several currencies, "\$" \("\$1\.00"\) and "€" \("€30\.00"\); convert them to one with "sql"/,
    );
  });

  it("in another currency than the dataset has are refused", async () => {
    await expect(totalsOf(["$45.00"])).rejects.toThrow(
      '"order_total" holds amounts in "$", but the currency of the dataset is EUR; set "currency" in "settings"',
    );
  });

  it("that are shares, or counts with a unit, are no amounts", async () => {
    await expect(totalsOf(["10%", "20%"])).rejects.toThrow(/row 1: order_total is ".*", expected an amount/);
    const text = "customer,order,at,n,price\na,1,2023-01-05,5 DOZ,2.00\n";
    const mapping = { ...columns, order_total: undefined, quantity: "n", unit_price: "price" };
    await expect(bench.add({ from: bench.write("orders.csv", text), mapping })).rejects.toThrow(
      /quantity is ".*", expected a number/,
    );
  });

  it("of a Parquet file are its numbers, whatever the decimal mark of its texts", async () => {
    const from = bench.write("orders.parquet", "");
    await bench.engine.run(`COPY (SELECT 'a' AS customer, 1 AS "order", TIMESTAMP '2024-01-01' AS at, 1.659::DOUBLE AS total, '1.234,50' AS written)
      TO '${from}' (FORMAT parquet)`);
    const amounts = () => bench.raw("shop", "lines", "SELECT CAST(amount AS DOUBLE) AS a FROM raw_table");
    for (const options of [{}, { decimal: "," }, { decimal: "." }]) {
      await bench.add({ from, mapping: { ...columns, ...options } });
      expect(await amounts()).toEqual([{ a: 1.659 }]);
    }
    await bench.add({ from, mapping: { ...columns, order_total: "written" } });
    expect(await amounts()).toEqual([{ a: 1234.5 }]);
  });

  it("of neither notation are unreadable", async () => {
    await expect(totalsOf(["1,950.00", "12.00", "1.950,00"])).rejects.toThrow(
      /row 3: order_total is ".*", expected an amount/,
    );
  });
});

test("what stands for a missing value is missing in every column", async () => {
  const words = ["NULL", "None", "\\N", "N/A", "#N/A", "<NA>", "nan", "NaN", "undefined", "-", "null", "", " - "];
  const rows = [...words, "Nancy", "none of it", "?"].map((word, i) => `${word},o${i},2023-01-05,1,${word}`);
  const from = bench.write("orders.csv", `customer,order,at,total,land\n${rows.join("\n")}\n`);
  const mapping = { ...columns, country: "land" };
  const missing = "SELECT count(*) - count(customer_id) AS ids, count(*) - count(country) AS lands FROM raw_table";
  await bench.add({ from, mapping });
  expect((await bench.raw("shop", "lines", missing)).map((row) => [Number(row["ids"]), Number(row["lands"])])).toEqual([
    [13, 13],
  ]);
  await bench.add({ from, mapping: { ...mapping, missing: ["?"] } });
  expect((await bench.raw("shop", "lines", missing)).map((row) => Number(row["ids"]))).toEqual([14]);
});

describe("ids", () => {
  const lines = (ids: readonly string[]) =>
    bench.write(
      "orders.csv",
      `customer,order,at,total\n${ids.map((id, i) => `${id},o${i},2023-01-05,1`).join("\n")}\n`,
    );
  const read = async () =>
    (await bench.raw("shop", "lines", "SELECT customer_id AS id FROM raw_table ORDER BY source_row")).map(
      (r) => r["id"],
    );

  it("that a spreadsheet has rounded are refused", async () => {
    for (const id of ["5.48333E+12", "5E+12", "5.48E12", "5,48E+12"]) {
      await expect(bench.add({ from: lines([`"${id}"`]), mapping: columns })).rejects.toThrow(
        /row 1: customer_id is ".*", expected an id, not a negative number or one that a spreadsheet has rounded/,
      );
    }
  });

  it("that are mail addresses ignore case and blanks, others do not", async () => {
    await bench.add({
      from: lines([
        "Ann@x.org",
        "ann@x.org ",
        "AB-1",
        "ab-1",
        "12E4",
        "4.0128e+10",
        "A@1",
        "a@1",
        "13085.00",
        "12E+45-x",
      ]),
      mapping: columns,
    });
    expect(await read()).toEqual([
      ...["ann@x.org", "ann@x.org", "AB-1", "ab-1", "12E4", "40128000000", "A@1", "a@1", "13085", "12E+45-x"],
    ]);
  });
});

test("yes and no are read in several languages", async () => {
  const words = ["ja", "nein", "Oui", "non", "sí", "SI", "sim", "não", "Y", "N", "0", "1"];
  bench.write("shop/orders.csv", "customer,order,at,total\nc0,o1,2023-01-05,1\n");
  bench.write("shop/customers.csv", `customer,ok\n${words.map((word, i) => `c${i},${word}`).join("\n")}\n`);
  const from = bench.write("shop/readme.txt", "").replace("/readme.txt", "");
  await bench.add({
    from,
    mapping: {
      orders: { file: "orders.csv", columns },
      customers: { file: "customers.csv", columns: { customer_id: "customer", consent_marketing: "ok" } },
    },
  });
  const flags = await bench.raw(
    "shop",
    "customers",
    "SELECT consent_marketing AS f FROM raw_table ORDER BY source_row",
  );
  expect(flags.map((row) => row["f"])).toEqual([
    true,
    false,
    true,
    false,
    true,
    true,
    true,
    false,
    true,
    false,
    false,
    true,
  ]);
});
