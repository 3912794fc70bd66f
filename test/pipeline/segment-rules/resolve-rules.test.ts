import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDataset, writeDemo } from "../../../src/datasets/demo/index.js";
import { openTrustedTables } from "../../../src/datasets/index.js";
import { openObservations } from "../../../src/features/index.js";
import {
  parseSegmentRules,
  readSegmentRules,
  segmentRulesPath,
  writeSegmentRules,
} from "../../../src/pipeline/artifacts/segment-rules-file.js";
import { membersAt } from "../../../src/pipeline/experiments/base-rates.js";
import { keepRules, resolveRules } from "../../../src/pipeline/segment-rules/resolve-rules.js";
import { ruleLines } from "../../../src/pipeline/segment-rules/rule-lines.js";
import { loadCustomers } from "../../../src/pipeline/segments/load-customers.js";
import {
  customersOf,
  fitRulesOf,
  ruleSegments,
  type SegmentationModel,
  standardSegmentRules,
} from "../../../src/segmentation/index.js";
import { replaceFuture } from "../../features/leaks.js";
import { type Trusted, trust } from "../../features/trust.js";

const folder = mkdtempSync(join(tmpdir(), "rekindle-rules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const freshPath = () => join(folder, `${++files}`, "segment_rules.json");

/** Ten customers with 1 to 10 orders, `gap` days apart, the last one `gap` days ago. */
function customersAt(asOf: string, gap: number) {
  const orders = Float64Array.from({ length: 10 }, (_, i) => 1 + i);
  const features = {
    recency_days: orders.map(() => gap),
    frequency: orders,
    monetary: orders.map((count) => 50 * count),
    avg_basket_value: orders.map((count) => 40 + count),
    days_since_first_purchase: orders.map((count) => gap * count),
  };
  return customersOf(features, { ids: Array.from(orders, (count) => `c${count}`), asOf });
}
const days = { now: customersAt("2026-01-31", 40), before: customersAt("2026-01-01", 20) };

describe("segment rules of a run", () => {
  test("published ones are the same on both days and touch no file", async () => {
    const path = freshPath();
    const rules = await resolveRules(days, { settings: { rules: "standard" }, path });
    expect(rules).toEqual({ kind: "standard", now: standardSegmentRules, before: standardSegmentRules });
    await keepRules(rules, path);
    expect(existsSync(path)).toBe(false);
    expect(ruleLines({ rules, now: { customers: days.now, rules: ruleSegments(days.now) } })).toEqual([]);
  });

  test("fitted ones are fitted to each day at first, and kept as those of the later", async () => {
    const path = freshPath();
    const rules = await resolveRules(days, { settings: {}, path });
    expect(rules.limits).toMatchObject({
      now: { origin: "new", fitted: { asOf: "2026-01-31", medianGapDays: 40 } },
      before: { origin: "own", fitted: { asOf: "2026-01-01", medianGapDays: 20 } },
    });
    expect([rules.now[0].recencyBelow, rules.before[0].recencyBelow]).toEqual([40, 20]);
    await keepRules(rules, path);
    expect(await readSegmentRules(path)).toEqual(fitRulesOf(days.now));
  });

  test("kept ones serve later months unchanged, on both days", async () => {
    const path = freshPath();
    await keepRules(await resolveRules(days, { settings: {}, path }), path);
    const text = readFileSync(path, "utf8");
    const later = { now: customersAt("2026-04-30", 90), before: customersAt("2026-03-31", 70) };
    const rules = await resolveRules(later, { settings: {}, path });
    expect(rules.limits).toMatchObject({ now: { origin: "kept" }, before: { origin: "kept" } });
    expect([rules.now[0].recencyBelow, rules.before[0].recencyBelow]).toEqual([40, 40]);
    await keepRules(rules, path);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("an earlier day does not see kept limits of a later one, and leaves them as they are", async () => {
    const path = freshPath();
    await keepRules(await resolveRules(days, { settings: {}, path }), path);
    const text = readFileSync(path, "utf8");
    const earlier = { now: customersAt("2025-12-31", 25), before: customersAt("2025-12-01", 22) };
    const rules = await resolveRules(earlier, { settings: {}, path });
    expect(rules.limits).toMatchObject({ now: { origin: "own" }, before: { origin: "own" } });
    expect(rules.now[0].recencyBelow).toBe(25);
    await keepRules(rules, path);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("new limits are fitted and kept on request", async () => {
    const path = freshPath();
    await keepRules(await resolveRules(days, { settings: {}, path }), path);
    const later = { now: customersAt("2026-04-30", 90), before: customersAt("2026-03-31", 70) };
    const rules = await resolveRules(later, { settings: {}, path, refit: true });
    expect(rules.limits).toMatchObject({ now: { origin: "refitted" }, before: { origin: "own" } });
    await keepRules(rules, path);
    expect((await readSegmentRules(path))?.asOf).toBe("2026-04-30");
  });

  test("the log says what the limits are, why, and what they lack", async () => {
    const rules = await resolveRules(days, { settings: {}, path: freshPath() });
    const lines = ruleLines(
      { rules, now: { customers: days.now, rules: ruleSegments(days.now, { rules: rules.now }) } },
      { currency: "EUR" },
    );
    expect(lines.slice(0, 3)).toEqual([
      "rules: fitted as of 2026-01-31, 9 repeat customers of 10, median 40.0 days between orders (kept in segment_rules.json from now on, so that months are comparable)",
      "rules of 2026-01-01: fitted to that day, which knows no later limits",
      "  Champions: last order less than 40 days ago, more than 8 orders, more than €43.70 per order",
    ]);
    expect(lines).toContain(
      "note: Champions are 0.0% of the customers, less than 3%: 0.0% have a last order less than 40 days ago, 20.0% have more than 8 orders, 70.0% have more than €43.70 per order",
    );
    expect(lines).toContain("note: Champions is empty: no customer has a last order less than 40 days ago");
  });
});

describe("the file of fitted segment rules", () => {
  const fitted = fitRulesOf(days.now);
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
    expect(refused({ ...good, rules: others })).toThrow('"rules" are those of Loyal Customers, At Risk');
    expect(refused({ ...good, rules: [{ ...champions, recency_belw: 3 }, ...others] })).toThrow(
      '"rules[0]" has an unknown key "recency_belw"; did you mean "recency_below"?',
    );
    expect(refused({ ...good, rules: [{ ...champions, orders_above: "8" }, ...others] })).toThrow(
      '"rules[0].orders_above" is "8"; expected a number from 0',
    );
    const closed = [champions, ...others.slice(0, -1), { name: "Lost/Churned", recency_above: 5 }];
    expect(refused({ ...good, rules: closed })).toThrow('"rules.Lost/Churned" has a condition');
    expect(parseSegmentRules(JSON.stringify(good), "segment_rules.json")).toEqual(fitted);
  });

  test("names its path in the message", async () => {
    const path = freshPath();
    await writeSegmentRules(path, fitted);
    writeFileSync(path, "[]");
    await expect(readSegmentRules(path)).rejects.toThrow(path);
  });
});

describe("fitted segment rules and the future", () => {
  const [asOf, earlier] = ["2025-09-30", "2025-08-31"];
  let trusted: Trusted;
  beforeAll(async () => {
    await writeDemo(join(folder, "demo"), { seed: 7, customers: 700 });
    trusted = await trust(demoDataset, join(folder, "demo"));
  });
  afterAll(() => trusted?.close());

  test("of an earlier day, and who its members were, do not change when everything after it is shuffled", async () => {
    const { engine } = trusted;
    // Without its folder, so that the engine's tables are read, which are about to change.
    const { folder: _, ...dataset } = trusted.dataset;
    const look = async () => {
      const observations = await openObservations(engine, dataset, { asOf });
      const customers = await loadCustomers(observations, { features: [] });
      await observations.close();
      expect(customers.before.asOf).toBe(earlier);
      const rules = await resolveRules(customers, { settings: {}, path: freshPath() });
      const model = { rules: rules.now, rules_as_of: asOf } as unknown as SegmentationModel;
      const segment = { name: "Champions", slug: "champions", basis: "rule" } as const;
      const members = await membersAt(engine, dataset, { segment, model, returns: "drop", day: earlier });
      return { rules, names: ruleSegments(customers.before, { rules: rules.before }).names, members };
    };
    const seen = await look();
    await openTrustedTables(engine, trusted.folder);
    expect(await replaceFuture(trusted, earlier)).toBeGreaterThan(0);
    const shuffled = await look();
    expect(shuffled.rules.before).toEqual(seen.rules.before);
    expect(shuffled.names).toEqual(seen.names);
    expect(shuffled.members).toEqual(seen.members);
    expect(seen.members.length).toBeGreaterThan(10);
    // The later day does change, so that the test could fail.
    expect(shuffled.rules.now).not.toEqual(seen.rules.now);
    expect(seen.rules.now).not.toEqual(seen.rules.before);
  });
});
