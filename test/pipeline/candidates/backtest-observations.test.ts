import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { addDataset } from "../../../src/datasets/index.js";
import { openDuckDb } from "../../../src/engine/index.js";
import { brierScoreLoss } from "../../../src/evaluation/index.js";
import { churned, type Observations, rollingOrigins } from "../../../src/features/index.js";
import {
  backtestObservations,
  logisticCandidate,
  meanCandidate,
  observeCandidateRows,
  openSession,
  purchaseCandidate,
  type Session,
} from "../../../src/pipeline/index.js";
import { workspaceAt } from "../../../src/storage/environment.js";
import { ROOT } from "../../checks/tracked-files.js";

const asOf = "2024-11-30";
const label = churned(30);

let home: string;
let session: Session;
let observations: Observations;
const said: string[] = [];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "rekindle-observed-"));
  vi.stubEnv("REKINDLE_HOME", home);
  vi.stubEnv("MLFLOW_TRACKING_URI", "");
  const examples = join(ROOT, "docs", "examples");
  const engine = await openDuckDb({ threads: 1 });
  await addDataset(
    engine,
    { workspace: workspaceAt(home) },
    {
      name: "shop",
      from: join(examples, "orders.csv"),
      mappingPath: join(examples, "orders.mapping.json"),
      now: new Date("2025-01-01"),
    },
  );
  engine.close();
  session = await openSession({ dataset: "shop", as_of: asOf, seed: 7, say: (line) => said.push(line) });
  observations = await session.observe();
});
afterAll(async () => {
  await session.close();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

test("observe: cleans a new dataset first and says so, and once is enough", async () => {
  const first = "observations: running clean first (not run yet)";
  expect(said.filter((line) => line === first)).toHaveLength(1);
  await (await session.observe()).close();
  expect(said.filter((line) => line === first)).toHaveLength(1);
});

test("observe: called again, the session keeps one set of relations for SQL in cells", async () => {
  const schemas = async () => {
    const [{ n }] = await session.engine.rows("SELECT count(DISTINCT schema_name) AS n FROM duckdb_schemas()");
    return Number(n);
  };
  const before = await schemas();
  for (let i = 0; i < 3; ++i) await (await session.observe()).close();
  expect(await schemas()).toBe(before);
  const [{ orders }] = await session.engine.rows("SELECT count(*) AS orders FROM orders");
  expect(Number(orders)).toBeGreaterThan(0);
});

test("observe: an unknown returns policy is refused with the nearest one", async () => {
  const returns = "nett" as "net";
  await expect(session.observe({ returns })).rejects.toThrow(
    'Cannot open observations: returns is "nett"; did you mean "net"?',
  );
});

test("observations: no feature differs if only the future does", async () => {
  expect(await observations.leakageCheck({ at: "2024-09-30" })).toEqual([]);
});

test("observe: neither observations nor SQL in the session see a later day", async () => {
  expect(observations.asOf).toBe(asOf);
  for (const engine of [session.engine, observations.engine]) {
    const [{ last }] = await engine.rows("SELECT max(ordered_on) AS last FROM orders");
    expect(String(last) <= asOf).toBe(true);
  }
  await expect(observeCandidateRows(observations, { at: "2024-11-15", label })).rejects.toThrow(RangeError);
});

test("rows of candidates: each has the purchase history of its customer and day", async () => {
  const at = ["2024-08-01", "2024-10-31"];
  const rowsAt = await observeCandidateRows(observations, {
    at,
    features: ["days_since_first_purchase", "recency_days"],
    label,
  });
  const all = rowsAt(at);
  expect(new Set(all.asOf)).toEqual(new Set(at));
  for (const [i, T] of Array.from(all.histories?.T ?? []).entries()) {
    expect(T).toBe(all.X.data[2 * i]);
    expect(T - (all.histories?.t_x[i] ?? 0)).toBe(all.X.data[2 * i + 1]);
  }
  const late = rowsAt(at[1]);
  expect(late.y).toHaveLength(late.histories?.x.length as number);
  expect(late.y.length).toBeLessThan(all.y.length);
});

test("backtest of observations: candidates of all kinds are judged on the days of the origins", async () => {
  const origins = [rollingOrigins(observations, { horizonDays: 30, minCustomers: 10 })];
  const candidates = [
    meanCandidate({ name: "mean", complexity: 0 }),
    logisticCandidate({ name: "recency", complexity: 1, features: ["recency_days"] }),
    purchaseCandidate({
      name: "BG/NBD",
      complexity: 2,
      model: "beta-geo",
      predicts: "no-order",
      horizonDays: 30,
    }),
  ];
  const table = await backtestObservations(observations, candidates, {
    label,
    features: ["recency_days", "frequency"],
    origins,
    loss: brierScoreLoss,
    seed: 7,
    nResamples: 50,
  });
  expect(table.failures).toEqual([]);
  expect(table.days.map(({ asOf: day }) => day)).toEqual(["2024-10-01", "2024-10-31"]);
  const { y } = await observations.rows({ at: "2024-10-31", features: ["frequency"], label });
  expect(table.days[1].nRows).toBe(y.length);
  for (const { name, test: judged } of table.candidates) {
    expect(judged.mean, name).toBeGreaterThan(0);
    expect(judged.mean, name).toBeLessThan(0.5);
  }
});

test("backtest of observations: a history too short to fit on is refused", async () => {
  const candidates = [meanCandidate({ name: "mean", complexity: 0 })];
  const options = { label: churned(90), loss: brierScoreLoss, seed: 7 };
  await expect(backtestObservations(observations, candidates, options)).rejects.toThrow("has no choice days");
});
