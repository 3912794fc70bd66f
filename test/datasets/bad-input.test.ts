import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { utils, write } from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import { readProvenance } from "../../src/datasets/index.js";
import { makeZip } from "./make-zip.js";
import { filesOf, useBench } from "./support.js";

const good = "k,o,t,q,p\na,1,2024-01-01,1,2.50\nb,2,2024-01-02,3,1.00\n";
const mapping = { customer_id: "k", order_id: "o", order_datetime: "t", quantity: "q", unit_price: "p" };
const workbook = (sheets: Record<string, unknown[][]>) => {
  const book = utils.book_new();
  for (const [name, cells] of Object.entries(sheets)) utils.book_append_sheet(book, utils.aoa_to_sheet(cells), name);
  return write(book, { type: "buffer", bookType: "xlsx" }) as Buffer;
};

/** A zip archive whose directory lists one file of zeros many times, each as a single byte. */
function zipBomb(times: number, bytes: number): Buffer {
  const zip = makeZip({ "xl/workbook.xml": new Uint8Array(bytes) });
  const end = zip.length - 22;
  const start = zip.readUInt32LE(end + 16);
  const entry = Buffer.from(zip.subarray(start, end));
  entry.writeUInt32LE(1, 24);
  const tail = Buffer.from(zip.subarray(end));
  tail.writeUInt16LE(times, 8);
  tail.writeUInt16LE(times, 10);
  tail.writeUInt32LE(entry.length * times, 12);
  return Buffer.concat([zip.subarray(0, start), ...Array<Buffer>(times).fill(entry), tail]);
}

