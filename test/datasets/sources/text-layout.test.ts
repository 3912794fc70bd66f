import { gzipSync } from "node:zlib";
import iconv from "iconv-lite";
import { describe, expect, it, test } from "vitest";
import { textLayout } from "../../../src/datasets/sources/text-layout.js";
import { makeZip } from "../make-zip.js";
import { useBench } from "../support.js";

const bench = useBench();
const columns = { customer_id: "customer", order_id: "order", ordered_at: "date", order_total: "total" };
const lines = "customer;order;date;total\nA;1;2025-01-01;10\nB;2;2025-01-02;11\n";

/** Imports a file and returns its orders and the notes on its form. */
async function imported(name: string, content: string | Uint8Array, options: object = {}) {
  const { notes, sources } = await bench.add({
    from: bench.write(name, content),
    mapping: { ...columns, ...options },
  });
  const orders = await bench.raw(
    "shop",
    "lines",
    "SELECT customer_id AS c, amount AS a FROM raw_table ORDER BY source_row",
  );
  return {
    orders: orders.map(({ c, a }) => `${c} ${a}`),
    notes: notes.filter((note) => note.startsWith('"')),
    sources,
  };
}

const both = ["A 10", "B 11"];

describe("lines before the header", () => {
  test.each([
    ["a title", `Estrazione del 2025-01-06\n${lines}`, 1],
    ["titles with delimiters", `Sales Report;;;\nPeriod: 01/07/2026 - 02/07/2026;;;\n;;;\n${lines}`, 3],
    ["blank lines", `\n\n${lines}`, 2],
    ["Excel's sep line", `sep=;\n${lines}`, 1],
  ])("%s are skipped, and said", async (_, text, count) => {
    const { orders, notes } = await imported("shop.csv", text);
    expect(orders).toEqual(both);
    expect(notes).toEqual([`"shop.csv": ${count} ${count === 1 ? "line" : "lines"} before the header skipped`]);
  });

  it("are as many as the mapping says", async () => {
    const text = `customer;order;date;total\nolder;0;2024-01-01;1\n${lines}`;
    expect((await imported("shop.csv", text, { skip: 2 })).orders).toEqual(both);
    await expect(imported("shop.csv", "no table\nat all, here\n", {})).rejects.toThrow(
      /set "delimiter", and "skip" if/,
    );
  });

  it("count in the lines that errors name", async () => {
    await expect(imported("shop.csv", `Title\n${lines}C;3\n`)).rejects.toThrow(/line 5: it has 2 fields, expected 4/);
  });
});

describe("the header", () => {
  it("may have a number, if it has the columns of the mapping, or the mapping says so", async () => {
    const text = "customer,order,date,total,2019\nA,1,2025-01-01,10,3\nB,2,2025-01-02,11,4\n";
    expect((await imported("shop.csv", text)).orders).toEqual(both);
    expect(textLayout(text, { header: true })).toMatchObject({ header: true });
    expect(textLayout(text, {})).toMatchObject({ header: false });
  });

  it("is not the first row where the mapping names the columns, whatever that row looks like", async () => {
    const rows = "A,first,2025-01-01T10:00:00Z,USD10\nB,second,2025-01-02T10:00:00Z,USD11\n";
    const settings = { currency: "USD" };
    const header = ["customer", "order", "date", "total"];
    expect((await imported("shop.csv", rows, { header, settings })).orders).toEqual(both);
    expect((await imported("shop.csv", `${header.join(",")}\n${rows}`, { header, settings })).orders).toEqual(both);
  });

  it("may have a cell of several lines", async () => {
    const text = `"customer",order,date,total,"a\nnote"\nA,1,2025-01-01,10,x\nB,2,2025-01-02,11,y\n`;
    expect(await imported("shop.csv", text)).toMatchObject({ orders: both, notes: [] });
    const first = `"Order\nID",customer,date,total\n1,A,2025-01-01,10\n2,B,2025-01-02,11\n`;
    expect(await imported("shop.csv", first, { order_id: "Order\nID" })).toMatchObject({ orders: both, notes: [] });
  });
});

describe("encodings", () => {
  it("other than the one given are refused with the one that fits", async () => {
    await expect(imported("shop.csv", iconv.encode(lines, "utf-16le"), { encoding: "utf-8" })).rejects.toThrow(
      /it is UTF-16; set "encoding" to "utf-16le"/,
    );
  });

  const text = "Kunde;order;date;total\nMüller – Café;1;2025-01-01;10\nŁ;2;2025-01-02;11\n";
  const named = { customer_id: "Kunde" };

  test.each(["utf-16le", "utf-16be"])("%s with and without a mark", async (encoding) => {
    for (const addBOM of [true, false]) {
      const { orders, notes } = await imported("shop.csv", iconv.encode(text, encoding, { addBOM }), named);
      expect(orders).toEqual(["Müller – Café 10", "Ł 11"]);
      expect(notes).toEqual([`"shop.csv" is read as ${encoding}`]);
    }
  });

  it("of one byte a character are found out and said, or given", async () => {
    const german = text.replace("Ł", "Straße");
    const bytes = iconv.encode(german, "windows-1252");
    expect(await imported("shop.csv", bytes, named)).toMatchObject({
      orders: ["Müller – Café 10", "Straße 11"],
      notes: ['"shop.csv" is read as windows-1252'],
    });
    const packed = await imported("shop.csv.gz", gzipSync(bytes), { ...named, encoding: "windows-1252" });
    expect(packed).toMatchObject({ orders: ["Müller – Café 10", "Straße 11"], notes: [] });
  });
});

test("a quote within quotes may have another escape", async () => {
  const text = 'customer,order,date,total\n"A \\"x\\", y",1,2025-01-01,10\n';
  expect((await imported("shop.csv", text, { escape: "\\" })).orders).toEqual(['A "x", y 10']);
});

test("a zip archive with one file is opened, one with several is refused with their names", async () => {
  const one = await imported("shop.zip", makeZip({ "export/orders.csv": Buffer.from(lines) }));
  expect(one).toMatchObject({ orders: both, sources: [{ file: "shop.zip" }] });
  const two = { "a.csv": Buffer.from(lines), "b.csv": Buffer.from(lines) };
  await expect(imported("shop.zip", makeZip(two))).rejects.toThrow(
    /the zip archive holds 2 files \("a.csv", "b.csv"\); unpack it/,
  );
});
