import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMappingFile } from "../../src/datasets/index.js";
import { hasRealData, realData } from "../real-data.js";
import { expectNoLeaks, expectUntouchedByFuture } from "./leaks.js";
import { observe } from "./observe.js";
import { type Trusted, trust } from "./trust.js";

const mappingFile = fileURLToPath(new URL("../../docs/examples/complete-journey.mapping.json", import.meta.url));

describe.skipIf(!hasRealData)("features of Complete Journey", () => {
  let trusted: Trusted;
  beforeAll(async () => {
    const { mapping, settings } = await readMappingFile(mappingFile);
    const description = { name: "complete-journey", title: "Complete Journey", licence: "CC0", citation: "" };
    trusted = await trust({ ...description, settings, mapping }, realData("complete_journey_sample"));
  });
  afterAll(() => trusted.close());

  it("cover campaigns, coupons and demographics, at least 45 of them", async () => {
    const { engine, dataset } = trusted;
    const { table } = await observe(engine, dataset, { asOf: "2017-12-31", features: ["2017-12-31"] });
    const { names, rows } = table;
    expect(rows).toBe(2377);
    expect(names.length).toBeGreaterThanOrEqual(45);
    expect(names).toEqual(expect.arrayContaining(["redemption_rate_730d", "household_income", "household_size"]));
    const [row] = await engine.rows(
      "SELECT count(household_income) AS known, max(redemption_rate_730d) AS most, sum(CASE WHEN redemption_rate_730d > 0 THEN 1 ELSE 0 END) AS redeemers FROM features",
    );
    expect(row["known"]).toBeGreaterThan(700);
    expect(row["redeemers"]).toBeGreaterThan(100);
    expect(row["most"]).toBeLessThanOrEqual(1);
  });

  it("see nothing after a cut", async () => {
    await expectNoLeaks(trusted, { asOf: "2017-12-31", at: ["2017-06-30"] });
  });

  it("stay the same when everything after as_of is changed", async () => {
    await expectUntouchedByFuture(trusted, { asOf: "2017-09-30", at: ["2017-06-30"], horizonDays: 90 });
  });
});
