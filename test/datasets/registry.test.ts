import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanDataset } from "../../src/cleaning/index.js";
import {
  addDataset,
  describeDataset,
  knownDataset,
  knownDatasets,
  listDatasets,
  openTrustedTables,
  readTrustedDataset,
  resolveDataset,
  settingsPath,
} from "../../src/datasets/index.js";
import { withoutPassword } from "../../src/datasets/sources/download.js";
import { now, useBench } from "./support.js";

const orders = "customer_id,order_id,ordered_at,amount\na,1,2024-01-01,1\nb,2,2024-01-02,2\n";

describe("the datasets known by name", () => {
  it("have names of their own, a way to get them, and cleaning rules of different names", () => {
    expect(knownDatasets.map(({ name }) => name)).toEqual([
      "demo",
      "online-retail",
      "online-retail-ii",
      "cdnow",
      "store-sales",
    ]);
    for (const { howToGet, settings, name } of knownDatasets) {
      expect(howToGet, name).toContain("npx rekindle data");
      expect(new Set(settings.cleaning.map((rule) => rule.name)).size, name).toBe(settings.cleaning.length);
    }
  });

  it("are found by name, and a near miss is recognized", () => {
    expect(knownDataset("cdnow").title).toBe("CDNOW");
    expect(() => knownDataset("cdnov")).toThrow(/Cannot find dataset "cdnov": .* did you mean "cdnow"\?/);
  });
});

