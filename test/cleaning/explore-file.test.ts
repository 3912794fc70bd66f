import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanDataset, exploreFile } from "../../src/cleaning/index.js";
import {
  type DatasetDescription,
  defaultSettings,
  importDataset,
  importedDatasets,
  type Mapping,
} from "../../src/datasets/index.js";
import { type Engine, openDuckDb, quotedIdentifier } from "../../src/engine/index.js";
import { openObservations } from "../../src/features/index.js";
import { describeOnRealData } from "../datasets/support.js";

let engine: Engine;
let home: string;
beforeAll(async () => {
  engine = await openDuckDb();
  home = mkdtempSync(join(tmpdir(), "rekindle-explore-test-"));
});
afterAll(() => {
  engine.close();
  rmSync(home, { recursive: true });
});

/** Number of rows and the hash of all of them, whatever their order, by trusted table. */
async function contents(tables: Readonly<Record<string, readonly string[]>>): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [name, columns] of Object.entries(tables)) {
    const values = columns.map((column) => `COALESCE(CAST(${quotedIdentifier(column)} AS VARCHAR), 'none')`);
    const [row] = await engine.rows(
      `SELECT count(*) AS rows, CAST(sum(hash(concat_ws('|', ${values.join(", ")}))) AS VARCHAR) AS hash FROM ${quotedIdentifier(name)}`,
    );
    found[name] = { columns, ...row };
  }
  return found;
}

/** Both ways from a file to trusted tables. */
async function bothWays(description: DatasetDescription, path: string, deduplicate: boolean) {
  const [target, folder] = [join(home, "raw"), join(home, "processed")];
  const now = new Date("2026-01-02T03:04:05Z");
  const provenance = await importDataset(engine, description, { from: path, target, now });
  const report = await cleanDataset(engine, provenance, { rawFolder: target, folder, deduplicate });
  const written = Object.fromEntries(report.tables.map(({ name, columns }) => [name, columns]));
  const { protected: _, ...open } = written;
  const cleaned = { sha256: report.dataset_sha256, ledger: report.ledger, tables: await contents(open) };
  const { mapping, settings } = description;
  const dataset = await exploreFile(engine, { path, mapping, settings, deduplicate, numberLines: true });
  const explored = { sha256: dataset.sha256, ledger: dataset.ledger, tables: await contents(dataset.tables) };
  const named = Object.entries(dataset.tables).map(([name, columns]) => [name, columns.filter((c) => c !== "line_no")]);
  const unnumbered: Record<string, string[]> = Object.fromEntries(named);
  const withoutNumbers = await contents(unnumbered);
  const again = await exploreFile(engine, { path, mapping, settings, deduplicate });
  expect(again).toEqual({ ...dataset, tables: unnumbered });
  expect(await contents(again.tables)).toEqual(withoutNumbers);
  // The caller goes on with the numbered tables.
  await exploreFile(engine, { path, mapping, settings, deduplicate, numberLines: true });
  return { cleaned, explored, dataset, report };
}

const described = (mapping: Mapping, settings = defaultSettings): DatasetDescription => ({
  name: "shop",
  title: "Shop",
  licence: "none",
  citation: "none",
  mapping,
  settings,
});

const columns = {
  customer_id: "who",
  order_id: "order",
  ordered_at: "when",
  product_id: "what",
  product_name: "name",
  quantity: "n",
  unit_price: "price",
  country: "country",
};

const text = `who,order,when,what,name,n,price,country
 7.0,o1,2025-03-30 00:30:00,p1,"Tea, green",2,3.50,UK
7,o1,2025-03-30 00:30:00,p2,nan,1,10,UK
8,o2,2025-07-01 23:30:00,p1,"Tea, green ",1,3.50, France
8,C3,2025-07-02 10:00:00,p1,Té,-1,3.50,France
,o4,2025-07-03 10:00:00,p1,"Tea, green",1,3.50,
8,o2,2025-07-01 23:30:00,p1,"Tea, green ",1,3.50, France
`;

