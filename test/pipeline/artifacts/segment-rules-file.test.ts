import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  keepRules,
  parseSegmentRules,
  readSegmentRules,
  segmentRulesPath,
  writeSegmentRules,
} from "../../../src/pipeline/artifacts/segment-rules-file.js";
import { fitRulesOf, fitSegmentRules, resolveRules } from "../../../src/segmentation/index.js";
import { tenCustomers } from "../../segmentation/ten-customers.js";

const folder = mkdtempSync(join(tmpdir(), "rekindle-rules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const freshPath = () => join(folder, `${++files}`, "segment_rules.json");

const days = { now: tenCustomers("2026-01-31", 40), before: tenCustomers("2026-01-01", 20) };
const later = { now: tenCustomers("2026-04-30", 90), before: tenCustomers("2026-03-31", 70) };
const fitted = fitRulesOf(days.now);

describe("kept segment rules", () => {
  test("published limits are kept in no file", async () => {
    const path = freshPath();
    await keepRules(resolveRules(days, { settings: { rules: "standard" } }), path);
    expect(existsSync(path)).toBe(false);
  });

  test("first limits are kept, those of the later day", async () => {
    const path = freshPath();
    await keepRules(resolveRules(days, { settings: {} }), path);
    expect(await readSegmentRules(path)).toEqual(fitted);
  });

  test("kept limits stay as they are in later months and for earlier days", async () => {
    const path = freshPath();
    await keepRules(resolveRules(days, { settings: {} }), path);
    const text = readFileSync(path, "utf8");
    const kept = await readSegmentRules(path);
    const earlier = { now: tenCustomers("2025-12-31", 25), before: tenCustomers("2025-12-01", 22) };
    for (const customers of [later, earlier]) await keepRules(resolveRules(customers, { settings: {}, kept }), path);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("new limits take their place on request", async () => {
    const path = freshPath();
    await keepRules(resolveRules(days, { settings: {} }), path);
    const kept = await readSegmentRules(path);
    await keepRules(resolveRules(later, { settings: {}, kept, refit: true }), path);
    expect((await readSegmentRules(path))?.asOf).toBe("2026-04-30");
  });
});

describe("the file of fitted segment rules", () => {
  const json = async () => {
    const path = freshPath();
    await writeSegmentRules(path, fitted);
    return JSON.parse(readFileSync(path, "utf8")) as { rules: Record<string, unknown>[] } & Record<string, unknown>;
  };

  test("lies beside the settings of its dataset, in snake case, with its day", async () => {
    expect(segmentRulesPath({ home: folder }, "shop")).toBe(join(folder, "datasets", "shop", "segment_rules.json"));
    const { rules, ...facts } = await json();
    expect(facts).toEqual({
      ...{ version: 1, as_of: "2026-01-31", customers: 10, repeat_customers: 9, median_gap_days: 40, remarks: [] },
    });
    expect(rules[0]).toEqual({ name: "Champions", recency_below: 40, orders_above: 8, order_value_above: 43.7 });
  });

  test("is nothing where none was written", async () => {
    expect(await readSegmentRules(freshPath())).toBeUndefined();
  });

  test("is refused where it is broken, with the place, what is there and what is expected", async () => {
    const good = await json();
    const [champions, ...others] = good.rules;
    const refused = (value: unknown) => () => parseSegmentRules(JSON.stringify(value), "segment_rules.json");
    expect(() => parseSegmentRules("{", "segment_rules.json")).toThrow("not valid JSON");
    expect(refused(null)).toThrow("the value is null; expected an object");
    expect(refused({ ...good, as_of: "31.01.2026" })).toThrow('"as_of" is "31.01.2026"; expected a day as YYYY-MM-DD');
    expect(refused({ ...good, customers: -1 })).toThrow('"customers" is -1');
    expect(refused({ ...good, median_gap_days: "40" })).toThrow('"median_gap_days" is "40"; expected days or null');
    expect(refused({ ...good, version: 2 })).toThrow('Cannot read "segment_rules.json": "version" is 2; expected 1');
    expect(refused({ ...good, median_gap_days: 0 })).toThrow(
      'Cannot read "segment_rules.json": "median_gap_days" is 0; expected a number above 0, since the limits of recency differ',
    );
    expect(refused({ ...good, rules: others })).toThrow('"rules" are those of Loyal Customers, At Risk');
    expect(refused({ ...good, rules: [{ ...champions, recency_belw: 3 }, ...others] })).toThrow(
      '"rules[0]" has an unknown key "recency_belw"; did you mean "recency_below"?',
    );
    expect(refused({ ...good, rules: [{ ...champions, orders_above: "8" }, ...others] })).toThrow(
      '"rules[0].orders_above" is "8"; expected a number, at least 0',
    );
    const closed = [champions, ...others.slice(0, -1), { name: "Lost/Churned", recency_above: 5 }];
    expect(refused({ ...good, rules: closed })).toThrow('"rules.Lost/Churned" has a condition');
    expect(parseSegmentRules(JSON.stringify(good), "segment_rules.json")).toEqual(fitted);
  });

  test("may have a median gap of 0 days where repeat customers order twice in a day", async () => {
    const path = freshPath();
    const sameDay = fitSegmentRules(
      { frequency: [2, 9], avgBasketValue: [5, 6] },
      { asOf: "2026-01-31", gaps: [0, 0] },
    );
    await writeSegmentRules(path, sameDay);
    expect(await readSegmentRules(path)).toEqual(sameDay);
  });

  test("is refused where its day is after the import, and taken on that day", async () => {
    const path = freshPath();
    await writeSegmentRules(path, fitted);
    expect(await readSegmentRules(path, { imported_at: "2026-01-31T08:00:00Z" })).toEqual(fitted);
    await expect(readSegmentRules(path, { imported_at: "2026-01-30T08:00:00Z" })).rejects.toThrow(
      `Cannot read "${path}": "as_of" is "2026-01-31"; expected the day of the import, 2026-01-30, or an earlier one; fit new limits with --refit-rules`,
    );
  });

  test("names its path in the message", async () => {
    const path = freshPath();
    await writeSegmentRules(path, fitted);
    writeFileSync(path, "[]");
    await expect(readSegmentRules(path)).rejects.toThrow(path);
  });
});
