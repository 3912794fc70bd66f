import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasRealData } from "../real-data.js";
import { expectNoLeaks, expectUntouchedByFuture } from "./leaks.js";
import { observe } from "./observe.js";
import { type Trusted, trustKnown } from "./trust.js";

describe.skipIf(!hasRealData)("features of the store sales", () => {
  let trusted: Trusted;
  beforeAll(async () => {
    trusted = await trustKnown("store-sales");
  });
  afterAll(() => trusted.close());

  it("are at least 45, and what is left out says what it lacks", async () => {
    const { engine, dataset } = trusted;
    const { table } = await observe(engine, dataset, { asOf: "2025-09-27", features: ["2025-09-27"] });
    const { names, leftOut, rows } = table;
    expect(names.length).toBeGreaterThanOrEqual(45);
    expect(new Set(names).size).toBe(names.length);
    expect(rows).toBeGreaterThan(3900);
    expect(leftOut).toContainEqual({ name: "household_income", lacks: ["customers.household_income"] });
    expect(leftOut).toContainEqual({ name: "days_since_last_direct_mail", lacks: ["contacts.channel"] });
    const all = await engine.describe("SELECT * FROM features");
    expect(all.map(({ name }) => name)).toEqual(["customer_id", "as_of", ...names]);
  });

  it("count spend by category that adds up to no more than all spend", async () => {
    const { engine, dataset } = trusted;
    await observe(engine, dataset, { asOf: "2025-09-27", features: ["2025-09-27"] });
    const [row] = await engine.rows(
      `SELECT sum(CASE WHEN spend_30d_electronics + spend_30d_grocery + spend_30d_sports > total_spend_30d + 1e-6 THEN 1 ELSE 0 END) AS beyond,
         sum(favorite_category_grocery) AS grocers, max(favorite_category_electronics + favorite_category_grocery + favorite_category_sports) AS most FROM features`,
    );
    expect(row["beyond"]).toBe(0);
    expect(row["grocers"]).toBeGreaterThan(0);
    expect(row["most"]).toBe(1);
  });

  it("see nothing after a cut", async () => {
    await expectNoLeaks(trusted, { asOf: "2025-09-27", at: ["2024-06-30", "2025-06-30"] });
  });

  it("stay the same when everything after as_of is changed", async () => {
    await expectUntouchedByFuture(trusted, { asOf: "2025-03-31", at: ["2024-12-31"], horizonDays: 30 });
  });
});
