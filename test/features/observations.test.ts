import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultSettings, parseMapping } from "../../src/datasets/index.js";
import { type Engine, openDuckDb } from "../../src/engine/index.js";
import {
  boughtAgain,
  churned,
  openObservations,
  orders,
  rollingOrigins,
  spend,
  spendOn,
  timeSplit,
} from "../../src/features/index.js";
import { fitBetaGeo } from "../../src/models/index.js";
import { handMade, ordersHeader } from "./hand-made.js";
import { trust } from "./trust.js";

const asOf = "2024-07-30";
const [early, late] = ["2024-05-31", "2024-06-30"];

/** Customers a, b and c of one shop; c comes in June. Nothing is known of b's income, c has no region. */
const shop = {
  orders: [
    ordersHeader,
    ...["1 a 2024-05-01 10", "2 b 2024-05-20 20", "3 a 2024-06-10 30", "4 c 2024-06-20 5"],
    ...["5 a 2024-07-01 40", "6 a 2024-07-30 50", "7 c 2024-07-15 60"],
  ],
  order_lines: [
    "order_id:VARCHAR line_no:INTEGER product_id:VARCHAR amount:DECIMAL(18,4)",
    ...["1 1 tea 10", "2 1 tea 20", "3 1 tea 30", "4 1 cup 5", "5 1 tea 15", "5 2 cup 25", "6 1 cup 50", "7 1 tea 60"],
  ],
  products: ["product_id:VARCHAR category:VARCHAR", "tea Drinks", "cup Kitchen"],
  customers: [
    "customer_id:VARCHAR household_income:DECIMAL(18,4) is_new_mover:BOOLEAN region:VARCHAR",
    ...["a 40000 true north", "b - false south", "c 30000 - -"],
  ],
};

