import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoDataset, writeDemo } from "../../src/datasets/demo/index.js";
import { categorySlug, featureCatalogue, rankCorrelations, rollingOrigins } from "../../src/features/index.js";
import { expectSameBytes } from "./determinism.js";
import { expectNoLeaks, expectUntouchedByFuture } from "./leaks.js";
import { observe } from "./observe.js";
import { type Trusted, trust } from "./trust.js";

const asOf = "2025-12-31";

describe("features of the demo", () => {
  const folder = mkdtempSync(join(tmpdir(), "rekindle-demo-"));
  let trusted: Trusted;
  beforeAll(async () => {
    await writeDemo(join(folder, "demo"), { seed: 7, customers: 700 });
    trusted = await trust(demoDataset, join(folder, "demo"));
  });
  afterAll(() => {
    trusted.close();
    rmSync(folder, { recursive: true });
  });

  async function compute(features: readonly string[] = [asOf]) {
    const { observations, table } = await observe(trusted.engine, trusted.dataset, { asOf, features });
    return { ...table, observations };
  }

  it("are all of the catalogue, at least 45", async () => {
    const { names, leftOut } = await compute();
    const { categories } = trusted.dataset.settings;
    const expected = featureCatalogue.flatMap(({ name }) =>
      name.endsWith("<category>")
        ? categories.map((category) => name.replace("<category>", categorySlug(category)))
        : [name],
    );
    expect([...names].sort()).toEqual(expected.sort());
    expect(names.length).toBeGreaterThanOrEqual(45);
    expect(leftOut).toEqual([]);
  });

  it("are known for someone and differ between customers", async () => {
    const { names } = await compute();
    const counts = await trusted.engine.rows(
      `SELECT ${names.map((name) => `count(DISTINCT ${name}) AS ${name}`).join(", ")} FROM features`,
    );
    expect(names.filter((name) => Number(counts[0][name]) < 2)).toEqual([]);
  });

  it("hold no protected attribute, though the data have them", async () => {
    const { names, observations } = await compute();
    const { engine, dataset } = trusted;
    expect(dataset.settings.protected).toEqual(["race_white", "gender", "birth_year"]);
    const hidden = await engine.describe(`SELECT * FROM read_parquet('${join(trusted.folder, "protected.parquet")}')`);
    expect(hidden.map(({ name }) => name)).toEqual(["customer_id", ...dataset.settings.protected]);
    expect(names.filter((name) => dataset.settings.protected.includes(name))).toEqual([]);
    const readable = (await observations.engine.describe("SELECT * FROM trusted_customers")).map(({ name }) => name);
    expect(readable.filter((name) => dataset.settings.protected.includes(name))).toEqual([]);
  });

  it("are the same for a cut alone and among many", async () => {
    const { engine } = trusted;
    const { observations } = await compute();
    const { final } = rollingOrigins(observations, { horizonDays: 30, minCustomers: 300 });
    expect(final.length).toBeGreaterThan(10);
    await compute(final);
    await engine.run("CREATE OR REPLACE TABLE many AS SELECT * FROM features");
    for (const cut of [final[0], final[5]]) {
      const { rows } = await compute([cut]);
      const [{ n }] = await engine.rows(
        `SELECT count(*) AS n FROM (SELECT * FROM features INTERSECT SELECT * FROM many WHERE as_of = CAST($cut AS DATE)) AS t`,
        { cut },
      );
      expect(n).toBe(rows);
    }
  });

  it("see nothing after a cut", async () => {
    await expectNoLeaks(trusted, { asOf, at: ["2025-01-15", "2025-10-02"] });
  });

  it("stay the same when everything after as_of is changed", async () => {
    await expectUntouchedByFuture(trusted, { asOf: "2025-06-30", at: ["2025-02-28", "2025-03-31"], horizonDays: 90 });
  });

  it("come out with the same bytes from one thread and from two, and once more", async () => {
    await expectSameBytes(trusted, { asOf, cuts: ["2025-06-30", asOf] });
  });

  it("correlate in ranks: what grows together has 1, ties share their rank, constants have none", async () => {
    const { engine } = trusted;
    await engine.run(
      `CREATE OR REPLACE TABLE small AS SELECT CAST(i AS VARCHAR) AS customer_id, DATE '2024-01-01' AS as_of, i AS up, i * i AS curve,
         -i AS down, 5 AS flat, CASE WHEN i > 2 THEN i END AS gappy, i % 2 AS odd FROM range(1, 7) AS t(i)`,
    );
    const { names, values } = await rankCorrelations(engine, {
      relation: "small",
      names: ["up", "curve", "down", "flat", "gappy", "odd"],
    });
    const of = (a: string, b: string) => values[names.indexOf(a)][names.indexOf(b)];
    expect([of("up", "curve"), of("up", "gappy"), of("curve", "up")]).toEqual(
      [1, 1, 1].map((v) => expect.closeTo(v, 12)),
    );
    expect(of("up", "down")).toBeCloseTo(-1, 12);
    expect(of("up", "flat")).toBeNull();
    // Ranks of odd: 5, 2, 5, 2, 5, 2. Covariance -4.5, variances 17.5 and 13.5.
    expect(of("up", "odd")).toBeCloseTo(-4.5 / Math.sqrt(17.5 * 13.5), 12);
  });
});