describe("a file that cannot be read", () => {
  const bench = useBench();
  const text = (csv: string) => Buffer.from(csv);
  const cases: [title: string, name: string, content: Uint8Array, message: RegExp, other?: object][] = [
    [
      "lacks a mapped column",
      "x.csv",
      text("k,o,t,qty,p\na,1,2024-01-01,1,2\n"),
      /^Cannot import "orders" from "x.csv": it has no column "q"; did you mean "k"\?|it has no column "q".* it has "k", "o", "t", "qty", "p"$/,
    ],
    [
      "has a zero byte far down",
      "x.csv",
      text(`${good}${"c,3,2024-01-03,1,1\n".repeat(60_000)}d\0,4,2024-01-04,1,1\n`),
      /x\.csv": line 60004 has a zero byte; remove it from the file$/,
    ],
    [
      "has a last line of 4 MB",
      "x.csv",
      text(`${good}c,3,2024-01-03,1,1,${"x".repeat(4 << 20)}`),
      /x\.csv": line 4 has more than 1 MiB of text; remove it from the file, or raise "line_bytes" of "limits" in the mapping$/,
    ],
    [
      "unpacks to one long line",
      "x.csv.gz",
      gzipSync(text(`${good}${" ".repeat(64 << 20)}`)),
      /x\.csv\.gz": line 4 has more than 1 MiB of text; remove it from the file, or raise "line_bytes" of "limits" in the mapping$/,
    ],
    [
      "has a header of 8 MB",
      "x.csv",
      text(`k,${"x".repeat(8 << 20)}\na,1\n`),
      /x\.csv": line 1 has more than 1 MiB of text; remove it from the file, or raise "line_bytes" of "limits" in the mapping$/,
    ],
    [
      "has 10,000 columns",
      "x.csv",
      text(`${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(",")}\n${",".repeat(9999)}\n`),
      /x\.csv": it has 10,000 columns; expected at most 2,000, so remove those that the mapping does not need, or raise "columns" of "limits" in the mapping$/,
    ],
    [
      "has 50,000 columns of one name",
      "x.csv",
      text(`${Array(50_000).fill("name").join(",")}\n${",".repeat(49_999)}\n`),
      /x\.csv": it has 50,000 columns; expected at most 2,000/,
    ],
    [
      "has a workbook of 3,000 columns",
      "x.xlsx",
      workbook({ Orders: [Array.from({ length: 3000 }, (_, i) => `c${i}`), ["a"]] }),
      /x\.xlsx": it has 3,000 columns; expected at most 2,000/,
    ],
    [
      "has a workbook with a row of more than 1 MB",
      "x.xlsx",
      workbook({ Orders: [Array(40).fill("k"), [], Array(40).fill("x".repeat(30_000))] }),
      /x\.xlsx": row 2 of sheet "Orders" has more than 1 MiB of text; remove it from the file, or raise "line_bytes" of "limits" in the mapping$/,
    ],
    [
      "unpacks to more than 1 GB, and says that it does not",
      "x.xlsx",
      zipBomb(17, 64 << 20),
      /x\.xlsx": it unpacks to more than 1 GiB; save its sheets as CSV, split it, or raise "workbook_bytes" of "limits" in the mapping$/,
    ],
    [
      "has an unreadable date",
      "x.csv",
      text(`${good}c,3,31.02.2024x,1,1\n`),
      /from "x.csv": row 3: ordered_at is "31.02.2024x", expected a date and time; set "timestamp_format" or an "sql" that gives the time, fix the file, or drop and list such rows with --on-error drop/,
    ],
    [
      "has a day that does not exist",
      "x.csv",
      text(`${good}c,3,2024-02-30,1,1\n`),
      /row 3: ordered_at is "2024-02-30"/,
    ],
    [
      "has text in a number",
      "x.csv",
      text(`${good}c,3,2024-02-01,two,1\n`),
      /row 3: quantity is "…", expected a number/,
    ],
    [
      "has several of them",
      "x.csv",
      text(`${good}c,3,2024-02-01,two,1\nc,4,x,1,1\n`),
      /row 3: quantity is "…".* \(and 1 more such rows\)/,
    ],
    [
      "has a cell of 3 MB in many lines far down",
      "x.csv",
      text(`${good}${"c,3,2024-01-03,1,1\n".repeat(60_000)}"${"word\n".repeat(600_000)}",4,2024-01-04,1,1\n`),
      /x\.csv": line 60004: its text, with the line breaks within quotes, is longer than 1 MiB; shorten it, remove the line, or raise "line_bytes" of "limits" in the mapping$/,
    ],
    [
      "has a cell of 1.5 MB in many lines far down",
      "x.csv",
      text(`${good}${"c,3,2024-01-03,1,1\n".repeat(60_000)}"${"word\n".repeat(300_000)}",4,2024-01-04,1,1\n`),
      /x\.csv": line 60004: its text, with the line breaks within quotes, is longer than 1 MiB;/,
    ],
    [
      "has a cell of 1.5 MB in many lines as its last record",
      "x.csv",
      text(`${good}c,3,2024-01-03,1,"${"word\n".repeat(300_000)}"`),
      /x\.csv": line 4: its text, with the line breaks within quotes, is longer than 1 MiB;/,
    ],
    [
      "has a cell of 1.5 MB in many lines in its first row",
      "x.csv",
      text(`k,o,t,q,p\n"${"word\n".repeat(300_000)}",1,2024-01-01,1,2\n`),
      /x\.csv": line 2: its text, with the line breaks within quotes, is longer than 1 MiB;/,
    ],
    [
      "has a cell of 1.5 MB in long lines in its first row",
      "x.csv",
      text(`k,o,t,q,p\n"${`${"word ".repeat(20_000)}\n`.repeat(15)}",1,2024-01-01,1,2\n`),
      /x\.csv": line 2: its text, with the line breaks within quotes, is longer than 1 MiB;/,
    ],
    [
      "has a price and a quantity that make too large an amount",
      "x.csv",
      text(`${good}c,3,2024-02-01,1000000000,10000000000\n`),
      /Cannot import "x\.csv": row 3: quantity is 1000000000 and unit_price is 10000000000; expected an amount below 100000000000000, so correct the row$/,
    ],
    ["is empty", "x.csv", text(""), /Cannot read ".*x\.csv": the file is empty; export it again$/],
    ["is only blank", "x.csv", text("\n\n  \n"), /it has no text; export it again$/],
    [
      "is a header only",
      "x.csv",
      text("k,o,t,q,p\n"),
      /Cannot import "orders" from "x.csv": it has a header but no rows; expected at least one$/,
    ],
    ["is an empty gzip", "x.csv.gz", gzipSync(""), /it has no text; export it again$/],
    ["is a truncated gzip", "x.csv.gz", gzipSync(good.repeat(50)).subarray(0, 60), /the gzip stream is truncated$/],
    ["is a damaged gzip", "x.csv.gz", damaged(gzipSync(Buffer.from(good.repeat(50)))), /the gzip stream is damaged/],
    [
      "is binary",
      "x.csv",
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0, 0, 9]),
      /it is binary; expected text \(CSV\), Parquet or XLSX$/,
    ],
    ["is binary within a gzip", "x.csv.gz", gzipSync(Buffer.from([1, 2, 0, 3])), /it is binary/],
    [
      "is not the UTF-8 that the mapping says",
      "x.csv",
      Buffer.from(good.replace("a,", "é,"), "latin1"),
      /it is not valid UTF-8; set "encoding" to "windows-1252", which fits$/,
      { encoding: "utf-8" },
    ],
    ["is a damaged Parquet", "x.parquet", Buffer.from("PAR1 and nothing that follows"), /not a readable Parquet file/],
    ["is a damaged workbook", "x.xlsx", Buffer.from("PK\x03\x04 and nothing that follows"), /not a readable workbook/],
    [
      "has a line with too many fields",
      "x.csv",
      text(`${good}c,3,2024-01-03,1,1,9\n`),
      /Cannot read ".*x\.csv": line 4: it has 6 fields, expected 5$/,
    ],
    [
      "has a line with too few fields",
      "x.csv",
      text(`${good}c,3\nd,4,2024-01-03,1,1\n`),
      /line 4: it has 2 fields, expected 5/,
    ],
    [
      "opens a quote and never closes it",
      "x.csv",
      text(`${good}c,"3,2024-01-03,1,1\nd,4,2024-01-03,1,1\n`),
      /line 4: a quote is not closed$/,
    ],
    ["writes on after a quote", "x.csv", text(`${good}c,"3"x,2024-01-03,1,1\n`), /line 4: a quote is not closed/],
    ["is prose", "x.csv", text("Dear reader\nthis is no table at all\n"), /no delimiter splits its lines evenly/],
    [
      "has no sheet of that name",
      "x.xlsx",
      workbook({ Orders: [["k"], ["a"]], Notes: [["x"]] }),
      /it has no sheet "Order"; did you mean "Orders"\? it has "Orders", "Notes"$/,
      { sheets: ["Order"] },
    ],
    ["has an empty sheet", "x.xlsx", workbook({ Orders: [] }), /sheet "Orders" is empty/],
    [
      "has sheets that differ",
      "x.xlsx",
      workbook({ A: [["k"], ["a"]], B: [["z"], ["b"]] }),
      /sheet "B" has a different header than "A"/,
      { sheets: ["A", "B"] },
    ],
  ];
  for (const [title, name, content, message, other = {}] of cases) {
    it(`because it ${title} gives one clear line, and the earlier import stays`, async () => {
      await bench.add({ from: bench.write("good.csv", good), mapping });
      const folder = join(bench.workspace.rawDatasets, "shop");
      const before = filesOf(folder);
      const from = bench.write(name, content);
      const failed = await bench.add({ from, mapping: { ...mapping, ...other } }).then(
        () => "no error",
        (error: Error) => error.message,
      );
      expect(failed).toMatch(message);
      expect(failed).not.toContain("\n");
      expect(filesOf(folder)).toEqual(before);
      expect(bench.leftovers()).toEqual(["shop"]);
    });
  }
});

