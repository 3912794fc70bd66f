import { expect, test } from "vitest";
import { type Engine, openDuckDb } from "../../../src/engine/index.js";
import { loadConsents } from "../../../src/features/index.js";

/** Runs `body` with trusted customers: the names of the columns, and SQL for the rows. */
async function withCustomers(names: string, rows: string, body: (engine: Engine) => Promise<void>) {
  const engine = await openDuckDb();
  try {
    await engine.run(`CREATE VIEW trusted_customers AS SELECT * FROM (VALUES ${rows}) AS t(${names})`);
    await body(engine);
  } finally {
    engine.close();
  }
}

test("loadConsents: yes, no and unknown by customer", () =>
  withCustomers("customer_id, consent_marketing", "('a', true), ('b', false), ('c', NULL)", async (engine) => {
    const dataset = { tables: { customers: ["customer_id", "consent_marketing"] } };
    const consents = await loadConsents(engine, dataset);
    expect([...(consents ?? [])]).toEqual([
      ["a", true],
      ["b", false],
      ["c", null],
    ]);
  }));

test("loadConsents: undefined where the dataset does not record consent", () =>
  withCustomers("customer_id", "('a')", async (engine) => {
    expect(await loadConsents(engine, { tables: { customers: ["customer_id"] } })).toBeUndefined();
    expect(await loadConsents(engine, { tables: {} })).toBeUndefined();
  }));
