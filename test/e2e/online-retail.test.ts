import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Engine, openDuckDb } from "../../src/engine/index.js";
import { hasRealData, realData } from "../real-data.js";
import { makeHome, mustRun, readJson } from "./rekindle.js";

/** The figures are those of section 1 of the datasets README. */
describe.skipIf(!hasRealData)("Online Retail from its file to its report", () => {
  let home: string;
  let engine: Engine;

  beforeAll(async () => {
    home = makeHome();
    const file = realData("online_retail", "online_retail.csv.gz");
    await mustRun(["data", "add", "online-retail", "--from", file, "--quiet"], { home });
    await mustRun(["run", "--dataset", "online-retail", "--as-of", "2011-12-10", "--no-tracking", "--quiet"], { home });
    engine = await openDuckDb();
    const features = join(home, "artifacts", "online-retail", "features");
    await engine.registerParquet("store", join(features, "feature_store.parquet"));
    await engine.registerParquet("btyd", join(features, "btyd_summary.parquet"));
  });
  afterAll(() => {
    engine.close();
    rmSync(home, { recursive: true, force: true });
  });

  test("the cleaning report counts set C and what it cost", () => {
    const report = readJson<{ lines: number; orders: number; customers: number; revenue: number }>(
      join(home, "artifacts", "online-retail", "cleaning", "cleaning_report.json"),
    );
    expect(report).toMatchObject({ lines: 397_884, orders: 18_532, customers: 4338 });
    expect(report.revenue).toBeCloseTo(8_911_407.904, 3);
  });

  test("the feature store has the README's means and quartiles of R, F and M", async () => {
    const [row] = await engine.rows(
      `SELECT count(*) AS n, min(as_of) AS as_of, avg(recency_days) AS r, avg(frequency) AS f, avg(monetary) AS m,
         quantile_cont(recency_days, 0.25) AS r25, median(recency_days) AS r50, quantile_cont(recency_days, 0.75) AS r75,
         quantile_cont(frequency, 0.25) AS f25, median(frequency) AS f50, quantile_cont(frequency, 0.75) AS f75,
         quantile_cont(monetary, 0.25) AS m25, median(monetary) AS m50, quantile_cont(monetary, 0.75) AS m75 FROM store`,
    );
    expect(row).toMatchObject({ n: 4338, as_of: "2011-12-10", r25: 18, r50: 51, r75: 142.75, f25: 1, f50: 2, f75: 5 });
    expect(row["r"]).toBeCloseTo(93.0595, 4);
    expect(row["f"]).toBeCloseTo(4.272, 4);
    expect(row["m"]).toBeCloseTo(2054.2665, 4);
    expect(row["m25"]).toBeCloseTo(307.415, 6);
    expect(row["m50"]).toBeCloseTo(674.485, 6);
    expect(row["m75"]).toBeCloseTo(1661.74, 6);
  });

  test.each([
    ["12346", 326, 1, 77_183.6],
    ["12347", 3, 7, 4310],
    ["14646", 2, 73, 280_206.02],
    ["18287", 43, 3, 1837.28],
  ])("customer %s is the README's", async (id, recency_days, frequency, monetary) => {
    const rows = await engine.rows("SELECT recency_days, frequency, monetary FROM store WHERE customer_id = $id", {
      id,
    });
    expect(rows).toEqual([{ recency_days, frequency, monetary }]);
  });

  test("12346 stands at nothing once returns are netted", async () => {
    const out = join(home, "netted");
    const day = ["--as-of", "2011-12-10", "--returns", "net", "--no-tracking", "--quiet"];
    await mustRun(["features", "--dataset", "online-retail", ...day, "--out", out], { home });
    await engine.registerParquet("netted", join(out, "features", "feature_store.parquet"));
    expect(await engine.rows("SELECT monetary FROM netted WHERE customer_id = '12346'")).toEqual([{ monetary: 0 }]);
  });

  test("the report says what was read and what is left, in pounds", () => {
    const markdown = readFileSync(join(home, "reports", "online-retail", "data_quality.md"), "utf8");
    for (const fact of ["541,909", "397,884", "4,338", "£"]) expect(markdown).toContain(fact);
  });
});