describe("observations", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openDuckDb();
  });
  afterAll(() => engine.close());

  const open = async (options: { returns?: "drop" | "net" } = {}) =>
    openObservations(engine, await handMade(engine, shop), { asOf, ...options });

  it("give features and a label of several days, by day and customer", async () => {
    const observations = await open();
    const features = ["frequency", "household_income", "region", "is_new_mover", "recency_days"];
    const rows = await observations.rows({ at: [late, early], features, label: churned(30) });
    expect(rows.customerIds).toEqual(["a", "b", "a", "b", "c"]);
    expect(rows.asOf).toEqual([early, early, late, late, late]);
    expect(rows.X.columnNames).toEqual(["frequency", "household_income", "is_new_mover", "recency_days"]);
    expect(Array.from(rows.X.data)).toEqual([
      ...[1, 40_000, 1, 30],
      ...[1, Number.NaN, 0, 11],
      ...[2, 40_000, 1, 20],
      ...[1, Number.NaN, 0, 41],
      ...[1, 30_000, Number.NaN, 10],
    ]);
    expect(rows.text).toEqual({ region: ["north", "south", "north", "south", null] });
    expect(Array.from(rows.y)).toEqual([0, 1, 0, 1, 0]);
  });

  it("label what customers did in the horizon", async () => {
    const observations = await open();
    const label = async (one: ReturnType<typeof churned>) =>
      Array.from((await observations.rows({ at: late, features: ["frequency"], label: one })).y);
    expect(await label(boughtAgain(30))).toEqual([1, 0, 1]);
    expect(await label(orders(30))).toEqual([2, 0, 1]);
    expect(await label(orders(29))).toEqual([1, 0, 1]);
    expect(await label(spend(30))).toEqual([90, 0, 60]);
    expect(await label(spendOn("Kitchen", 30))).toEqual([75, 0, 0]);
    expect(await label(spendOn(" drinks", 15))).toEqual([15, 0, 60]);
    await expect(label(spendOn("kitchn", 30))).rejects.toThrow(
      'Cannot label by "kitchn": no product has this category; did you mean "kitchen"?',
    );
    await expect(label(spendOn("Books", 31))).rejects.toThrow(
      `Cannot label the rows of ${late} with spendOn("Books", 31): its horizon ends on 2024-07-31 and orders are known up to ${asOf}; use 2024-06-29 or an earlier day`,
    );
  });

  it("are divided by day and by row, with all that belongs to a row", async () => {
    const observations = await open();
    const features = ["frequency", "region"];
    const rows = await observations.rows({ at: ["2024-01-01", early, late], features, label: orders(30) });
    const part = rows.at(late);
    expect([part.customerIds, part.asOf, Array.from(part.X.data), Array.from(part.y), part.text]).toEqual([
      ["a", "b", "c"],
      [late, late, late],
      [2, 1, 1],
      [2, 0, 1],
      { region: ["north", "south", null] },
    ]);
    expect(rows.at([late, early]).customerIds).toEqual(rows.customerIds);
    expect(rows.at("2024-01-01").X).toMatchObject({ nRows: 0, nCols: 1 });
    const taken = rows.take([4, 0]);
    expect([taken.customerIds, taken.asOf, Array.from(taken.y)]).toEqual([
      ["c", "a"],
      [late, early],
      [1, 1],
    ]);
    expect(() => rows.take([5])).toThrow("Cannot take rows: there is no row 5; expected 0 to 4");
    expect(() => part.at(early)).toThrow(`Cannot take the rows of ${early}: there are only rows of ${late}`);
  });

  it("give purchase histories that models take as they are", async () => {
    const observations = await open();
    const histories = await observations.purchaseHistories({ at: asOf });
    expect(histories).toMatchObject({ customerIds: ["a", "b", "c"], asOf: [asOf, asOf, asOf] });
    expect([histories.x, histories.t_x, histories.T, histories.m_x].map((column) => Array.from(column))).toEqual([
      [3, 0, 1],
      [90, 0, 25],
      [90, 71, 40],
      [40, 0, 60],
    ]);
    expect(fitBetaGeo(histories, { unit: "days" }).parameters.r).toBeGreaterThan(0);
  });

  it("answer several questions at once, each as of its own days", async () => {
    const observations = await open();
    const days = [early, late, asOf, early];
    const answers = await Promise.all(days.map((at) => observations.rows({ at, features: ["frequency"] })));
    expect(answers.map(({ customerIds }) => customerIds.length)).toEqual([2, 3, 3, 2]);
    await expect(observations.rows({ at: late, features: ["frequencies"] })).rejects.toThrow('"frequencies"');
    expect((await observations.rows({ at: late, features: ["frequency"] })).X.nRows).toBe(3);
  });

  it("keep what they gave until they are closed, however many are open", async () => {
    const [one, other] = await Promise.all([
      open(),
      openObservations(engine, await handMade(engine, shop), { asOf: late, returns: "net" }),
    ]);
    const all = await one.features({ at: asOf, features: ["frequency"] });
    const some = await other.features({ at: early, features: ["frequency"] });
    const count = async ({ relation }: { relation: string }) =>
      (await engine.rows(`SELECT count(*) AS n, sum(frequency) AS orders FROM ${relation}`))[0];
    expect([await count(all), await count(some)]).toEqual([
      { n: 3, orders: 7 },
      { n: 2, orders: 2 },
    ]);
    const known = async (observations: typeof one) =>
      (await observations.engine.rows("SELECT count(*) AS n FROM orders"))[0];
    expect([await known(one), await known(other)]).toEqual([{ n: 7 }, { n: 4 }]);
    await other.close();
    await other.close();
    expect(await count(all)).toEqual({ n: 3, orders: 7 });
    await expect(count(some)).rejects.toThrow("does not exist");
    await one.close();
    const left = await engine.rows(
      "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'observations%'",
    );
    for (const { schema_name } of left) {
      const [{ n }] = await engine.rows(
        "SELECT count(*) AS n FROM information_schema.tables WHERE table_schema = $name",
        {
          name: schema_name,
        },
      );
      expect(n, String(schema_name)).toBeGreaterThan(0);
    }
  });

  it.each(["rows", "features", "purchaseHistories", "btydSummary", "labels", "leakageCheck"] as const)(
    "%s refuses an option that it does not know",
    async (method) => {
      const request = { at: early, quiteUnknown: 1 } as never;
      const observations = await open();
      await expect((async () => observations[method](request))()).rejects.toThrow(
        /^Cannot .+: unknown option "quiteUnknown"; expected one of at/,
      );
    },
  );

  it("split rows by the time rules", async () => {
    const observations = await open();
    const few = { minCustomers: 1, minHistoryDays: 0 };
    const { train, validation, test, origins } = await timeSplit(observations, {
      label: churned(20),
      features: ["frequency"],
      ...few,
    });
    expect(origins).toEqual(rollingOrigins(observations, { horizonDays: 20, ...few }));
    expect([train, validation, test].map((rows) => [...new Set(rows.asOf)])).toEqual([
      ["2024-05-01", "2024-05-31"],
      ["2024-06-20"],
      ["2024-07-10"],
    ]);
    await expect(timeSplit(observations, { label: churned(90) })).rejects.toThrow(
      "Cannot split in time: before 2024-02-01 no day has a closed horizon of 90 days and enough history",
    );
  });
});

it("observations leave a user's own orders, features and labels alone, and do not read them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rekindle-own-"));
  writeFileSync(join(folder, "shop.csv"), "id,who,at,total\n1,a,2024-06-01,10\n2,a,2024-06-20,20\n3,b,2024-06-21,40\n");
  const columns = { order_id: "id", customer_id: "who", ordered_at: "at", order_total: "total" };
  const mapping = parseMapping({ orders: { file: "shop.csv", columns } });
  const settings = { ...defaultSettings, cleaning: [] };
  const trusted = await trust({ name: "own", title: "Own", licence: "", citation: "", settings, mapping }, folder);
  const engine = await openDuckDb();
  try {
    const own = ["orders", "features", "labels", "seen_customers", "cuts", "btyd_summary"];
    for (const name of own) await engine.run(`CREATE TABLE ${name} AS SELECT '${name}' AS mine`);
    const observations = await openObservations(engine, trusted.dataset, { asOf: "2024-06-30" });
    const { X, y } = await observations.rows({ at: "2024-06-10", features: ["monetary"], label: spend(20) });
    expect([Array.from(X.data), Array.from(y)]).toEqual([[10], [20]]);
    expect((await observations.purchaseHistories({ at: "2024-06-30" })).customerIds).toEqual(["a", "b"]);
    for (const name of own) expect(await engine.rows(`SELECT * FROM ${name}`)).toEqual([{ mine: name }]);
    await observations.close();
    for (const name of own) expect(await engine.rows(`SELECT * FROM ${name}`)).toEqual([{ mine: name }]);
  } finally {
    engine.close();
    trusted.close();
    rmSync(folder, { recursive: true });
  }
});
