import { describe, expect, it, test } from "vitest";
import { timeFormatProblem } from "../../../src/datasets/times/time-format-problem.js";
import { dayOrder, rivalFormats } from "../../../src/datasets/times/time-formats.js";
import { type Bench, useBench } from "../support.js";

const bench = useBench();
const columns = { customer_id: "customer", order_id: "order", ordered_at: "at", order_total: "total" };

/** Imports orders at these times, and returns the times that were read. */
async function timesOf(times: readonly string[], options: object = {}, add: Parameters<Bench["add"]>[0] = {}) {
  const rows = times.map((time, i) => `c${i % 7},o${i},"${time}",10`);
  const from = bench.write("orders.csv", `customer,order,at,total\n${rows.join("\n")}\n`);
  const { notes, rejected } = await bench.add({ from, mapping: { ...columns, ...options }, ...add });
  const read = await bench.raw(
    "shop",
    "lines",
    "SELECT CAST(ordered_at AS VARCHAR) AS t FROM raw_table ORDER BY source_row",
  );
  return { notes, rejected, read: read.map((row) => String(row["t"])) };
}

/** Days of 2023 in a notation. */
const days = (count: number, write: (day: string, month: string, year: string) => string) =>
  Array.from({ length: count }, (_, i) => {
    const [year, month, day] = new Date(Date.UTC(2023, 0, 1 + i * 7)).toISOString().slice(0, 10).split("-");
    return write(day, month, year);
  });

describe("the way in which times are written", () => {
  test.each<[string, string, (day: string, month: string, year: string) => string]>([
    ["DD/MM/YY", "%d/%m/%y", (d, m, y) => `${d}/${m}/${y.slice(2)}`],
    ["MM/DD/YY", "%m/%d/%y", (d, m, y) => `${m}/${d}/${y.slice(2)}`],
    ["DD.MM.YY", "%d.%m.%y", (d, m, y) => `${d}.${m}.${y.slice(2)}`],
    ["DD-MM-YY", "%d-%m-%y", (d, m, y) => `${d}-${m}-${y.slice(2)}`],
    ["MM/DD/YYYY with AM", "%m/%d/%Y %I:%M %p", (d, m, y) => `${m}/${d}/${y} 12:00 AM`],
    ["DD/MM/YYYY with seconds", "%d/%m/%Y %H:%M:%S", (d, m, y) => `${d}/${m}/${y} 00:00:00`],
    ["Excel serials", "excel", (d, m, y) => String(Date.UTC(+y, +m - 1, +d) / 86_400_000 + 25_569)],
    ["epoch seconds", "epoch", (d, m, y) => String(Date.UTC(+y, +m - 1, +d) / 1000)],
    ["epoch milliseconds", "epoch_ms", (d, m, y) => String(Date.UTC(+y, +m - 1, +d))],
    [
      "RFC 2822",
      "%a, %d %b %Y %H:%M:%S %z",
      (d, m, y) => new Date(`${y}-${m}-${d}`).toUTCString().replace("GMT", "+0000"),
    ],
    ["HTTP dates", "%a, %d %b %Y %H:%M:%S GMT", (d, m, y) => new Date(`${y}-${m}-${d}`).toUTCString()],
    ["month names", "%b %d, %Y", (d, m, y) => `${new Date(`${y}-${m}-${d}`).toUTCString().slice(8, 11)} ${d}, ${y}`],
    ["days without signs", "%Y%m%d", (d, m, y) => `${y}${m}${d}`],
  ])("%s are read as %s", async (_, format, write) => {
    const { read, notes } = await timesOf(days(50, write));
    expect(notes).toEqual([`orders.ordered_at is read as "${format}"`]);
    expect(read).toEqual(days(50, (d, m, y) => `${y}-${m}-${d} 00:00:00`));
  });

  it("is refused where two orders of day, month and year fit all", async () => {
    await expect(timesOf(["01/02/03", "04/05/06"])).rejects.toThrow(
      /can be read as .* or as .*; set "timestamp_format"$/,
    );
  });

  it("is not decided by a day in the future", async () => {
    // Read day first, the third is an order for tomorrow's tomorrow.
    await expect(timesOf(["01/11/2025", "03/10/2025", "05/01/2026", "04/09/2025"])).rejects.toThrow(/can be read as/);
  });

  it("is refused where some days can only be first and others only second, whatever the counts", async () => {
    const mixed = [...days(50, (d, m, y) => `${d}/${m}/${y}`), "03/16/2023"];
    await expect(timesOf(mixed)).rejects.toThrow(
      /"ordered_at" has the day first in row 3 \("15\/01\/2023"\) and the month first in row 51 \("03\/16\/2023"\); write all in one order, or set "timestamp_format" to \["%d\/%m\/%Y", "%m\/%d\/%Y"\]/,
    );
    const { read } = await timesOf(mixed, { timestamp_format: ["%d/%m/%Y", "%m/%d/%Y"] });
    expect(read.at(-1)).toBe("2023-03-16 00:00:00");
  });

  it("may come from a window function", async () => {
    const sql = "DATE '2023-01-01' + CAST(sum(CAST(total AS INTEGER)) OVER (ORDER BY \"order\") AS INTEGER)";
    const { read } = await timesOf(["1", "2", "3"], { ordered_at: { sql } });
    expect(read).toEqual(["2023-01-11 00:00:00", "2023-01-21 00:00:00", "2023-01-31 00:00:00"]);
  });
});

