import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { addDataset } from "../../src/datasets/index.js";
import { checkedEngine, openDuckDb } from "../../src/engine/index.js";
import { cleanStage, openSession } from "../../src/pipeline/index.js";
import { workspaceAt } from "../../src/storage/environment.js";
import { readQueue } from "../../src/tracking/index.js";
import { ROOT } from "../checks/tracked-files.js";

/** A home with the dataset "shop", and a function that replaces its import by other orders. */
async function homeWithShop(variables: Readonly<Record<string, string>> = {}) {
  const home = mkdtempSync(join(tmpdir(), "rekindle-session-"));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  });
  const all = { REKINDLE_HOME: home, MLFLOW_TRACKING_URI: "", USER: "ada", ...variables };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  const examples = join(ROOT, "docs", "examples");
  const importFrom = async (from: string) => {
    const engine = await openDuckDb({ threads: 1 });
    const files = { from, mappingPath: join(examples, "orders.mapping.json") };
    await addDataset(engine, { workspace: workspaceAt(home) }, { name: "shop", ...files, now: new Date("2025-01-01") });
    engine.close();
  };
  const orders = join(examples, "orders.csv");
  await importFrom(orders);
  const importFewer = async () => {
    const path = join(home, "fewer.csv");
    writeFileSync(path, readFileSync(orders, "utf8").split("\n").slice(0, 10).join("\n"));
    await importFrom(path);
  };
  return { home, importFewer };
}

test("openSession: its run names the dataset and the user, as the run of a stage does", async () => {
  const { home } = await homeWithShop({ REKINDLE_STATEMENT_LIMIT: "1" });
  const session = await openSession({ dataset: "shop", seed: 7, say: () => {} });
  // As `rekindle notebooks --statement-limit 1` sets it.
  const endless = session.engine.rows("SELECT sum(a.i * b.i) FROM range(100000000) a(i), range(1000000) b(i)");
  await expect(endless).rejects.toThrow("--statement-limit");
  await session.close();
  const [{ events }] = await readQueue(join(home, "mlruns", "queue"));
  expect(events).toContainEqual(
    expect.objectContaining({ type: "start", tags: expect.objectContaining({ "mlflow.user": "ada" }) }),
  );
  const { name, sha256 } = session.provenance;
  expect(events).toContainEqual({
    type: "dataset",
    dataset: expect.objectContaining({ name, digest: sha256.slice(0, 32) }),
  });
});

test("openSession: what it observes is never a mixture, but refused once another process replaced the dataset", async () => {
  const { importFewer } = await homeWithShop();
  const open = () => openSession({ dataset: "shop", seed: 7, say: () => {} });
  const session = await open();
  const observations = await session.observe();
  const at = observations.asOf;
  const counted = "SELECT count(*) AS n FROM orders";
  const [{ n: before }] = await session.engine.rows(counted);
  expect(await observations.engine.rows(counted)).toEqual([{ n: before }]);

  // The same tables, made again.
  const other = await open();
  await other.stage(cleanStage);
  expect(await session.engine.rows(counted)).toEqual([{ n: before }]);

  // An import alone leaves the trusted tables as they are; the other session cleans.
  await importFewer();
  expect(await session.engine.rows(counted)).toEqual([{ n: before }]);
  const fewer = await other.observe();
  const refusal = 'Cannot read the dataset "shop": it changed since it was opened; call observe again';
  await expect(session.engine.rows(counted)).rejects.toThrow(refusal);
  await expect(session.engine.table(counted)).rejects.toThrow(refusal);
  await expect(session.engine.run(`CREATE TABLE kept AS ${counted}`)).rejects.toThrow(refusal);
  await expect(observations.engine.rows(counted)).rejects.toThrow(refusal);
  await expect(observations.rows({ at })).rejects.toThrow(refusal);
  await expect(observations.purchaseHistories({ at })).rejects.toThrow(refusal);

  const again = await session.observe();
  const [{ n: after }] = await again.engine.rows(counted);
  expect(Number(after)).toBeLessThan(Number(before));
  expect(await fewer.engine.rows(counted)).toEqual([{ n: after }]);
  expect(await session.engine.rows(counted)).toEqual([{ n: after }]);
  // What was opened before stays refused, and can be closed.
  await expect(observations.rows({ at })).rejects.toThrow(refusal);
  await observations.close();
  await session.close();
  await other.close();
});

test("checkedEngine: a replacement in the middle of a statement fails it", async () => {
  const engine = await openDuckDb({ threads: 1 });
  onTestFinished(() => engine.close());
  let checks = 0;
  const checked = checkedEngine(engine, async () => {
    if (++checks % 2 === 0) throw new Error("it changed");
  });
  await expect(checked.rows("SELECT 1 AS one")).rejects.toThrow("it changed");
  await expect(checked.rows("SELECT no_column")).rejects.toThrow("it changed");
  await expect((await checked.inSchemas(["main"])).columns("SELECT 1 AS one")).rejects.toThrow("it changed");
});
