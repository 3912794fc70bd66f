import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { customerTotals } from "../../src/features/index.js";
import { hasRealData } from "../real-data.js";
import { expectNoLeaks } from "./leaks.js";
import { observe } from "./observe.js";
import { rfmFacts } from "./rfm.js";
import { type Trusted, trustKnown } from "./trust.js";

describe.skipIf(!hasRealData)("features of Online Retail II without its overlap", () => {
  let trusted: Trusted;
  beforeAll(async () => {
    trusted = await trustKnown("online-retail-ii");
  });
  afterAll(() => trusted.close());

  it("has the datasets README's R, F and M as of 2011-12-10", async () => {
    const { engine, dataset } = trusted;
    const { observations } = await observe(engine, dataset, { asOf: "2011-12-10", features: ["2011-12-10"] });
    const facts = await rfmFacts(engine);
    expect(facts["customers"]).toBe(5878);
    expect(facts["lines"]).toBe(791_045);
    expect(facts["one_order"]).toBe(1623);
    expect(facts["r_mean"]).toBeCloseTo(201.8668, 4);
    expect(facts["f_mean"]).toBeCloseTo(6.2894, 4);
    expect(facts["m_mean"]).toBeCloseTo(2965.5582, 4);
    expect([facts["r_50"], facts["r_max"], facts["f_50"], facts["f_max"]]).toEqual([96, 739, 3, 398]);
    expect(facts["m_50"]).toBeCloseTo(869.8, 6);
    const [most] = await engine.rows("SELECT customer_id FROM features ORDER BY frequency DESC LIMIT 1");
    expect(most["customer_id"]).toBe("14911");
    expect((await customerTotals(observations)).topFifthShare).toBeCloseTo(0.7718, 4);
  });

  it.each([
    ["2011-09-09", 91, 5281, 2292, 3_051_092.58],
    ["2011-06-09", 183, 4969, 2577, 4_589_774.28],
    ["2010-12-09", 365, 4312, 2698, 6_850_008.68],
  ])(
    "labels the README's time split at the end of %s, %d days ahead",
    async (cut, horizonDays, known, again, spend) => {
      const { engine, dataset } = trusted;
      await observe(engine, dataset, { asOf: "2011-12-09", labels: { at: cut, horizonDays } });
      const [row] = await engine.rows(
        "SELECT count(*) AS known, sum(bought_again) AS again, sum(@money(spend)) AS spend FROM labels WHERE horizon_days = $horizonDays",
        { horizonDays },
      );
      expect(row).toEqual({ known, again, spend: expect.closeTo(spend, 2) });
    },
  );

  it("sees nothing after a cut", async () => {
    await expectNoLeaks(trusted, { asOf: "2011-12-09", at: ["2010-12-09"] });
  });
});