describe("implausible times", () => {
  const good = days(1, () => "").flatMap(() =>
    Array.from({ length: 3000 }, (_, i) => `2023-01-${String((i % 28) + 1).padStart(2, "0")}`),
  );

  it("are left out and named with their rows where they are few", async () => {
    const { notes, rejected, read } = await timesOf([...good, "9999-12-31", "1900-01-01", "9999-12-31"]);
    expect(read).toHaveLength(3000);
    expect(rejected.map(({ row }) => row)).toEqual([3001, 3002, 3003]);
    expect(notes).toContain(
      'orders: 3 rows left out, ordered_at is not from 1970-01-01 to 2026-01-03: "9999-12-31" in rows 3001, 3003; "1900-01-01" in row 3002',
    );
  });

  it("stop the import above one in a thousand", async () => {
    await expect(timesOf([...good.slice(0, 100), "9999-12-31", "2099-01-01"])).rejects.toThrow(
      'Cannot import "orders" from "orders.csv": row 101: ordered_at is "9999-12-31", which is after 2026-01-03 when read with "%Y-%m-%d" (and 1 more such rows); fix the file, or drop and list such rows with --on-error drop',
    );
    const { read } = await timesOf([...good.slice(0, 100), "9999-12-31"], {}, { onError: "drop" });
    expect(read).toHaveLength(100);
  });

  it("of a wrong format name the one that fits", async () => {
    const short = days(50, (d, m, y) => `${d}/${m}/${y.slice(2)}`);
    await expect(timesOf(short, { timestamp_format: "%Y/%m/%d" })).rejects.toThrow(
      /"01\/01\/23", which is before 1970-01-01 when read with "%Y\/%m\/%d" \(and \d+ more such rows\); set "timestamp_format" to "%d\/%m\/%y", which fits,/,
    );
  });

  it("name no format that fits only some of them", async () => {
    await expect(timesOf(["31/12/69", "22/04/70", "23/05/10"])).rejects.toThrow(/; fix the file, or drop/);
  });

  it("of facts about a row are missing, and the row stays", async () => {
    bench.write("promo/orders.csv", "customer,order,at,total\nc0,o1,2023-01-05,1\n");
    bench.write("promo/promotions.csv", "id,from,to\np1,2023-01-01,9999-12-31\np2,2023-01-01,2023-02-01\n");
    const from = bench.write("promo/readme.txt", "").replace("/readme.txt", "");
    const { notes, rejected } = await bench.add({
      from,
      mapping: {
        orders: { file: "orders.csv", columns },
        promotions: { file: "promotions.csv", columns: { promotion_id: "id", starts_on: "from", ends_on: "to" } },
      },
    });
    expect(rejected).toEqual([]);
    expect(notes).toContain(
      "promotions: 1 value of ends_on taken as missing, not from 1800-01-01 to 2126-12-31, such as 9999-12-31",
    );
    const ends = "SELECT promotion_id AS p, CAST(ends_on AS VARCHAR) AS e FROM raw_table ORDER BY promotion_id";
    expect(await bench.raw("shop", "promotions", ends)).toEqual([
      { p: "p1", e: null },
      { p: "p2", e: "2023-02-01" },
    ]);
  });

  it("may be a day ahead of the import, not two", async () => {
    expect((await timesOf([...good, "2026-01-03"])).rejected).toEqual([]);
    expect((await timesOf([...good, "2026-01-04"])).rejected).toMatchObject([{ row: 3001 }]);
  });
});

test("unreadable times say what to write", async () => {
  await expect(timesOf(["2023-01-01", "soon"])).rejects.toThrow(
    /ordered_at is "s…n", expected a date and time; set "timestamp_format" or an "sql" that gives the time, fix the file,/,
  );
});

test("formats in the notation of spreadsheets are mistakes", async () => {
  expect(timeFormatProblem("YYYY-MM-DD HH:mm:ss")).toMatch(/write "%Y-%m-%d %H:%M:%S"/);
  expect(timeFormatProblem("dd.mm.yyyy hh:MM")).toMatch(/write "%d.%m.%Y %I:%M"/);
  expect(timeFormatProblem("MMM D, YY h:mm A")).toMatch(/write "%b %d, %y %I:%M %p"/);
  expect(timeFormatProblem("ISO")).toMatch(/^"ISO" is no strptime format; write it as "%Y-%m-%d", or one of "epoch"/);
  expect(["%d/%m/%y", "epoch_ms", "excel"].map(timeFormatProblem)).toEqual([undefined, undefined, undefined]);
  await expect(timesOf(["2023-01-01"], { timestamp_format: "YYYY-MM-DD" })).rejects.toThrow(
    '"orders.timestamp_format": "YYYY-MM-DD" is no strptime format; write "%Y-%m-%d"',
  );
});

test("rivals of a format differ in the order of day, month and year only", () => {
  expect(rivalFormats("%m/%d/%Y %H:%M")).toEqual(["%d/%m/%Y %H:%M"]);
  expect(rivalFormats("%d-%m-%y")).toEqual(["%m-%d-%y", "%y-%m-%d"]);
  expect(rivalFormats("%Y-%m-%d")).toEqual([]);
  expect(["%d.%m.%Y", "%m-%d-%y", "%y/%m/%d", "%d %b %Y", "%Y/%m/%d"].map(dayOrder)).toEqual([
    ...["day", "month", "year"],
    ...[undefined, undefined],
  ]);
});
