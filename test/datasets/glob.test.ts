import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { exploreFile } from "../../src/cleaning/index.js";
import { columnTable, sourceTable } from "../../src/cli/data-tables.js";
import { parseMapping, parseSettings } from "../../src/datasets/index.js";
import { useBench } from "./support.js";

const bench = useBench();
const header = "who,order,at,sum";
const mapping = (file: string, other: object = {}) => ({
  orders: {
    file,
    glob: true,
    columns: { customer_id: "who", order_id: "order", ordered_at: "at", order_total: "sum" },
    ...other,
  },
});
let folders = 0;

/** Writes files into a new folder and returns it. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = `glob-${++folders}`;
  const paths = Object.entries(files).map(([name, content]) => bench.write(`${folder}/${name}`, content));
  return dirname(paths[0]!);
}

const months = {
  "shop-2024-02.csv": `${header}\nb,2,2024-02-01,20\nc,3,2024-02-02,30\n`,
  "shop-2024-01.csv": `${header}\na,1,2024-01-01,10\n`,
  "shop-2024-03.csv.gz": gzipSync(`${header}\nd,4,2024-03-01,40\n`),
  "shop-2024-01.txt": "not this one\n",
  ".shop-2024-09.csv": "nor this one\n",
};

it("reads the files of a pattern in the order of their names, as one table", async () => {
  const provenance = await bench.add({ from: folderOf(months), mapping: mapping("shop-????-??.csv*") });
  expect(provenance.sources.map(({ file, profile }) => [file, profile?.rows])).toEqual([
    ["shop-2024-01.csv", 1],
    ["shop-2024-02.csv", 2],
    ["shop-2024-03.csv.gz", 1],
  ]);
  expect(provenance.notes).toContain('orders: 3 files match "shop-????-??.csv*"');
  const rows = "SELECT source_row, customer_id, amount FROM raw_table ORDER BY source_row";
  expect(await bench.raw("shop", "lines", rows)).toEqual([
    { source_row: 1, customer_id: "a", amount: 10 },
    { source_row: 2, customer_id: "b", amount: 20 },
    { source_row: 3, customer_id: "c", amount: 30 },
    { source_row: 4, customer_id: "d", amount: 40 },
  ]);
});

it("shows the files of a pattern as one, with their count, the first and the last", async () => {
  const kinds = { file: "kinds.csv", on: ["order"] };
  const from = folderOf({ ...months, "kinds.csv": "order,kind\n1,x\n4,y\n" });
  const provenance = await bench.add({ from, mapping: mapping("shop-*.csv*", { join: [kinds] }) });
  const files = sourceTable(provenance);
  expect(files.rows.map((row) => row.slice(0, 5))).toEqual([
    ["orders", "3 files, shop-2024-01.csv to shop-2024-03.csv.gz", 'delimited, utf-8, ","', 4, 4],
    ["orders", "kinds.csv", 'delimited, utf-8, ","', 2, 2],
  ]);
  expect(columnTable(provenance).rows).toEqual([
    ["orders", "who", 0, null, "…", "…"],
    ["orders", "order", 0, null, "1", "4"],
    ["orders", "at", 0, null, "2024-01-01", "2024-03-01"],
    ["orders", "sum", 0, null, "10", "40"],
    ["orders", "order", 0, 2, "1", "4"],
    ["orders", "kind", 0, 2, "…", "…"],
  ]);
});

it("explores the files of a pattern as it imports them", async () => {
  const path = folderOf(months);
  const explored = parseMapping(mapping("shop-*.csv*"));
  await exploreFile(bench.engine, { path, mapping: explored, settings: parseSettings() });
  expect(await bench.engine.rows("SELECT count(*) AS n, sum(amount) AS sum FROM orders")).toEqual([{ n: 4, sum: 100 }]);
});

it("takes every other sign of a pattern as it is", async () => {
  const files = { "a+[1](x).csv": `${header}\na,1,2024-01-01,10\n`, "aa1x.csv": `${header}\nb,2,2024-01-01,20\n` };
  const { sources } = await bench.add({ from: folderOf(files), mapping: mapping("a+[1](x)*.csv") });
  expect(sources.map(({ file }) => file)).toEqual(["a+[1](x).csv"]);
});

it("takes a pattern without glob for the name of a file", async () => {
  const { orders } = mapping("shop-*.csv");
  const from = folderOf(months);
  await expect(bench.add({ from, mapping: { orders: { ...orders, glob: false } } })).rejects.toThrow(
    'it has no "shop-*.csv"',
  );
});

it("finds the files of a pattern in a folder below", async () => {
  const from = folderOf({
    "keep.txt": "",
    "days/1.csv": `${header}\na,1,2024-01-01,10\n`,
    "days/2.csv": `${header}\n`,
  });
  const { sources } = await bench.add({ from, mapping: mapping("days/*.csv") });
  expect(sources.map(({ file, profile }) => [file, profile?.rows])).toEqual([
    ["1.csv", 1],
    ["2.csv", 0],
  ]);
});

it.each([
  [
    "no file",
    "lines-*.csv",
    {},
    /^Cannot import from ".*": no file matches "lines-\*\.csv"; it has \.shop-2024-09\.csv, /,
  ],
  ["no file of a folder that is missing", "days/*.csv", {}, /no file matches "days\/\*\.csv"; it has /],
  [
    "another header",
    "shop-*.csv",
    { "shop-2024-05.csv": "who,order,sum,at\n" },
    /^Cannot read "shop-2024-05\.csv" with "shop-2024-01\.csv": their headers differ, column 3 is "sum", not "at"; import/,
  ],
  [
    "a further column",
    "shop-*.csv",
    { "shop-2024-05.csv": `${header},more\na,1,2024-01-01,10,x\n` },
    /^Cannot read "shop-2024-05\.csv" with "shop-2024-01\.csv": their headers differ, column 5 is "more", not missing; import/,
  ],
  [
    "no row in any file",
    "empty-*.csv",
    { "empty-1.csv": `${header}\n`, "empty-2.csv": `${header}\n` },
    /^Cannot import "orders" from "empty-1\.csv": it has a header but no rows/,
  ],
  [
    "a value that is wrong in the second file",
    "shop-*.csv",
    { "shop-2024-02.csv": `${header}\nb,2,2024-02-01,20\nc,3,never,30\n` },
    /^Cannot import "orders" from "shop-2024-02\.csv": row 2: ordered_at is "never", expected a date and time; /,
  ],
])("refuses a pattern with %s", async (_, pattern, changed, message) => {
  const from = folderOf({ ...months, ...changed });
  await expect(bench.add({ from, mapping: mapping(pattern) })).rejects.toThrow(message);
});

it("lists dropped rows by their file and their row in it", async () => {
  const files = {
    "shop-1.csv": `${header}\na,1,2024-01-01,10\nbroken\na,2,2024-01-01,10\n`,
    "shop-2.csv": `${header}\nb,3,never,20\nshort\nb,4,2024-01-01,20\n`,
  };
  const provenance = await bench.add({ from: folderOf(files), mapping: mapping("shop-*.csv"), onError: "drop" });
  expect(provenance.rejected.map(({ file, row }) => [file, row])).toEqual([
    ["shop-1.csv", 2],
    ["shop-2.csv", 1],
    ["shop-2.csv", 2],
  ]);
  const kept = await bench.raw("shop", "lines", "SELECT source_row, order_id FROM raw_table ORDER BY source_row");
  expect(kept).toEqual([
    { source_row: 1, order_id: "1" },
    { source_row: 3, order_id: "2" },
    { source_row: 6, order_id: "4" },
  ]);
});

it("gives an import another identity when a file is added", async () => {
  const add = (files: Record<string, string>) => bench.add({ from: folderOf(files), mapping: mapping("shop-*.csv") });
  const one = { "shop-1.csv": `${header}\na,1,2024-01-01,10\n` };
  const first = await add(one);
  expect((await add(one)).sha256).toBe(first.sha256);
  expect((await add({ ...one, "shop-2.csv": `${header}\nb,2,2024-01-01,10\n` })).sha256).not.toBe(first.sha256);
});