describe("the registry of a workspace", () => {
  const bench = useBench();

  it("lists the known datasets as absent in an empty workspace", async () => {
    const list = await listDatasets(bench.workspace);
    expect(list.map(({ name }) => name)).toEqual(knownDatasets.map(({ name }) => name));
    expect(list[1]).toEqual({
      name: "online-retail",
      title: "Online Retail",
      state: "absent",
      rows: null,
      imported_at: null,
      how_to_get: "npx rekindle data fetch online-retail",
    });
  });

  it("follows a dataset of one's own from import to cleaning and to a new import", async () => {
    const state = async () => (await listDatasets(bench.workspace)).find(({ name }) => name === "shop");
    await bench.add({ from: bench.write("orders.csv", orders) });
    expect(await state()).toMatchObject({ state: "imported", rows: 2, imported_at: now.toISOString() });
    const { provenance, rawFolder, processedFolder } = await resolveDataset(bench.workspace, "shop");
    await cleanDataset(bench.engine, provenance, { rawFolder, folder: processedFolder });
    expect(await state()).toMatchObject({ state: "cleaned" });
    expect(await describeDataset(bench.workspace, "shop")).toMatchObject({
      name: "shop",
      about: null,
      state: "cleaned",
      provenance: { sha256: provenance.sha256 },
      trusted: { sha256: provenance.sha256 },
    });
    await bench.add({ from: bench.write("orders.csv", `${orders}c,3,2024-01-03,5\n`) });
    expect(await state()).toMatchObject({ state: "imported", rows: 3 });
  });

  it("describes a known dataset that is absent, and refuses one that is nowhere", async () => {
    expect(await describeDataset(bench.workspace, "cdnow")).toMatchObject({
      state: "absent",
      provenance: null,
      licence: expect.stringContaining("none stated"),
    });
    await expect(describeDataset(bench.workspace, "nowhere")).rejects.toThrow(
      /Cannot open dataset "nowhere": it is not imported/,
    );
  });

  it("says of a dataset that is not there how to get it, or which was meant", async () => {
    const messageOf = (name: string) =>
      resolveDataset(bench.workspace, name).then(
        () => "",
        (error: Error) => error.message,
      );
    expect(await messageOf("online-retail")).toBe(
      'Cannot open dataset "online-retail": it is not imported; run npx rekindle data fetch online-retail',
    );
    expect(await messageOf("shopp")).toBe(
      'Cannot open dataset "shopp": it is not imported; did you mean "shop"? Otherwise run npx rekindle data add shopp --from <file or folder>',
    );
    expect(await messageOf("../shop")).toMatch(/Cannot open dataset "..\/shop": it is not imported/);
  });

  it("refuses names that are no names, mappings for known datasets, and nothing to import", async () => {
    const from = bench.write("orders.csv", orders);
    for (const name of ["../evil", "Shop", "", "a b", "-x"]) {
      await expect(bench.add({ name, from })).rejects.toThrow(
        /the name is invalid; use lower-case letters, digits and hyphens/,
      );
    }
    await expect(bench.add({ name: "cdnow", from, mapping: {} })).rejects.toThrow(/it has a built-in mapping/);
    await expect(bench.add({ name: "cdnow" })).rejects.toThrow(
      /Cannot add dataset "cdnow": no copy was found; download CDNOW_full.zip/,
    );
    await expect(bench.add({ name: "demo" })).rejects.toThrow("no copy was found; run npx rekindle data make demo");
    await expect(bench.add({ name: "online-retial" })).rejects.toThrow(
      'Cannot add dataset "online-retial": no source is given; did you mean "online-retail"? Otherwise use --from <file, folder or address>',
    );
    await expect(bench.add({ name: "herbs" })).rejects.toThrow("no source is given; use --from");
    await expect(bench.add({ name: "own" })).rejects.toThrow(/use --from <file, folder or address>/);
    await expect(bench.add({ from: `${from}x` })).rejects.toThrow(/no such file or folder/);
    await expect(bench.add({ from, mappingPath: `${from}x` })).rejects.toThrow(
      `Cannot read the mapping: "${from}x" does not exist; give the path of a file`,
    );
    await expect(bench.add({ from, mappingPath: from })).rejects.toThrow(
      /Cannot read the mapping ".*orders.csv": not valid JSON \(/,
    );
  });

  it("records which settings nobody gave, until the settings file gives them", async () => {
    const from = bench.write("orders.csv", orders);
    const assumed = async () => (await resolveDataset(bench.workspace, "shop")).provenance.assumed;
    await bench.add({ from, mapping: undefined });
    expect(await assumed()).toEqual(["currency", "timezone"]);
    const path = settingsPath(bench.workspace, "shop");
    writeFileSync(path, readFileSync(path, "utf8").replace('"currency": "EUR"', '"currency": "CHF"'));
    expect(await assumed()).toEqual(["timezone"]);
  });

  it("finds a known dataset's file below REKINDLE_DATA", async () => {
    const path = bench.write(
      "data/cdnow/CDNOW_master.txt",
      "customer_id date number_of_cds dollar_value\r\n 00001 19970101  1   11.77\r\n",
    );
    const environment = { workspace: bench.workspace, dataFolder: join(path, "..", "..") };
    const provenance = await addDataset(bench.engine, environment, { name: "cdnow", now });
    expect(provenance.tables["lines"].rows).toBe(1);
  });
});

describe("trusted tables", () => {
  const bench = useBench();

  it("are opened with their columns and settings, without the protected ones", async () => {
    const folder = bench.write("t/orders.csv", orders).replace(/orders\.csv$/, "");
    bench.write("t/customers.csv", "customer_id,country,gender\na,DE,f\nb,FR,m\n");
    await bench.add({ from: folder });
    const { provenance, rawFolder, processedFolder } = await resolveDataset(bench.workspace, "shop");
    await expect(openTrustedTables(bench.engine, processedFolder)).rejects.toThrow(
      'Cannot open dataset "shop": it has no trusted tables; run npx rekindle clean --dataset shop',
    );
    await cleanDataset(bench.engine, provenance, { rawFolder, folder: processedFolder, deduplicate: true });
    const trusted = await openTrustedTables(bench.engine, processedFolder);
    expect(trusted).toMatchObject({
      name: "shop",
      sha256: provenance.sha256,
      deduplicated: true,
      settings: provenance.settings,
    });
    expect(trusted.tables).toEqual({
      orders: ["order_id", "customer_id", "ordered_at", "ordered_on", "amount"],
      order_lines: ["order_id", "line_no", "amount"],
      returns: [
        "return_id",
        "line_no",
        "customer_id",
        "returned_at",
        "returned_on",
        "amount",
        "product_id",
        "quantity",
      ],
      customers: ["customer_id", "country"],
    });
    expect(await bench.engine.rows("SELECT * FROM customers ORDER BY customer_id")).toEqual([
      { customer_id: "a", country: "DE" },
      { customer_id: "b", country: "FR" },
    ]);
    await expect(bench.engine.rows("SELECT * FROM protected")).rejects.toThrow(/protected/);
    expect((await readTrustedDataset(processedFolder)).tables).toHaveProperty("protected", ["customer_id", "gender"]);
  });
});

describe("an address as source", () => {
  const bench = useBench();
  const server = createServer((request, response) => {
    if (request.url === "/shop.csv") return response.end(orders);
    if (request.url === "/page") return response.writeHead(200, { "content-type": "text/html" }).end("<p>Sign in</p>");
    if (request.url === "/short.csv") {
      response.writeHead(200, { "content-length": "9999" });
      response.write(orders);
      return setTimeout(() => response.destroy(), 20);
    }
    return response.writeHead(404).end();
  });
  let address = "";
  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it("is downloaded, imported under its own name, and leaves nothing behind", async () => {
    const provenance = await bench.add({ from: `${address}/shop.csv` });
    expect(provenance.sources[0]).toMatchObject({ file: "shop.csv", bytes: orders.length });
    expect(bench.leftovers()).toEqual(["shop"]);
  });

  it("is kept in the provenance, as a path is: as it was given, without a password", async () => {
    const from = `${address}/shop.csv`;
    const provenance = await bench.add({ from });
    expect(provenance).toMatchObject({ origin: from, synthetic: false });
    const typed = await bench.add({ from: bench.write("orders.csv", orders), origin: "./orders.csv" });
    expect(typed.origin).toBe("./orders.csv");
    expect(withoutPassword("https://me:secret@example.org/a@b?c=@")).toBe("https://example.org/a@b?c=@");
    await expect(bench.add({ from: "http://me:secret@127.0.0.1:1/x.csv" })).rejects.toThrow(
      /^Cannot download "http:\/\/127\.0\.0\.1:1\/x\.csv": it contains a user name or a password; use an address without them$/,
    );
  });

  it("fails clearly if it is no address", async () => {
    await expect(bench.add({ from: "http://[half" })).rejects.toThrow(
      /^Cannot download "http:\/\/\[half": Invalid URL/,
    );
    await expect(bench.add({ from: "http://127.0.0.1:1/%zz" })).rejects.toThrow(
      /^Cannot download ".*%zz": URI malformed/,
    );
  });

  it("fails clearly if it is missing, a web page, cut off, or out of reach", async () => {
    await expect(bench.add({ from: `${address}/none.csv` })).rejects.toThrow(
      /Cannot download ".*none.csv": the server answers 404 Not Found/,
    );
    await expect(bench.add({ from: `${address}/page` })).rejects.toThrow(
      /the server sends a web page; expected a data file/,
    );
    await expect(bench.add({ from: `${address}/short.csv` })).rejects.toThrow(/Cannot download ".*short.csv": /);
    await expect(bench.add({ from: "http://127.0.0.1:9/x.csv" })).rejects.toThrow(
      /Cannot download "http:\/\/127.0.0.1:9\/x.csv": /,
    );
    expect(bench.leftovers()).toEqual(["shop"]);
  });
});
