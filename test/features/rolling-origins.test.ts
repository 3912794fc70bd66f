import { describe, expect, it } from "vitest";
import { rollingOrigins } from "../../src/features/index.js";

describe("rollingOrigins", () => {
  // Written out by hand for A = 2024-12-31 and h = 30: A - h = 12-01, A - 2h = 11-01, A - 3h = 10-02.
  it("gives the cuts of an example written out by hand", () => {
    const firstOrderDays = ["2024-06-01", "2024-06-01", "2024-08-20"];
    expect(rollingOrigins({ asOf: "2024-12-31", firstOrderDays }, { horizonDays: 30, minCustomers: 2 })).toEqual({
      score: "2024-12-31",
      test: "2024-12-01",
      validation: "2024-11-01",
      choice: ["2024-10-02", "2024-09-02", "2024-08-03"],
      fit: ["2024-11-01", "2024-10-02", "2024-09-02", "2024-08-03"],
      final: ["2024-12-01", "2024-11-01", "2024-10-02", "2024-09-02", "2024-08-03"],
    });
  });

  it("keeps an origin with exactly 60 days of history and drops one with 59", () => {
    const oldest = (first: string) =>
      rollingOrigins({ asOf: "2024-12-31", firstOrderDays: [first] }, { horizonDays: 30, minCustomers: 1 }).final.at(
        -1,
      );
    expect(oldest("2024-10-02")).toBe("2024-12-01");
    expect(oldest("2024-10-03")).toBeUndefined();
  });

  it("stops where too few customers lie before", () => {
    const firstOrderDays = ["2024-01-01", "2024-10-02", "2024-11-15"];
    const { final } = rollingOrigins({ asOf: "2024-12-31", firstOrderDays }, { horizonDays: 30, minCustomers: 2 });
    expect(final).toEqual(["2024-12-01", "2024-11-01", "2024-10-02"]);
  });

  it("has every label closed at the cut where it is used", () => {
    const firstOrderDays = new Array(600).fill("2022-01-01");
    const cuts = rollingOrigins({ asOf: "2024-12-31", firstOrderDays }, { horizonDays: 90 });
    const closes = (day: string) => new Date(Date.parse(day) + 90 * 86_400_000).toISOString().slice(0, 10);
    expect(closes(cuts.choice[0])).toBe(cuts.validation);
    expect(closes(cuts.fit[0])).toBe(cuts.test);
    expect(closes(cuts.final[0])).toBe(cuts.score);
    expect(cuts.choice.length).toBeGreaterThan(20);
  });

  it("refuses a horizon or a step of no days", () => {
    const firstOrderDays = ["2024-01-01"];
    expect(() => rollingOrigins({ asOf: "2024-12-31", firstOrderDays }, { horizonDays: 0 })).toThrow(
      "horizonDays is 0",
    );
    expect(() => rollingOrigins({ asOf: "2024-12-31", firstOrderDays }, { horizonDays: 30, stepDays: 0 })).toThrow(
      "stepDays is 0",
    );
    expect(() => rollingOrigins({ asOf: "2024-13-31", firstOrderDays }, { horizonDays: 30 })).toThrow('"2024-13-31"');
  });
});
