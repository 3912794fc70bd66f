import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { utils, write } from "@e965/xlsx";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchDataset, type KnownDataset, knownDataset } from "../../src/datasets/index.js";
import { unzipEntry, zipEntries } from "../../src/datasets/sources/unzip.js";
import { makeZip } from "./make-zip.js";
import { filesOf, now, useBench } from "./support.js";

const header = [
  "InvoiceNo",
  "StockCode",
  "Description",
  "Quantity",
  "InvoiceDate",
  "UnitPrice",
  "CustomerID",
  "Country",
];
const cells = [
  header,
  [536365, "85123A", "HOLDER", 6, 40513.3513888889, 2.55, 17850, "United Kingdom"],
  [536365, 71053, "LANTERN", 6, 40513.3513888889, 3.39, 17850, "United Kingdom"],
  ["C536379", "D", "Discount", -1, 40513.4, 27.5, 14527, "United Kingdom"],
  [536414, 22139, null, 56, 40513.5, 0, null, "United Kingdom"],
];
const sheet = utils.aoa_to_sheet(cells);
for (const row of [2, 3, 4, 5]) sheet[`E${row}`].z = "m/d/yy h:mm";
const book = utils.book_new();
utils.book_append_sheet(book, sheet, "Online Retail");
const workbook = write(book, { type: "buffer", bookType: "xlsx" }) as Buffer;

/** Online Retail with the facts of these four lines in place of the published ones. */
const small: KnownDataset = {
  ...knownDataset("online-retail"),
  facts: {
    rows: 4,
    revenue: "8.14",
    columns: { InvoiceNo: { distinct: 3 }, CustomerID: { distinct: 2, empty: 1 }, Quantity: { sum: "67" } },
  },
};

describe("fetchDataset", () => {
  const bench = useBench();
  const archives: Record<string, Buffer> = {
    "/good.zip": makeZip({ "Online Retail.xlsx": workbook }),
    "/folder.zip": makeZip(
      { "readme.txt": Buffer.from("hi"), "a/../../Online Retail.xlsx": workbook },
      { deflate: false },
    ),
    "/other.zip": makeZip({ "Other.xlsx": workbook }),
    "/cut.zip": makeZip({ "Online Retail.xlsx": workbook }).subarray(0, 2000),
    "/none.zip": Buffer.from("not a zip at all"),
  };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const archive = archives[request.url ?? ""];
    if (archive) response.end(archive);
    else response.writeHead(503).end();
  });
  let address = "";
  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });
  const fetchFrom = (path: string, known = small) =>
    fetchDataset(bench.engine, bench.workspace, known, { archive: `${address}${path}`, now });

  it("downloads, unpacks, imports, and finds the facts", async () => {
    const provenance = await fetchFrom("/good.zip");
    expect(asked).toEqual(["/good.zip"]);
    expect(provenance.sources[0]).toMatchObject({
      file: "Online Retail.xlsx",
      kind: "workbook",
      bytes: workbook.length,
    });
    expect(
      await bench.raw(
        "online-retail",
        "lines",
        "SELECT order_id, ordered_at, amount FROM raw_table ORDER BY source_row",
      ),
    ).toEqual([
      { order_id: "536365", ordered_at: "2010-12-01T08:26:00Z", amount: 15.3 },
      { order_id: "536365", ordered_at: "2010-12-01T08:26:00Z", amount: 20.34 },
      { order_id: "C536379", ordered_at: "2010-12-01T09:36:00Z", amount: -27.5 },
      { order_id: "536414", ordered_at: "2010-12-01T12:00:00Z", amount: 0 },
    ]);
    expect(bench.leftovers()).toEqual(["online-retail"]);
  });

  it("takes only the file it needs out of an archive, under its bare name", async () => {
    expect((await fetchFrom("/folder.zip")).tables["lines"].rows).toBe(4);
    expect(bench.leftovers()).toEqual(["online-retail"]);
  });

  it("keeps the earlier import if the archive is not the published one, and says how it differs", async () => {
    await fetchFrom("/good.zip");
    const folder = join(bench.workspace.rawDatasets, "online-retail");
    const before = filesOf(folder);
    await expect(fetchFrom("/good.zip", knownDataset("online-retail"))).rejects.toThrow(
      /^Cannot accept the download of "online-retail": it differs from the published file, rows 4 instead of 541909, revenue 8.14 instead of 9747747.934, InvoiceNo distinct 3 instead of 25900, /,
    );
    await expect(fetchFrom("/other.zip")).rejects.toThrow(
      /the archive has "Other.xlsx"; expected ".*Online Retail.xlsx"/,
    );
    await expect(fetchFrom("/cut.zip")).rejects.toThrow(/Cannot unzip .*it is not a zip archive, or it is truncated/);
    await expect(fetchFrom("/none.zip")).rejects.toThrow(/it is not a zip archive/);
    await expect(fetchFrom("/gone.zip")).rejects.toThrow(/the server answers 503/);
    expect(filesOf(folder)).toEqual(before);
    expect(bench.leftovers()).toEqual(["online-retail"]);
  });

  it("refuses a dataset of which no archive is known", async () => {
    await expect(fetchDataset(bench.engine, bench.workspace, knownDataset("store-sales"), { now })).rejects.toThrow(
      /Cannot fetch dataset "store-sales": it has no download address; run npx rekindle data add store-sales/,
    );
  });
});

describe("unzip", () => {
  const bench = useBench();

  it("gives back what was packed, deflated or stored, empty files too", async () => {
    const files = {
      "a.txt": Buffer.from("x".repeat(100_000)),
      "b/c.txt": Buffer.from(""),
      "d.txt": Buffer.from("short"),
    };
    for (const deflate of [true, false]) {
      const path = bench.write("a.zip", makeZip(files, { deflate }));
      const entries = await zipEntries(path);
      expect(entries.map(({ name, bytes }) => [name, bytes])).toEqual([
        ["a.txt", 100_000],
        ["b/c.txt", 0],
        ["d.txt", 5],
      ]);
      for (const entry of entries) {
        const target = join(bench.workspace.home, "out");
        await unzipEntry(path, entry, target);
        expect(readFileSync(target).equals(files[entry.name as keyof typeof files])).toBe(true);
      }
    }
  });

  it("notices a flipped bit and a length that lies", async () => {
    const zip = makeZip({ "a.txt": Buffer.from("some text that is stored") }, { deflate: false });
    zip[40] ^= 1;
    const path = bench.write("bad.zip", zip);
    const [entry] = await zipEntries(path);
    const target = join(bench.workspace.home, "out");
    await expect(unzipEntry(path, entry, target)).rejects.toThrow(/"a.txt" is damaged/);
    await expect(unzipEntry(path, { ...entry, bytes: 3 }, target)).rejects.toThrow(
      /"a.txt" is longer than its directory says/,
    );
    await expect(unzipEntry(path, { ...entry, method: 99 }, target)).rejects.toThrow(
      /packed by method 99; expected deflate/,
    );
  });
});