describe("exploreFile", () => {
  const write = (name: string, content: string) => {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, name), content);
    return join(home, name);
  };

  it.each([
    ["in one reading", {}, false],
    ["with sniffed time formats", { sniffed: true }, false],
    ["without copies of rows", {}, true],
    ["with rules that rewrite", { rewriting: true }, true],
  ])(
    "gives what importing and cleaning give, %s",
    async (_, { sniffed, rewriting }: { sniffed?: boolean; rewriting?: boolean }, deduplicate) => {
      const orders = { file: "shop.csv", columns, ...(sniffed ? {} : { timestamp_format: "%Y-%m-%d %H:%M:%S" }) };
      const rule = {
        name: "dear",
        where: "unit_price > 9",
        action: "set",
        set: { amount: "amount * 2" },
        reason: "…",
      } as const;
      const cleaning = rewriting ? [rule, ...defaultSettings.cleaning] : defaultSettings.cleaning;
      const description = described({ orders }, { ...defaultSettings, timezone: "Europe/London", cleaning });
      const { cleaned, explored } = await bothWays(description, write("shop.csv", text), deduplicate);
      expect(explored).toEqual(cleaned);
      expect(await engine.rows("SELECT customer_id, ordered_at, ordered_on FROM orders ORDER BY order_id")).toEqual([
        { customer_id: "7", ordered_at: "2025-03-30T00:30:00Z", ordered_on: "2025-03-30" },
        { customer_id: "8", ordered_at: "2025-07-01T22:30:00Z", ordered_on: "2025-07-01" },
      ]);
    },
  );

  it("takes several files, and leaves features to be computed", async () => {
    const folder = join(home, "files");
    mkdirSync(folder);
    writeFileSync(join(folder, "orders.csv"), "id,who,at\n1,a,2025-01-01\n2,a,2025-02-01\n3,b,2025-02-03\n");
    writeFileSync(join(folder, "lines.csv"), "id,what,sum\n1,x,2.5\n1,y,1\n2,x,5\n3,y,7\n");
    writeFileSync(join(folder, "people.csv"), "who,sex,town\na,f,Ulm\nb,m,Bonn\n");
    const mapping: Mapping = {
      orders: { file: "orders.csv", columns: { order_id: "id", customer_id: "who", ordered_at: "at" } },
      order_lines: { file: "lines.csv", columns: { order_id: "id", product_id: "what", amount: "sum" } },
      customers: { file: "people.csv", columns: { customer_id: "who", gender: "sex", region: "town" } },
    };
    const { cleaned, explored, dataset } = await bothWays(described(mapping), folder, false);
    expect(explored).toEqual(cleaned);
    expect(dataset.tables["customers"]).toEqual(["customer_id", "region"]);
    const observations = await openObservations(engine, dataset, { asOf: "2025-03-01" });
    const { X, customerIds } = await observations.rows({ at: "2025-03-01", features: ["frequency", "monetary"] });
    expect([customerIds, Array.from(X.data)]).toEqual([
      ["a", "b"],
      [2, 8.5, 1, 7],
    ]);
  });

  it("explores again while observations are open", async () => {
    const orders = { file: "shop.csv", columns };
    for (const [name, content] of [
      ["one.csv", text],
      ["two.csv", text.replaceAll("o2", "o5")],
    ] as const) {
      const dataset = await exploreFile(engine, { path: write(name, content), mapping: { orders } });
      await openObservations(engine, dataset, { asOf: "2025-12-31" });
    }
    expect((await engine.rows("SELECT order_id FROM orders ORDER BY order_id")).map((row) => row["order_id"])).toEqual([
      "o1",
      "o5",
    ]);
  });

  it.each([
    ["a value that cannot be read", text.replace("3.50", "three"), /row 1: unit_price is "t…e", expected an amount/],
    [
      "a line with a field too many",
      `${text}9,o9,2025-07-03 10:00:00,p1,x,1,1,UK,more\n`,
      /line 8: it has 9 fields, expected 8/,
    ],
    ["a header alone", text.split("\n")[0], /it has a header but no rows/],
    ["a column that is not there", text.replace("who", "whom"), /it has no column "who"; did you mean "whom"/],
  ])("says of %s what an import says, and leaves nothing behind", async (_, content, message) => {
    const path = write("bad.csv", content);
    const orders = { file: "bad.csv", columns };
    const target = join(home, "refused");
    const said = async (attempt: Promise<unknown>) =>
      attempt.then(
        () => "nothing",
        (error: unknown) => String(error),
      );
    const imported = await said(
      importDataset(engine, described({ orders }), { from: path, target, now: new Date("2026-01-01") }),
    );
    const explored = await said(exploreFile(engine, { path, mapping: { orders } }));
    expect(explored).toMatch(message);
    expect(explored).toBe(imported);
    const left = await engine.rows("SELECT schema_name FROM duckdb_schemas() WHERE schema_name = 'scratch_explore'");
    expect(left).toEqual([]);
  });
});

describeOnRealData("exploreFile on Online Retail", (folder) => {
  it("gives set C, with the ledger and the tables of importing and cleaning", async () => {
    const known = importedDatasets.find(({ name }) => name === "online-retail");
    if (!known) throw new Error("online-retail is not known");
    const path = join(folder, "online_retail", "online_retail.csv.gz");
    const { cleaned, explored, report } = await bothWays(known, path, false);
    expect(explored).toEqual(cleaned);
    expect(report).toMatchObject({ lines: 397_884, customers: 4338, revenue: 8_911_407.904 });
  }, 120_000);
});
