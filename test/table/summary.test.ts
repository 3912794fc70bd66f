import { table } from "arquero";
import { describe, expect, it } from "vitest";
import { openDuckDb } from "../../src/engine/index.js";
import { createRandom, normal } from "../../src/numeric/index.js";
import { renderText, summary, tableRecords } from "../../src/table/index.js";

const byColumn = (given: Parameters<typeof summary>[0]) =>
  Object.fromEntries(tableRecords(summary(given)).map(({ column, ...rest }) => [column, rest]));

describe("summary", () => {
  it("gives hand-computed values for numbers, text, dates and flags", () => {
    const rows = [
      { n: 1, text: "b", day: new Date("2024-01-01"), flag: true, none: null },
      { n: 2, text: "a", day: new Date("2024-01-03"), flag: true, none: undefined },
      { n: 4, text: "b", day: new Date("2024-01-05"), flag: false, none: Number.NaN },
      { n: 10, text: null, day: null, flag: null, none: null },
      { n: Number.NaN, text: "Z", day: new Date("2024-01-05"), flag: null, none: null },
    ];
    const nothing = { min: null, p25: null, p50: null, p75: null, max: null };
    expect(byColumn(rows)).toEqual({
      // Positions 0.75, 1.5 and 2.25 of 1, 2, 4, 10.
      n: { type: "number", count: 4, missing: 1, distinct: 4, min: 1, p25: 1.75, p50: 3, p75: 5.5, max: 10 },
      text: { type: "text", count: 4, missing: 1, distinct: 3, ...nothing, min: "Z", max: "b" },
      day: {
        ...{ type: "date", count: 4, missing: 1, distinct: 3 },
        ...{ min: "2024-01-01", p25: "2024-01-02T12:00:00Z", p50: "2024-01-04", p75: "2024-01-05", max: "2024-01-05" },
      },
      flag: { type: "flag", count: 3, missing: 2, distinct: 2, ...nothing },
      none: { type: "unknown", count: 0, missing: 5, distinct: 0, ...nothing },
    });
  });

  it("takes texts that are all days for dates", () => {
    const { day, almost } = byColumn([
      { day: "2024-01-01", almost: "2024-01-01" },
      { day: "2024-01-05", almost: "2024-02-30" },
      { day: null, almost: "2024-01-05" },
    ]);
    expect(day).toMatchObject({ type: "date", count: 2, distinct: 2, min: "2024-01-01", p50: "2024-01-03" });
    expect(almost).toMatchObject({ type: "text", min: "2024-01-01", max: "2024-02-30" });
  });

  it("distinguishes mixed and other values, and counts equal ones once", () => {
    const time = () => new Date("2024-01-01");
    const columns = byColumn([
      { mixed: 1, list: [1, 2], big: 1n, time: time() },
      { mixed: "1", list: [1, 2], big: 1, time: time() },
      { mixed: true, list: [3], big: 2n, time: time() },
    ]);
    expect(columns["mixed"]).toMatchObject({ type: "mixed", distinct: 3, min: null });
    expect(columns["list"]).toMatchObject({ type: "other", distinct: 2 });
    expect(columns["big"]).toMatchObject({ type: "number", distinct: 2, max: 2 });
    expect(columns["time"]).toMatchObject({ distinct: 1 });
  });

  it("counts a key that some records lack as missing", () => {
    expect(byColumn([{ a: 1 }, { a: 2, b: 3 }])["b"]).toMatchObject({ count: 1, missing: 1 });
  });

  it("reads arquero tables by their filter, and its own tables without the total", () => {
    const filtered = table({ x: [1, 2, 3, 4] }).filter("d => d.x > 1");
    expect(byColumn(filtered)["x"]).toMatchObject({ count: 3, min: 2, max: 4 });
    const own = { columns: [{ name: "x" }], rows: [[1], [{ value: 5 }]], total: [6] };
    expect(byColumn(own)["x"]).toMatchObject({ count: 2, max: 5 });
    expect(summary([]).rows).toEqual([]);
  });

  it("writes values in the format of their column", () => {
    const own = { columns: [{ name: "spend", format: { kind: "money" } as const }], rows: [[1250], [40]] };
    expect(renderText(summary(own)).split("\n")[1]).toMatch(/£?40\.00.*1,250\.00/);
    expect(renderText(summary([{ a: 1 }])).split("\n")[0]).toMatch(/25 % +50 % +75 % +max$/);
  });

  it("refuses what is no table in one line", () => {
    expect(() => summary(5 as never)).toThrow(
      "Cannot summarize a table: it is 5; expected an arquero table, records or a DataTable",
    );
  });

  it("agrees with DuckDB's exact quantiles", async () => {
    const random = createRandom(7);
    const x = Float64Array.from({ length: 1001 }, (_, i) =>
      i % 10 === 0 ? Number.NaN : Math.round(normal(random) * 50) / 4,
    );
    const engine = await openDuckDb();
    try {
      await engine.keepColumns("t", { x });
      const [exact] = await engine.rows(
        `SELECT count(x) AS count, count(*) - count(x) AS missing, count(DISTINCT x) AS distinct, min(x) AS min,
         quantile_cont(x, 0.25) AS p25, quantile_cont(x, 0.5) AS p50, quantile_cont(x, 0.75) AS p75, max(x) AS max FROM t`,
      );
      expect(byColumn(await engine.table("SELECT * FROM t"))["x"]).toEqual({ type: "number", ...exact });
      expect(byColumn(await engine.rows("SELECT * FROM t"))["x"]).toEqual({ type: "number", ...exact });
    } finally {
      engine.close();
    }
  });
});