describe("a wide file", () => {
  const bench = useBench();

  it("is read with 2,001 columns and a header of 300 kB where its mapping raises the limit", async () => {
    const more = Array.from({ length: 1996 }, (_, i) => `${i}-${"x".repeat(145)}`);
    const csv = `k,o,t,q,p,${more.join(",")}\na,1,2024-01-01,1,2.50${",".repeat(1996)}\n`;
    const from = bench.write("wide.csv", csv);
    await expect(bench.add({ from, mapping })).rejects.toThrow("it has 2,001 columns; expected at most 2,000,");
    const { sources } = await bench.add({ from, mapping: { ...mapping, limits: { columns: 2001 } } });
    expect(sources[0]?.columns).toHaveLength(2001);
  });
});

describe("a large cell", () => {
  const bench = useBench();

  it.each([
    ["many lines", "word\n".repeat(180_000)],
    ["long lines", `${"word ".repeat(20_000)}\n`.repeat(9)],
  ])("of 900 kB in %s is read in the first row and in the last", async (_, cell) => {
    for (const rows of [
      `"${cell}",1,2024-01-01,1,2\na,2,2024-01-02,1,2\n`,
      `a,1,2024-01-01,1,2\n"${cell}",2,2024-01-02,1,2`,
    ]) {
      const { tables } = await bench.add({ from: bench.write("x.csv", `k,o,t,q,p\n${rows}`), mapping });
      expect(tables["lines"]?.rows).toBe(2);
      const sizes = await bench.raw("shop", "lines", "SELECT max(strlen(customer_id)) AS n FROM raw_table");
      expect(Number(sizes[0]["n"])).toBeGreaterThan(800_000);
    }
  });
});

