import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { useBench } from "./support.js";

const header = ["customer_id", "order_id", "ordered_at", "product_name", "quantity", "unit_price"];
const rows = [
  ["C1", "1", "2024-01-31 09:05:00", "plain", "2", "1.50"],
  ["C2", "2", "2024-02-01 23:59:00", "", "1", "0.001"],
];
const table = (delimiter: string, end = "\n") =>
  [header, ...rows].map((fields) => fields.join(delimiter) + end).join("");
const expected = [
  {
    customer_id: "C1",
    order_id: "1",
    ordered_at: "2024-01-31T09:05:00Z",
    product_name: "plain",
    quantity: 2,
    unit_price: 1.5,
    amount: 3,
  },
  {
    customer_id: "C2",
    order_id: "2",
    ordered_at: "2024-02-01T23:59:00Z",
    product_name: null,
    quantity: 1,
    unit_price: 0.001,
    amount: 0.001,
  },
];
const lines =
  "SELECT customer_id, order_id, ordered_at, product_name, quantity, unit_price, amount FROM raw_table ORDER BY source_row";

describe("a text file", () => {
  const bench = useBench();
  const added = async (name: string, content: string | Uint8Array, mapping?: unknown) => {
    const provenance = await bench.add({ from: bench.write(name, content), ...(mapping ? { mapping } : {}) });
    return { source: provenance.sources[0], provenance };
  };
  const imported = async (name: string, content: string | Uint8Array) => ({
    ...(await added(name, content)),
    rows: await bench.raw("shop", "lines", lines),
  });

  for (const [name, delimiter] of Object.entries({ comma: ",", semicolon: ";", tab: "\t", bar: "|" })) {
    it(`may be split by a ${name}, and the import says so`, async () => {
      const { source, rows: read } = await imported("orders.txt", table(delimiter));
      expect(read).toEqual(expected);
      expect(source).toMatchObject({ delimiter, encoding: "utf-8", kind: "delimited" });
    });
  }

  it("may end its lines with CRLF, with CR, or now one way and now the other", async () => {
    for (const end of ["\r\n", "\r"]) expect((await imported("orders.csv", table(",", end))).rows).toEqual(expected);
    expect((await imported("orders.csv", table(",").replace("\n", "\r\n"))).rows).toEqual(expected);
  });

  it("may end its lines with CR where it is longer than the longest line", async () => {
    const line = ["C3", "3", "2024-02-02 10:00:00", "x".repeat(900), "1", "1"].join(",");
    const content = `${table(",", "\r")}${`${line}\r`.repeat(1500)}`;
    expect(content.length).toBeGreaterThan(1 << 20);
    expect((await imported("orders.csv", content)).rows).toHaveLength(1502);
    const tooLong = `${table(",", "\r")}${"x".repeat(2 << 20)}\r`;
    await expect(imported("orders.csv", tooLong)).rejects.toThrow(/line 4 has more than 1 MiB of text/);
  });

  it("may lack its last line break", async () => {
    expect((await imported("orders.csv", table(",").trimEnd())).rows).toEqual(expected);
  });

  it("may begin with a byte order mark", async () => {
    const { source, rows: read } = await imported("orders.csv", `\uFEFF${table(",")}`);
    expect(read).toEqual(expected);
    expect(source.columns[0]).toBe("customer_id");
  });

  it("may be gzip under the name of a CSV, and plain under the name of a gzip", async () => {
    expect((await imported("orders.csv", gzipSync(table(",")))).rows).toEqual(expected);
    expect((await imported("orders.csv.gz", table(","))).rows).toEqual(expected);
  });

  it("may hold delimiters, quotes and line breaks between quotes", async () => {
    const text = `${header.join(",")}\nC1,1,2024-01-31 09:05:00,"a ""b"", c\nd",2,1.50\n${rows[1].join(",")}\n`;
    const { rows: read } = await imported("orders.csv", text);
    expect(read[0]["product_name"]).toBe('a "b", c\nd');
    expect(read[1]).toEqual(expected[1]);
  });

  it("is read as Latin-1 if it is not valid UTF-8, and the import says so", async () => {
    const text = table(",").replace("plain", "café £5");
    const latin = await imported("orders.csv", Buffer.from(text, "latin1"));
    expect(latin.source.encoding).toBe("windows-1252");
    expect(latin.rows[0]["product_name"]).toBe("café £5");
    const utf8 = await imported("orders.csv", text);
    expect(utf8.source.encoding).toBe("utf-8");
    expect(utf8.rows).toEqual(latin.rows);
  });

  it("may be parted by runs of blanks, without a header", async () => {
    const mapping = {
      orders: {
        header: ["id", "day", "n", "sum"],
        columns: { customer_id: "id", ordered_at: "day", quantity: "n", amount: "sum" },
        timestamp_format: "%Y%m%d",
      },
    };
    const { source } = await added("log.txt", " 00001 19970101  1   11.77\r\n 00002 19970112 12 77.00\r\n", mapping);
    expect(source.delimiter).toBe("whitespace");
    expect(
      await bench.raw("shop", "lines", "SELECT order_id, customer_id, amount FROM raw_table ORDER BY source_row"),
    ).toEqual([
      { order_id: "00001-19970101", customer_id: "00001", amount: 11.77 },
      { order_id: "00002-19970112", customer_id: "00002", amount: 77 },
    ]);
  });

  it("may be Parquet with its own types", async () => {
    const path = join(bench.workspace.home, "orders.parquet");
    const csv = bench.write("for-parquet.csv", table(","));
    await bench.engine.writeParquet(
      `SELECT * REPLACE (CAST(ordered_at AS TIMESTAMP) AS ordered_at, CAST(quantity AS BIGINT) AS quantity, CAST(unit_price AS DECIMAL(9, 3)) AS unit_price)
       FROM read_csv('${csv}', all_varchar = true) ORDER BY order_id`,
      path,
    );
    const provenance = await bench.add({ from: path });
    expect(provenance.sources[0].kind).toBe("parquet");
    expect(await bench.raw("shop", "lines", lines)).toEqual(expected);
  });

  it("may be Parquet whose times are instants, which no zone moves", async () => {
    const path = join(bench.workspace.home, "instants.parquet");
    await bench.engine.writeParquet(
      "SELECT 'a' AS k, TIMESTAMPTZ '2024-01-31 10:00:00.5+01' AS t, 1 AS s UNION ALL SELECT 'b', TIMESTAMPTZ '2024-07-31 10:00:00+00', 2",
      path,
    );
    for (const timezone of ["UTC", "America/New_York"]) {
      await bench.add({ from: path, mapping: { customer_id: "k", order_datetime: "t", order_total: "s", timezone } });
      expect(await bench.raw("shop", "lines", "SELECT ordered_at AS at FROM raw_table ORDER BY source_row")).toEqual([
        { at: "2024-01-31T09:00:00Z" },
        { at: "2024-07-31T10:00:00Z" },
      ]);
    }
  });

  it("may be Parquet with nanoseconds", async () => {
    const path = join(bench.workspace.home, "nanoseconds.parquet");
    await bench.engine.writeParquet(
      "SELECT 'a' AS customer_id, TIMESTAMP_NS '2024-01-31 10:00:00.123456789' AS ordered_at, 1 AS amount",
      path,
    );
    await bench.add({ from: path });
    expect(await bench.raw("shop", "lines", "SELECT ordered_at AS at FROM raw_table")).toEqual([
      { at: "2024-01-31T10:00:00Z" },
    ]);
  });

  it("takes a time that states its offset at its word, sniffed or said", async () => {
    const times = ["2024-01-31 10:00:00+01:00", "2024-01-31T10:00:00-0500", "2024-01-31T10:00:00.25+05:30"];
    const text = (some: string[]) => `k,t,s\n${some.map((time) => `a,${time},1\n`).join("")}`;
    const columns = { customer_id: "k", order_datetime: "t", order_total: "s", timezone: "America/New_York" };
    const at = () => bench.raw("shop", "lines", "SELECT ordered_at AS at FROM raw_table ORDER BY source_row");
    await added("orders.csv", text([...times, "2024-01-31 10:00:00", "2024-01-31 10:00:00 UTC"]), columns);
    expect((await at()).map((row) => row["at"])).toEqual([
      "2024-01-31T09:00:00Z",
      "2024-01-31T15:00:00Z",
      "2024-01-31T04:30:00Z",
      "2024-01-31T15:00:00Z",
      "2024-01-31T10:00:00Z",
    ]);
    await added("orders.csv", text([times[0]]), { ...columns, timestamp_format: "%Y-%m-%d %H:%M:%S%z" });
    expect(await at()).toEqual([{ at: "2024-01-31T09:00:00Z" }]);
  });

  it("reads a date as it is written, whatever offset follows", async () => {
    bench.write("dated/orders.csv", "customer_id,ordered_at,amount\na,2024-01-31,1\n");
    const path = bench.write(
      "dated/customers.csv",
      "customer_id,signup_date\na,2024-01-31 23:30:00-05:00\nb,2024-01-31\nc,2024-02-01 00:00:00 +0100\n",
    );
    await bench.add({ from: path.replace(/customers\.csv$/, "") });
    expect(await bench.raw("shop", "customers", "SELECT signup_date AS d FROM raw_table ORDER BY customer_id")).toEqual(
      [{ d: "2024-01-31" }, { d: "2024-01-31" }, { d: "2024-02-01" }],
    );
  });

  it("reads decimal commas where the mapping says so, and where the numbers do", async () => {
    const columns = { customer_id: "k", ordered_at: "t", order_total: "s" };
    const text = "k;t;s\na;2024-01-01;1.234,50\n";
    const amounts = () => bench.raw("shop", "lines", "SELECT amount FROM raw_table");
    await added("orders.csv", text, { ...columns, decimal: "," });
    expect(await amounts()).toEqual([{ amount: 1234.5 }]);
    await added("orders.csv", text, columns);
    expect(await amounts()).toEqual([{ amount: 1234.5 }]);
    await expect(added("orders.csv", text, { ...columns, decimal: "." })).rejects.toThrow(
      /row 1: order_total is "1.234,50", expected an amount/,
    );
  });

  it("may group digits by dots where the comma is the decimal mark, but only by threes", async () => {
    const columns = { customer_id: "k", ordered_at: "t", order_total: "s", decimal: "," };
    const text = (amounts: string[]) => `k;t;s\n${amounts.map((s, i) => `a${i};2024-01-01;${s}\n`).join("")}`;
    await added("orders.csv", text(["12,5", "1.234.567,89", "1.250", "-7", "+,5", "12345,0"]), columns);
    const amounts = await bench.raw("shop", "lines", "SELECT amount FROM raw_table ORDER BY source_row");
    expect(amounts.map(({ amount }) => amount)).toEqual([12.5, 1234567.89, 1250, -7, 0.5, 12345]);
    for (const wrong of ["12.50", "1234.567", "1.2345", "1,2,3"]) {
      await expect(added("orders.csv", text([wrong]), columns), wrong).rejects.toThrow(/expected an amount/);
    }
  });

  it("may write yes and no as data frames do", async () => {
    bench.write("flags/orders.csv", "customer_id,ordered_at,amount\na,2024-01-31,1\n");
    const path = bench.write("flags/customers.csv", "customer_id,is_new_mover\na,1.0\nb,0.0\nc,\nd,Yes\n");
    await bench.add({ from: path.replace(/customers\.csv$/, "") });
    const flags = await bench.raw("shop", "customers", "SELECT is_new_mover AS f FROM raw_table ORDER BY customer_id");
    expect(flags.map(({ f }) => f)).toEqual([true, false, null, true]);
  });

  it("gives ids back as text: leading zeros stay, the .0 of data frames goes, nan is missing", async () => {
    const text = "customer_id,order_id,ordered_at,amount\n007,12.0,2024-01-01,1\nnan,13,2024-01-01,1\n";
    await added("orders.csv", text);
    expect(await bench.raw("shop", "lines", "SELECT customer_id, order_id FROM raw_table ORDER BY source_row")).toEqual(
      [
        { customer_id: "007", order_id: "12" },
        { customer_id: null, order_id: "13" },
      ],
    );
  });

  it("is read in its own time zone, in summer and in winter", async () => {
    const text = "k,t,s\na,2024-01-15 12:00:00,1\na,2024-07-15 12:00:00,1\na,2024-07-15T12:00:00Z,1\n";
    const mapping = { customer_id: "k", order_datetime: "t", order_total: "s", timezone: "America/New_York" };
    const { provenance } = await added("orders.csv", text, mapping);
    expect(await bench.raw("shop", "lines", "SELECT ordered_at AS at FROM raw_table ORDER BY source_row")).toEqual([
      { at: "2024-01-15T17:00:00Z" },
      { at: "2024-07-15T16:00:00Z" },
      { at: "2024-07-15T12:00:00Z" },
    ]);
    expect(provenance.notes).toEqual(['orders.ordered_at is read as "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"']);
  });

  it("is not read at all while day and month could be exchanged", async () => {
    const text = (days: string[]) =>
      `customer_id,order_id,ordered_at,amount\n${days.map((day, i) => `a,${i},${day},1\n`).join("")}`;
    await expect(added("orders.csv", text(["03/04/2024", "05/06/2024"]))).rejects.toThrow(
      /"ordered_at" can be read as "%[md]\/%[md]\/%Y" or as .*set "timestamp_format"/,
    );
    const { provenance } = await added("orders.csv", text(["03/04/2024", "25/06/2024"]));
    expect(provenance.notes).toEqual(['orders.ordered_at is read as "%d/%m/%Y"']);
  });

  it("is counted: rows, empty cells, distinct values, sums, repeated rows", async () => {
    const text =
      "customer_id,order_id,ordered_at,amount\na,1,2024-01-01,1.5\na,1,2024-01-01,1.5\n ,2,2024-01-02,2.25\n";
    const { source } = await added("orders.csv", text);
    expect(source.profile).toMatchObject({ rows: 3, fullRowDuplicates: 1 });
    expect(source.profile?.columns.find(({ name }) => name === "amount")).toEqual({
      name: "amount",
      empty: 0,
      distinct: 2,
      min: 1.5,
      max: 2.25,
      sum: "5.25",
    });
    expect(source.profile?.columns[0]).toEqual({ name: "customer_id", empty: 1, distinct: 1, min: "a", max: "a" });
  });
});
