import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runStages, type Stage, type StageContext } from "../../src/pipeline/stage.js";
import { workspaceAt } from "../../src/storage/environment.js";
import { openTracker, readQueue } from "../../src/tracking/index.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rekindle-stage-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A context whose runs are kept on disk: no server is known. */
function contextAt(home: string): StageContext {
  return {
    workspace: workspaceAt(home),
    dataset: "demo",
    seed: 7,
    threads: 1,
    out: join(home, "out"),
    reports: join(home, "reports"),
    now: () => new Date(0),
    gitCommit: "c0ffee",
    versions: {},
    tracker: openTracker({ client: undefined, queueFolder: join(home, "queue"), now: () => 0, warn: () => {} }),
    experiment: "rekindle/demo",
    say: () => {},
  };
}

function stage(name: string, value: number, log: string[] = []): Stage<number> {
  return {
    name,
    run: async ({ workspace }) => {
      log.push(name);
      const written = join(workspace.home, name);
      await rm(written, { recursive: true, force: true });
      await mkdir(written);
      await writeFile(join(written, "result.csv"), String(value));
      const input = { name: "demo", digestSha256: "ab".repeat(32), source: "orders.csv", context: "source" };
      return { stage: name, value, folder: written, metrics: { value }, input, params: { as_of: "2025-12-31" } };
    },
  };
}

/** The queued runs by name, with what they say. */
async function recorded() {
  const queue = await readQueue(join(folder, "queue"));
  return queue.map(({ key, events }) => {
    const [start] = events;
    if (start?.type !== "start") throw new Error("a journal begins with a start");
    const of = (type: string) => events.filter((event) => event.type === type);
    return { key, name: start.runName, start, end: events.at(-1), of };
  });
}

test("one stage is one run, with its parameters, metrics, dataset and files", async () => {
  const [{ value }] = await runStages(contextAt(folder), [stage("clean", 3)], { name: "run" });
  expect(value).toBe(3);
  const [run, ...others] = await recorded();
  expect(others).toEqual([]);
  expect(run.name).toBe("clean");
  expect(run.start.tags).toMatchObject({ dataset: "demo", seed: "7", engine: "duckdb", git_commit: "c0ffee" });
  expect(run.of("params")).toMatchObject([{ params: { as_of: "2025-12-31" } }]);
  expect(run.of("metrics")).toMatchObject([{ metrics: [{ key: "value" }] }]);
  expect(run.of("artifact")).toMatchObject([{ path: "result.csv" }]);
  expect(run.of("dataset")).toHaveLength(1);
  expect(run.end).toMatchObject({ type: "end", status: "FINISHED" });
});

test("several stages run in order, each in a run nested in one that has the metrics of all", async () => {
  const log: string[] = [];
  await runStages(contextAt(folder), [stage("clean", 3, log), stage("features", 5, log)], { name: "run" });
  expect(log).toEqual(["clean", "features"]);
  const runs = await recorded();
  const named = (name: string) => runs.find((run) => run.name === name);
  const keys = named("run")
    ?.of("metrics")
    .flatMap((event) => (event.type === "metrics" ? event.metrics.map(({ key }) => key) : []));
  expect(keys).toEqual(["clean/value", "features/value"]);
  for (const name of ["clean", "features"]) {
    expect(named(name)?.start.parent).toBe(named("run")?.key);
    expect(named(name)?.end).toMatchObject({ status: "FINISHED" });
  }
});

test("a failing stage fails its run and the whole, stops what follows, and keeps what was done", async () => {
  const log: string[] = [];
  const failing: Stage = { name: "features", run: () => Promise.reject(new RangeError("no orders")) };
  const stages = [stage("clean", 3, log), failing, stage("report", 5, log)];
  await expect(runStages(contextAt(folder), stages, { name: "run" })).rejects.toThrow("no orders");
  expect(log).toEqual(["clean"]);
  const ends = (await recorded()).map(({ name, end }) => [name, end?.type === "end" && end.status]);
  expect(Object.fromEntries(ends)).toEqual({ run: "FAILED", clean: "FINISHED", features: "FAILED" });
});
