import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeDemo, writeDemoAsOnlineRetail } from "../../../src/datasets/demo/index.js";
import { sha256OfFile } from "../../../src/storage/files.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rekindle-demo-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const files = [
  "contacts.csv",
  "customers.csv",
  "products.csv",
  "promotions.csv",
  "stores.csv",
  "transactions.csv",
  "truth.csv",
  "truth.json",
];

describe("writeDemo", () => {
  test("writes every file, byte for byte the same twice", async () => {
    const done: number[] = [];
    const options = { seed: 5, customers: 2000 };
    const truth = await writeDemo(join(folder, "a"), options, { onProgress: (n) => done.push(n) });
    await writeDemo(join(folder, "b"), options);
    expect((await readdir(join(folder, "a"))).sort()).toEqual(files);
    for (const file of files) {
      expect(await sha256OfFile(join(folder, "a", file))).toBe(await sha256OfFile(join(folder, "b", file)));
    }
    expect(done).toEqual([1000, 2000]);
    expect(JSON.parse(await readFile(join(folder, "a", "truth.json"), "utf8"))).toEqual(truth);
    const rows = (await readFile(join(folder, "a", "transactions.csv"), "utf8")).split("\n");
    expect(rows.length).toBe(truth.counts.transactionRows + 2);
    expect(rows.at(-1)).toBe("");
  });

  test("takes the place of an older demo and leaves nothing else behind", async () => {
    const target = join(folder, "place", "demo");
    await writeDemo(target, { seed: 1, customers: 20 });
    const before = await sha256OfFile(join(target, "transactions.csv"));
    await writeFile(join(target, "stale.csv"), "old");
    await writeDemo(target, { seed: 2, customers: 20 });
    expect(await sha256OfFile(join(target, "transactions.csv"))).not.toBe(before);
    expect((await readdir(target)).sort()).toEqual(files);
    expect(await readdir(join(folder, "place"))).toEqual(["demo"]);
  });

  test("leaves timers their turn, and stops soon after it is asked to, with the old demo in place", async () => {
    const target = join(folder, "stopped", "demo");
    await writeDemo(target, { seed: 1, customers: 20 });
    const before = await sha256OfFile(join(target, "transactions.csv"));
    const stopping = new AbortController();
    const done: number[] = [];
    const onProgress = (n: number) => {
      if (done.push(n) === 1) setTimeout(() => stopping.abort(new Error("enough")), 0);
    };
    const options = { onProgress, signal: stopping.signal };
    await expect(writeDemo(target, { seed: 2, customers: 20_000 }, options)).rejects.toThrow(/^enough$/);
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(5);
    expect(await sha256OfFile(join(target, "transactions.csv"))).toBe(before);
    expect(await readdir(join(folder, "stopped"))).toEqual(["demo"]);
    const retail = writeDemoAsOnlineRetail(join(folder, "stopped", "x.csv"), { seed: 2, customers: 3000 }, options);
    await expect(retail).rejects.toThrow(/enough/);
    expect(await readdir(join(folder, "stopped"))).toEqual(["demo"]);
  });

  test("keeps the old demo when it fails, and says what it could not write", async () => {
    const target = join(folder, "kept", "demo");
    await writeDemo(target, { seed: 1, customers: 1000 });
    const before = await sha256OfFile(join(target, "transactions.csv"));
    const stop = () => {
      throw new Error("interrupted");
    };
    const failing = writeDemo(target, { seed: 2, customers: 1000 }, { onProgress: stop });
    await expect(failing).rejects.toThrow(/^interrupted$/);
    expect(await sha256OfFile(join(target, "transactions.csv"))).toBe(before);
    expect(await readdir(join(folder, "kept"))).toEqual(["demo"]);
    await writeFile(join(folder, "file"), "");
    await expect(writeDemo(join(folder, "file", "demo"), { seed: 1, customers: 5 })).rejects.toThrow(/Cannot write/);
    await expect(writeDemo(target, { seed: 1, customers: -1 })).rejects.toThrow(RangeError);
  });
});

describe("writeDemoAsOnlineRetail", () => {
  test("writes the same orders in the eight columns", async () => {
    const options = { seed: 5, customers: 300 };
    const path = join(folder, "online_retail.csv");
    const { rows } = await writeDemoAsOnlineRetail(path, options);
    const truth = await writeDemo(join(folder, "same"), options);
    const [header, ...lines] = (await readFile(path, "utf8")).trimEnd().split("\n");
    expect(header).toBe("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country");
    expect(lines.length).toBe(rows);
    expect(rows).toBe(truth.counts.transactionRows);
    const form =
      /^C?\d{10},(?:\d{5}|POSTAGE|MANUAL),(?:[^",]+|"(?:[^"]|"")+"),-?\d+,\d{1,2}\/\d{1,2}\/202\d \d{1,2}:\d\d,\d+\.\d\d,(?:\d{7})?,[A-Z][a-z]+$/;
    expect(lines.filter((line) => !form.test(line))).toEqual([]);
    const ours = (await readFile(join(folder, "same", "transactions.csv"), "utf8")).trimEnd().split("\n").slice(1);
    const paid = ours.reduce((sum, line) => {
      const cells = line.split(",");
      return sum + Math.round((Number(cells[4]) * Number(cells[5]) - Number(cells[6])) * 100);
    }, 0);
    const theirs = lines.reduce((sum, line) => {
      const [quantity, , price] = line
        .replace(/"(?:[^"]|"")+"/, "")
        .split(",")
        .slice(3);
      return sum + Math.round(Number(quantity) * Number(price) * 100);
    }, 0);
    expect(theirs).toBe(paid);
    await writeDemoAsOnlineRetail(join(folder, "again.csv"), options);
    expect(await sha256OfFile(join(folder, "again.csv"))).toBe(await sha256OfFile(path));
  });
});
