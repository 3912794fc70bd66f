import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDataset, writeDemo } from "../../../src/datasets/demo/index.js";
import { openTrustedTables } from "../../../src/datasets/index.js";
import { openObservations } from "../../../src/features/index.js";
import { membersAt } from "../../../src/pipeline/inputs/base-rates.js";
import { loadCustomers } from "../../../src/pipeline/inputs/load-customers.js";
import { resolveRules, ruleSegments } from "../../../src/segmentation/index.js";
import { replaceFuture } from "../../features/leaks.js";
import { type Trusted, trust } from "../../features/trust.js";
import { exampleModel } from "../../segmentation/example-model.js";

const folder = mkdtempSync(join(tmpdir(), "rekindle-rules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
      const rules = resolveRules(customers, { settings: {} });
      const model = exampleModel({ rules: rules.now, rulesAsOf: asOf });
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