describe("limits of a mapping", () => {
  const bench = useBench();
  const wide = (width: number) => {
    const more = Array.from({ length: width - 5 }, (_, i) => `c${i}`);
    return `k,o,t,q,p,${more.join(",")}\na,1,2024-01-01,1,2.50${",".repeat(width - 5)}\n`;
  };
  const long = (bytes: number) => `k,o,t,q,p,x\na,1,2024-01-01,1,2.50,${"x".repeat(bytes)}\n`;
  const inLines = (bytes: number) => `k,o,t,q,p,x\na,1,2024-01-01,1,2.50,"${"word\n".repeat(bytes / 5)}"\n`;
  const sheet = (length: number) => {
    const row = ["a", 1, "2024-01-01", 1, 2.5, ..."xyz".split("").map((sign) => sign.repeat(length))];
    return workbook({ Orders: [[..."kotqpxyz"], row] });
  };

  it.each<[string, Uint8Array | string, object, number | RegExp]>([
    ["11 columns", wide(11), { columns: 10 }, /it has 11 columns; expected at most 10,/],
    ["a line of 3 MB", long(3_000_000), { line_bytes: 4_194_304 }, 6],
    ["a line of 3 kB", long(3000), { line_bytes: 2048 }, /line 2 has more than 2,048 bytes of text;/],
    ["a record of 3 MB in many lines", inLines(3_000_000), { line_bytes: 4_194_304 }, 6],
    [
      "a record of 3 kB in many lines",
      inLines(3000),
      { line_bytes: 2048 },
      /line 2: its text, .* is longer than 2,048 bytes;/,
    ],
    ["a workbook of 2 kB", sheet(1), { workbook_bytes: 2048 }, /it unpacks to more than 2,048 bytes; save/],
    [
      "a workbook with a row of 90 kB",
      sheet(30_000),
      { line_bytes: 65_536 },
      /row 2 of sheet "Orders" has more than 65,536 bytes/,
    ],
  ])("%s", async (_, content, limits, expected) => {
    const name = typeof content === "string" ? "x.csv" : "x.xlsx";
    const from = bench.write(name, content);
    const adding = bench.add({ from, mapping: { ...mapping, limits } });
    if (expected instanceof RegExp) {
      await expect(adding).rejects.toThrow(expected);
      await expect(bench.add({ from, mapping })).resolves.toBeDefined();
    } else {
      expect((await adding).sources[0].columns).toHaveLength(expected);
      await expect(bench.add({ from, mapping })).rejects.toThrow('of "limits" in the mapping');
    }
  });

  it.each([
    [{ rows: 5 }, /"orders\.limits.*rows/],
    [{ columns: 0 }, /"orders\.limits\.columns" is 0; expected a whole number from 1 to 100000/],
    [{ line_bytes: 1e9 }, /"orders\.limits\.line_bytes" is 1000000000; expected a whole number from 1024 to 16777216/],
  ])("refuses %j", async (limits, message) => {
    await expect(bench.add({ from: bench.write("x.csv", good), mapping: { ...mapping, limits } })).rejects.toThrow(
      message,
    );
  });
});

describe("rows that cannot be read", () => {
  const bench = useBench();
  const bad =
    "k,o,t,q,p\na,1,2024-01-01,1,1\nbroken\nb,2,never,1,1\nc,3,2024-01-03,1,1,extra\nd,4,2024-01-04,x,1\ne,5,2024-01-05,1,1\n";

  it("are left out and listed by their rows in the file under drop", async () => {
    const provenance = await bench.add({ from: bench.write("bad.csv", bad), mapping, onError: "drop" });
    expect(provenance.rejected).toEqual([
      { table: "orders", file: "bad.csv", row: 2, reason: "it has 1 field, expected 5" },
      { table: "orders", file: "bad.csv", row: 3, reason: 'ordered_at is "never", expected a date and time' },
      { table: "orders", file: "bad.csv", row: 4, reason: "it has 6 fields, expected 5" },
      { table: "orders", file: "bad.csv", row: 5, reason: 'quantity is "x", expected a number' },
    ]);
    expect(
      await bench.raw("shop", "lines", "SELECT source_row, customer_id FROM raw_table ORDER BY source_row"),
    ).toEqual([
      { source_row: 1, customer_id: "a" },
      { source_row: 6, customer_id: "e" },
    ]);
    expect((await readProvenance(join(bench.workspace.rawDatasets, "shop"))).rejected).toHaveLength(4);
  });

  it("are reported as such, also where a known dataset computes with them", async () => {
    const head = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n";
    const row = (time: string) => `1,x,Cup,1,${time},1.5,13085.0,United Kingdom\n`;
    const from = bench.write("online_retail_II.csv", head + row("2009-12-01 07:45:00") + row("never"));
    await expect(bench.add({ name: "online-retail-ii", from })).rejects.toThrow(
      /from "online_retail_II.csv": row 2: ordered_at is "never", expected a date and time/,
    );
    const { rejected } = await bench.add({ name: "online-retail-ii", from, onError: "drop" });
    expect(rejected).toHaveLength(1);
  });

  it("of one table are not counted for another", async () => {
    bench.write("two/orders.csv", "customer_id,order_id,ordered_at,amount\na,1,2024-01-01,1\nbroken\n");
    const from = bench.write("two/customers.csv", "customer_id,country\na,DE\n").replace(/customers\.csv$/, "");
    const { rejected } = await bench.add({ from, onError: "drop" });
    expect(rejected.map(({ table, row }) => [table, row])).toEqual([["orders", 2]]);
  });
});

describe("a workbook", () => {
  const bench = useBench();

  it("keeps numbers, dates and times exact, and skips sheets with another header", async () => {
    const cells = [
      ["k", "o", "t", "q", "p"],
      ["a", 536365, new Date("2010-12-01T08:26:00Z"), 6, 2.55],
      ["b", "C536379", new Date("2011-01-31T23:59:59Z"), -1, 0.001],
    ];
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(cells, { UTC: true, cellDates: false }), "Orders");
    utils.book_append_sheet(book, utils.aoa_to_sheet([["read me"]]), "Notes");
    const from = bench.write("book.xlsx", write(book, { type: "buffer", bookType: "xlsx" }) as Buffer);
    const { sources, notes } = await bench.add({ from, mapping });
    expect(sources[0]).toMatchObject({ kind: "workbook", sheets: [{ name: "Orders", rows: 2 }] });
    expect(notes).toContain('sheet "Notes" of "book.xlsx": skipped, its header differs from "Orders"');
    expect(
      await bench.raw(
        "shop",
        "lines",
        "SELECT order_id, ordered_at, quantity, unit_price FROM raw_table ORDER BY source_row",
      ),
    ).toEqual([
      { order_id: "536365", ordered_at: "2010-12-01T08:26:00Z", quantity: 6, unit_price: 2.55 },
      { order_id: "C536379", ordered_at: "2011-01-31T23:59:59Z", quantity: -1, unit_price: 0.001 },
    ]);
    expect(readFileSync(from).subarray(0, 2).toString()).toBe("PK");
  });

  it("may begin with empty sheets, with a mapping and without", async () => {
    const cells = [
      ["customer_id", "ordered_at", "amount"],
      ["a", "2024-01-01", 2],
    ];
    const from = bench.write("book.xlsx", workbook({ Empty: [], Blank: [[]], Orders: cells }));
    expect((await bench.add({ from })).sources[0].sheets).toEqual([{ name: "Orders", rows: 1 }]);
    const columns = { customer_id: "customer_id", order_datetime: "ordered_at", order_total: "amount" };
    const mapped = await bench.add({ from, mapping: columns });
    expect(mapped.tables["lines"].rows).toBe(1);
    expect(mapped.notes.filter((note) => note.includes("sheet"))).toEqual([]);
    const empty = bench.write("empty.xlsx", workbook({ Empty: [], Blank: [[]] }));
    await expect(bench.add({ from: empty, mapping: columns })).rejects.toThrow(
      /every sheet is empty; export it again$/,
    );
  });

  it("may count its days from 1904", async () => {
    const sheet = utils.aoa_to_sheet([
      ["customer_id", "ordered_at", "amount"],
      ["a", 37986.5, 2],
    ]);
    sheet["B2"].z = "yyyy-mm-dd hh:mm";
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, "Orders");
    book.Workbook = { WBProps: { date1904: true } };
    await bench.add({ from: bench.write("mac.xlsx", write(book, { type: "buffer", bookType: "xlsx" }) as Buffer) });
    expect(await bench.raw("shop", "lines", "SELECT ordered_at AS at FROM raw_table")).toEqual([
      { at: "2008-01-01T12:00:00Z" },
    ]);
  });
});

/** Turns over some bits in the middle. */
function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = 20; i < 30; ++i) copy[i] ^= 0xff;
  return copy;
}
