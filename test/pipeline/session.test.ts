import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { addDataset } from "../../src/datasets/index.js";
import { openDuckDb } from "../../src/engine/index.js";
import { openSession } from "../../src/pipeline/index.js";
import { workspaceAt } from "../../src/storage/environment.js";
import { readQueue } from "../../src/tracking/index.js";
import { ROOT } from "../checks/tracked-files.js";

test("openSession: its run names the dataset and the user, as the run of a stage does", async () => {
  const home = mkdtempSync(join(tmpdir(), "rekindle-session-"));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  });
  for (const [name, value] of [
    ["REKINDLE_HOME", home],
    ["MLFLOW_TRACKING_URI", ""],
    ["USER", "ada"],
    ["REKINDLE_STATEMENT_LIMIT", "1"],
  ])
    vi.stubEnv(name, value);
  const engine = await openDuckDb({ threads: 1 });
  const examples = join(ROOT, "docs", "examples");
  const files = { from: join(examples, "orders.csv"), mappingPath: join(examples, "orders.mapping.json") };
  await addDataset(engine, { workspace: workspaceAt(home) }, { name: "shop", ...files, now: new Date("2025-01-01") });
  engine.close();
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
