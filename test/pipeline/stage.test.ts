import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Type } from "typebox";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addDataset, resolveDataset } from "../../src/datasets/index.js";
import { openDuckDb } from "../../src/engine/index.js";
import { fileArtifact } from "../../src/pipeline/artifacts/artifact.js";
import { openDataset } from "../../src/pipeline/open-dataset.js";
import { defineOptions, switchOption } from "../../src/pipeline/options/option-schema.js";
import { sharedOptions } from "../../src/pipeline/options/shared-options.js";
import { runStage } from "../../src/pipeline/run-stage.js";
import { runStages } from "../../src/pipeline/run-stages.js";
import type { AnyStage, RawStage, StageContext, TrustedStage } from "../../src/pipeline/stage.js";
import {
  cleanStage,
  experimentPlanStage,
  experimentReadoutStage,
  experimentSplitStage,
  segmentStage,
} from "../../src/pipeline/stages/index.js";
import { workspaceAt } from "../../src/storage/environment.js";
import { contactKey } from "../../src/strategy/index.js";
import { openTracker, readQueue } from "../../src/tracking/index.js";
import { snapshotFolder } from "../../src/tracking/queue/journal.js";

let home: string;
let said: string[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "rekindle-stage-"));
  said = [];
  await importShop(10);
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function importShop(amount: number, from = home) {
  await writeFile(
    join(from, "orders.csv"),
    `order_id,customer_id,ordered_at,amount\n1,a,2025-01-01,${amount}\n2,b,2025-02-01,20\n3,a,2025-03-01,30\n`,
  );
  const engine = await openDuckDb({ threads: 1 });
  try {
    const options = { name: "shop", from: join(from, "orders.csv"), now: new Date("2026-01-01") };
    await addDataset(engine, { workspace: workspaceAt(home) }, options);
  } finally {
    engine.close();
  }
}

const double = defineOptions({ factor: Type.Integer({ minimum: 1, default: 2, description: "Factor of the total" }) });
const total: TrustedStage<typeof double, number> = {
  name: "total",
  folder: "totals",
  about: "Sum all orders",
  options: double,
  opens: "trusted",
  reads: [],
  settings: ["currency"],
  seeded: false,
  async run({ engine, asOf, write }, { factor }) {
    const [{ n }] = await engine.rows("SELECT sum(amount) AS n FROM orders WHERE ordered_on <= CAST($asOf AS DATE)", {
      asOf,
    });
    if (factor === 13) throw new RangeError("Cannot sum: 13 is unlucky");
    await write("total.json", { json: Number(n) * factor });
    return Number(n) * factor;
  },
  metrics: (value) => ({ value }),
};
const totals = fileArtifact({ title: "the total", madeBy: "total", in: "totals", file: "total.json" });
const none = defineOptions({});
const answer: TrustedStage<typeof none, string> = {
  name: "answer",
  folder: "answers",
  about: "Print the total",
  options: none,
  opens: "trusted",
  reads: [totals],
  dayOf: totals,
  settings: [],
  seeded: true,
  run: async ({ read, seed }) => `${(await readFile(await read(totals), "utf8")).trim()} with seed ${seed}`,
  metrics: () => ({}),
};
const answers = fileArtifact({ title: "the answer", madeBy: "writer", in: "writers", file: "answer.txt" });
const writer: TrustedStage<typeof none, string> = {
  ...answer,
  ...{ name: "writer", folder: "writers" },
  run: async ({ seed, write }) => {
    await write("answer.txt", `seed ${seed}`);
    return `seed ${seed}`;
  },
};
const failing: RawStage<typeof none, never> = {
  name: "failing",
  folder: "failing",
  about: "Fail",
  options: none,
  opens: "raw",
  reads: [],
  settings: [],
  seeded: false,
  run: () => Promise.reject(new RangeError("no orders")),
  metrics: () => ({}),
};

/** Writes a file, aborts the signal while a statement runs for long, and would write another. */
const slow = (controller: AbortController): TrustedStage<typeof none, string> => ({
  ...writer,
  ...{ name: "slow", folder: "slow", reads: [], seeded: false },
  run: async ({ engine, write }) => {
    await write("first.txt", "new");
    const reason = new Error("The work was interrupted");
    reason.name = "AbortError";
    setTimeout(() => controller.abort(reason), 50);
    await engine.rows("SELECT count(*) AS n FROM range(3000000) a, range(3000000) b WHERE a.range + b.range = -1");
    await write("second.txt", "new");
    return "new";
  },
});

/** A context whose runs are kept on disk: no server is known. */
function context(changes: Partial<StageContext> = {}): StageContext {
  return {
    workspace: workspaceAt(home),
    dataset: "shop",
    threads: 1,
    statementLimit: 600,
    holder: "a test",
    wait: 0,
    out: join(home, "out"),
    reports: join(home, "reports"),
    now: () => new Date(0),
    gitCommit: "c0ffee",
    versions: {},
    code: "1",
    tracker: openTracker({ client: undefined, queueFolder: join(home, "queue"), now: () => 0, warn: () => {} }),
    experiment: "rekindle/shop",
    logRows: false,
    say: (line) => said.push(line),
    force: false,
    prerequisites: true,
    stages: [cleanStage, total, answer],
    ...changes,
  };
}

/** The queued runs, with what they say. */
async function recorded() {
  const queue = await readQueue(join(home, "queue"));
  return queue.map(({ key, events }) => {
    const [start] = events;
    if (start?.type !== "start") throw new Error("a journal begins with a start");
    const of = (type: string) => events.filter((event) => event.type === type);
    return { key, name: start.runName, start, end: events.at(-1), of };
  });
}

test("runStage: one stage is one run, with its parameters, metrics, dataset and files", async () => {
  const { value, computed } = await runStage(context(), cleanStage, {});
  expect([value?.orders, computed]).toEqual([3, true]);
  const [run, ...others] = await recorded();
  expect(others).toEqual([]);
  expect(run.name).toBe("clean");
  expect(run.start.tags).toMatchObject({ dataset: "shop", seed: "7", engine: "duckdb", git_commit: "c0ffee" });
  expect(run.of("params")).toMatchObject([{ params: { deduplicate: "false" } }]);
  expect(run.of("artifact").map((event) => "path" in event && event.path)).toEqual(
    expect.arrayContaining(["cleaning_report.json", "ledger.csv", "manifest.json"]),
  );
  expect(run.of("dataset")).toHaveLength(1);
  expect(run.end).toMatchObject({ type: "end", status: "FINISHED" });
});

test("runStage: files with a row per customer stay out of MLflow unless asked for, and plain ids unless they are too", async () => {
  const naming = defineOptions({ plainIds: sharedOptions.plainIds });
  const rows: TrustedStage<typeof naming, string> = {
    ...writer,
    ...{ name: "rows", folder: "rows", reads: [], seeded: false, options: naming },
    run: async ({ write }) => {
      await write("deep/ids.parquet", {
        sql: "SELECT customer_id, sum(amount) AS spend FROM orders GROUP BY customer_id",
      });
      await write("ids.csv", { sql: "SELECT order_id, customer_id FROM orders ORDER BY order_id" });
      await write("months.parquet", { sql: "SELECT month(ordered_on) AS month FROM orders" });
      await write("lists/risk.csv", "contact_key,segment\nc1,At Risk\n");
      await write("sizes.csv", "segment,customers\nAt Risk,1\n");
      return "rows";
    },
  };
  const key = "a key of some length";
  const engine = await openDuckDb({ threads: 1 });
  const rowsOf = async (file: string, name: string) => {
    if (name.endsWith(".csv")) return readFile(file, "utf8");
    await engine.registerParquet("sent", file);
    return engine.rows("SELECT * FROM sent ORDER BY ALL");
  };
  const logged = async (changes: Partial<StageContext>, plainIds = false) => {
    await rm(join(home, "queue"), { recursive: true, force: true });
    await runStage(context({ force: true, key, ...changes }), rows, { plainIds });
    const run = (await recorded()).find(({ name }) => name === "rows");
    const tables: Record<string, unknown> = {};
    for (const event of run?.of("artifact") ?? []) {
      if (event.type !== "artifact" || event.path === "manifest.json") continue;
      const kept = join(snapshotFolder(join(home, "queue"), String(run?.key)), String(event.sha256));
      tables[event.path] = await rowsOf(kept, event.path);
    }
    return tables;
  };
  const [a, b] = ["a", "b"].map((id) => contactKey(id, { key }));
  const byKey = (one: { contact_key: string }, other: { contact_key: string }) =>
    one.contact_key < other.contact_key ? -1 : 1;
  try {
    const apart = ["months.parquet", "sizes.csv"];
    expect(Object.keys(await logged({})).sort()).toEqual(apart);
    expect(Object.keys(await logged({}, true)).sort()).toEqual(apart);

    const pseudonymous = await logged({ logRows: true });
    expect(Object.keys(pseudonymous).sort()).toEqual(["deep/ids.parquet", "ids.csv", "lists/risk.csv", ...apart]);
    expect(pseudonymous["lists/risk.csv"]).toBe("contact_key,segment\nc1,At Risk\n");
    expect(pseudonymous["deep/ids.parquet"]).toEqual(
      [
        { contact_key: a, spend: 40 },
        { contact_key: b, spend: 20 },
      ].sort(byKey),
    );
    const [head, ...lines] = String(pseudonymous["ids.csv"]).trimEnd().split("\n");
    expect([head, ...lines.sort()]).toEqual(["contact_key,order_id", ...[`${a},1`, `${a},3`, `${b},2`].sort()]);
    // The artifact itself keeps the ids, and no copy is left.
    expect(await readFile(join(home, "out", "rows", "ids.csv"), "utf8")).toContain("customer_id");
    expect((await readdir(join(home, "out"))).filter((name) => name.includes("tmp"))).toEqual([]);

    const plain = await logged({ logRows: true }, true);
    expect(plain["ids.csv"]).toBe("order_id,customer_id\n1,a\n2,b\n3,a\n");
    expect(plain["deep/ids.parquet"]).toEqual([
      { customer_id: "a", spend: 40 },
      { customer_id: "b", spend: 20 },
    ]);
  } finally {
    engine.close();
  }
});

test("runStage: an interrupt stops the running statement, replaces nothing, and ends the run as killed", async () => {
  await runStage(context(), cleanStage, {});
  const folder = join(home, "out", "slow");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "first.txt"), "old");
  const controller = new AbortController();
  const started = performance.now();
  await expect(runStage(context({ signal: controller.signal }), slow(controller), {})).rejects.toThrow(
    "The work was interrupted",
  );
  // The statement alone would take hours.
  expect(performance.now() - started).toBeLessThan(60_000);
  expect(await readdir(folder)).toEqual(["first.txt"]);
  expect(await readFile(join(folder, "first.txt"), "utf8")).toBe("old");
  expect((await recorded()).find(({ name }) => name === "slow")?.end).toMatchObject({ status: "KILLED" });
});

test("runStage: the interrupt of a notebook cell stops the stage that it started, not the next", async () => {
  const key = Symbol.for("rekindle.interruption");
  const kernel = globalThis as { [key]?: AbortSignal | undefined };
  const controller = new AbortController();
  kernel[key] = controller.signal;
  try {
    await expect(runStage(context(), slow(controller), {})).rejects.toThrow("The work was interrupted");
    kernel[key] = new AbortController().signal;
    expect((await runStage(context(), total, {})).computed).toBe(true);
  } finally {
    kernel[key] = undefined;
  }
});

test("runStage: a missing input is made first, with one line saying so", async () => {
  const { value } = await runStage(context(), answer, {});
  expect(value).toBe("120 with seed 7");
  expect(said).toContain("answer: running total first (not run yet)");
  expect(said).toContain("answer: running clean first (not run yet)");
  expect((await recorded()).map(({ name }) => name).sort()).toEqual(["answer", "clean", "total"]);
});

test("runStage: without prerequisites a missing input is refused, and nothing is written", async () => {
  await expect(runStage(context({ prerequisites: false }), answer, {})).rejects.toThrow(
    'Cannot run answer: clean of "shop" has not been run; run npx rekindle clean --dataset shop',
  );
  expect(await recorded()).toEqual([]);
});

test("runStage: an artifact that is not among the inputs is refused", async () => {
  const secretive = (use: "read" | "manifest"): typeof answer => ({
    ...answer,
    name: "secretive",
    reads: [],
    run: async (work) => String(await work[use](totals)),
  });
  await runStage(context(), total, {});
  for (const use of ["read", "manifest"] as const) {
    await expect(runStage(context(), secretive(use), {}), use).rejects.toThrow(
      'Cannot read the total: the stage does not name it among its inputs; add it to "reads"',
    );
  }
});

/** Changes `datasets/shop/settings.json` as a user would. */
async function editSettings(change: (settings: Record<string, unknown>) => object) {
  const path = join(home, "datasets", "shop", "settings.json");
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, "utf8")))));
}

/** Has cleaning drop orders of 20 and less. */
function dropSmallOrders() {
  return editSettings((settings) => ({
    ...settings,
    cleaning: [{ name: "small", action: "drop", where: "amount <= 20", reason: "samples" }],
  }));
}

test("runStage: after a change of the cleaning rules the dataset is cleaned again first", async () => {
  await runStage(context(), answer, {});
  await dropSmallOrders();
  said = [];
  expect((await runStage(context(), answer, {})).value).toBe("60 with seed 7");
  expect(said).toContain("answer: running clean first (out of date: changed settings)");
  expect(said).toContain("answer: running total first (out of date: changed inputs)");
});

test("runStage: without prerequisites a stale input is refused, and everything stays as it was", async () => {
  await runStage(context(), answer, {});
  const runs = (await recorded()).length;
  await writeFile(join(home, "out", "totals", "total.json"), "1\n");
  await expect(runStage(context({ prerequisites: false }), answer, {})).rejects.toThrow(
    'Cannot run answer: total of "shop" is out of date (changed files); run npx rekindle total --dataset shop',
  );
  await dropSmallOrders();
  await expect(runStage(context({ prerequisites: false }), answer, {})).rejects.toThrow(
    'Cannot run answer: clean of "shop" is out of date (changed settings); run npx rekindle clean --dataset shop',
  );
  expect(await readFile(join(home, "out", "totals", "total.json"), "utf8")).toBe("1\n");
  expect(await recorded()).toHaveLength(runs);
});

test("openDataset: trusted tables that other rules made are refused", async () => {
  await runStage(context(), cleanStage, {});
  await dropSmallOrders();
  const source = await resolveDataset(workspaceAt(home), "shop");
  const engine = await openDuckDb({ threads: 1 });
  try {
    await expect(openDataset(engine, source)).rejects.toThrow(
      'Cannot open dataset "shop": its trusted tables were cleaned by other rules; run npx rekindle clean --dataset shop',
    );
  } finally {
    engine.close();
  }
});

test.each(["raw", "trusted"] as const)("runStage: SQL of a %s stage opens the dataset's files only", async (opens) => {
  await runStage(context(), cleanStage, {});
  const found: string[] = [];
  const curious: RawStage<typeof none, string> = {
    ...failing,
    ...{ name: "curious", folder: "curious" },
    run: async ({ engine, write }) => {
      for (const sql of [
        "SELECT * FROM read_text('/etc/passwd')",
        `COPY (SELECT 1) TO '${join(home, "stolen.csv")}'`,
      ]) {
        await engine.run(sql).catch((error: Error) => found.push(error.message));
      }
      await write("kept.parquet", { sql: "SELECT 1 AS one" });
      return "done";
    },
  };
  const stage = opens === "raw" ? curious : { ...writer, ...curious, opens };
  await runStage(context(), stage as AnyStage, {});
  expect(found).toHaveLength(2);
  for (const message of found) expect(message).toMatch(/file system operations are disabled/);
  expect(await readdir(join(home, "out", "curious"))).toContain("kept.parquet");
});

test("runStage: a stage that is up to date touches no file and starts no run", async () => {
  await runStage(context(), answer, {});
  const folders = [join("out", "answers"), join("out", "totals"), join("datasets", "processed", "shop")];
  const times = async () => {
    const found = await Promise.all(
      folders.map(async (folder) => {
        const names = (await readdir(join(home, folder))).sort();
        return Promise.all(
          names.map(async (name) => [folder, name, (await stat(join(home, folder, name))).mtimeMs] as const),
        );
      }),
    );
    return found.flat();
  };
  const before = await times();
  const runs = (await recorded()).length;
  expect((await runStage(context(), answer, {})).computed).toBe(false);
  expect(await times()).toEqual(before);
  expect(await recorded()).toHaveLength(runs);
});

test("runStage: what would be the same again is up to date, unless it is forced", async () => {
  await runStage(context(), answer, {});
  said = [];
  const runs = (await recorded()).length;
  const again = await runStage(context(), answer, {});
  expect([again.computed, again.value]).toEqual([false, undefined]);
  expect(said).toEqual(["answer: up to date, as of 2025-03-01"]);
  expect(await recorded()).toHaveLength(runs);
  expect((await runStage(context(), answer, {}, { force: true })).value).toBe("120 with seed 7");
});

test.each([
  ["another day", async () => context({ asOf: "2025-02-01" }), "total", "60 with seed 7"],
  ["another seed", async () => context({ seed: 8 }), undefined, "120 with seed 8"],
  ["another version of the code", async () => context({ code: "2" }), "total", "120 with seed 7"],
  ["another import", async () => importShop(100).then(() => context()), "total", "300 with seed 7"],
] as const)("runStage: computes again after %s", async (_, change, remade, expected) => {
  await runStage(context(), answer, {});
  const changed = await change();
  said = [];
  expect((await runStage(changed, answer, {})).value).toBe(expected);
  expect(
    said.filter((line) => line.includes(" first (")).some((line) => line.includes(`running ${remade} first`)),
  ).toBe(remade !== undefined);
});

test("runStage: a file of an input that was changed by hand is made again", async () => {
  await runStage(context(), answer, {});
  await writeFile(join(home, "out", "totals", "total.json"), "1\n");
  await runStage(context(), answer, {});
  expect(said).toContain("answer: running total first (out of date: changed files)");
  expect(await readFile(join(home, "out", "totals", "total.json"), "utf8")).toBe("120\n");
});

test.each([
  ["cut short", (path: string) => truncate(path, 100)],
  ["deleted", (path: string) => rm(path)],
  ["replaced by another table", (path: string) => copyFile(path.replace("orders", "order_lines"), path)],
  ["described by garbage", (path: string) => writeFile(join(dirname(path), "dataset.json"), "{")],
])("runStage: a trusted table that was %s is cleaned again first", async (_, damage) => {
  await runStage(context(), answer, {});
  await damage(join(home, "datasets", "processed", "shop", "orders.parquet"));
  said = [];
  expect((await runStage(context(), answer, {}, { force: true })).value).toBe("120 with seed 7");
  expect(said.find((line) => line.includes("running clean first"))).toMatch(/\(out of date: changed (files|inputs)\)$/);
});

test("runStage: trusted tables of another cleaning make the cleaning of this folder out of date", async () => {
  await runStage(context(), cleanStage, {});
  await runStage(context({ out: join(home, "other") }), cleanStage, { deduplicate: true });
  said = [];
  expect((await runStage(context(), cleanStage, {})).computed).toBe(true);
  const described = await readFile(join(home, "datasets", "processed", "shop", "dataset.json"), "utf8");
  expect(JSON.parse(described)).toMatchObject({ deduplicated: false });
});

test.each([
  ["empty", ""],
  ["cut short", '{"dataset": "sh'],
  ["of another kind", "[]"],
])("runStage: a manifest that is %s makes its artifact out of date", async (_, content) => {
  await runStage(context(), answer, {});
  await writeFile(join(home, "out", "totals", "manifest.json"), content);
  said = [];
  await runStage(context(), answer, {});
  expect(said).toContain("answer: running total first (out of date: changed files)");
});

test("runStage: an option of an input that its stage no longer has is dropped", async () => {
  await runStage(context(), total, { factor: 5 });
  const path = join(home, "out", "totals", "manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...manifest, options: { ...manifest.options, gone: 1 } }));
  expect((await runStage(context(), answer, {})).value).toBe("300 with seed 7");
});

test("runStage: pictures that an earlier run left out are made when they are wanted", async () => {
  const pictures = defineOptions({ figures: sharedOptions.figures });
  const drawn: TrustedStage<typeof pictures, string> = {
    ...answer,
    ...{ name: "drawn", folder: "drawn", reads: [], dayOf: totals, options: pictures },
    run: async (_, { figures }) => String(figures),
  };
  await runStage(context(), drawn, { figures: false });
  expect((await runStage(context(), drawn, { figures: false })).computed).toBe(false);
  expect((await runStage(context(), drawn, {})).value).toBe("true");
  expect((await runStage(context(), drawn, { figures: false })).computed).toBe(false);
});

test("runStage: another contact key makes files with contact keys out of date", async () => {
  const keyed: TrustedStage<typeof none, string> = {
    ...answer,
    reads: [],
    usesContactKey: () => true,
    run: async () => "",
  };
  const key = (letter: string) => context({ key: letter.repeat(20) });
  await runStage(key("a"), keyed, {});
  expect((await runStage(key("a"), keyed, {})).computed).toBe(false);
  expect((await runStage(key("b"), keyed, {})).computed).toBe(true);
  expect(await readFile(join(home, "out", "answers", "manifest.json"), "utf8")).not.toContain("bbbb");
});

test("runStage: an input that was made with options of its own keeps them when it is made again", async () => {
  await runStage(context(), total, { factor: 5 });
  expect((await runStage(context(), answer, {})).value).toBe("300 with seed 7");
  await importShop(100);
  expect((await runStage(context(), answer, {})).value).toBe("750 with seed 7");
});

test("runStage: an input keeps the seed it was made with, unless another one is given for all", async () => {
  const reader: TrustedStage<typeof none, string> = {
    ...answer,
    ...{ name: "reader", folder: "readers", reads: [answers], dayOf: answers },
    run: async ({ read, seed }) => `${await readFile(await read(answers), "utf8")}, read with seed ${seed}`,
  };
  const own = { ...reader, ownSeed: true };
  const stages = { stages: [cleanStage, total, writer] };
  await runStage(context({ ...stages, seed: 8 }), writer, {});
  const read = async (stage: typeof reader, seed?: number) =>
    (await runStage(context({ ...stages, ...(seed === undefined ? {} : { seed }), force: true }), stage, {})).value;
  expect(await read(reader)).toBe("seed 8, read with seed 7");
  expect(await read(own, 9)).toBe("seed 8, read with seed 9");
  expect(await read(reader, 9)).toBe("seed 9, read with seed 9");
});

test("runStage: options that do not go together are refused before anything is made", async () => {
  const choosy = {
    ...total,
    check: ({ factor }: { factor?: number }) => {
      if (factor === 3) throw new RangeError("Cannot sum: 3 goes with nothing");
    },
  };
  await expect(runStage(context(), choosy, { factor: 3 })).rejects.toThrow("3 goes with nothing");
  expect(said).toEqual([]);
  expect((await runStage(context(), choosy, { factor: 2 })).value).toBe(120);
});

test.each([
  [experimentPlanStage.name, { segment: "At Rsk" }, 'did you mean "At Risk"?', experimentPlanStage],
  [
    experimentPlanStage.name,
    { segment: "Champions · very high spend", by: "rule" },
    "Cannot find the segment",
    experimentPlanStage,
  ],
  [
    experimentSplitStage.name,
    { segment: "At Risk", name: "At Risk" },
    'Cannot name an experiment "At Risk"',
    experimentSplitStage,
  ],
  [
    experimentReadoutStage.name,
    { name: "../at-risk" },
    'Cannot name an experiment "../at-risk"',
    experimentReadoutStage,
  ],
  [
    segmentStage.name,
    { weights: { orders: 2 } },
    'Cannot weight "orders": it is not a feature of the clusters',
    segmentStage,
  ],
] as readonly (readonly [string, object, string, AnyStage])[])(
  "runStage: %s refuses names that cannot be meant before it makes inputs: %j",
  async (_, options, message, stage) => {
    await expect(runStage(context({ stages: [cleanStage, segmentStage] }), stage, options)).rejects.toThrow(message);
    expect(said).toEqual([]);
    expect(await recorded()).toEqual([]);
  },
);

test("runStage: the day of an input counts where none is asked for", async () => {
  await runStage(context({ asOf: "2025-02-01" }), total, {});
  const { value, params } = await runStage(context(), answer, {});
  expect([value, params["as_of"]]).toEqual(["60 with seed 7", "2025-02-01"]);
});

test("runStage: a setting that a stage does not read leaves its artifacts fresh", async () => {
  await runStage(context(), total, {});
  await editSettings((settings) => ({ ...settings, locale: "de-DE" }));
  expect((await runStage(context(), total, {})).computed).toBe(false);
  await editSettings((settings) => ({ ...settings, currency: "USD" }));
  expect((await runStage(context(), total, {})).computed).toBe(true);
});

const counting = defineOptions({ again: switchOption("Count again", { default: false, once: true }) });
const counts: string[] = [];
const keeper: TrustedStage<typeof counting, string> = {
  ...{
    name: "keeper",
    folder: "kept",
    about: "Keep a number",
    opens: "trusted",
    reads: [],
    settings: [],
    seeded: false,
  },
  options: counting,
  keeps: ({ workspace }) => [join(workspace.home, "number.txt")],
  async run({ context: { workspace } }, { again }) {
    const path = join(workspace.home, "number.txt");
    const before = existsSync(path) ? await readFile(path, "utf8") : "";
    if (!before || again) await writeFile(path, `${before}1`);
    counts.push(await readFile(path, "utf8"));
    return counts.at(-1) ?? "";
  },
  metrics: () => ({}),
};

test("runStage: a file that the stage keeps belongs to what it made, and an option of one run is not remembered", async () => {
  const computed = async (options = {}) => (await runStage(context(), keeper, options)).computed;
  counts.length = 0;
  expect([await computed(), await computed()]).toEqual([true, false]);
  expect([await computed({ again: true }), await computed({ again: true }), await computed()]).toEqual([
    true,
    true,
    false,
  ]);
  expect(counts).toEqual(["1", "11", "111"]);
  const manifest = JSON.parse(await readFile(join(home, "out", "kept", "manifest.json"), "utf8")) as {
    options: object;
    identity: { options: object; inputs: Record<string, string> };
  };
  expect([manifest.options, manifest.identity.options]).toEqual([{}, {}]);
  await writeFile(join(home, "number.txt"), "7");
  expect([await computed(), await computed()]).toEqual([true, false]);
  await rm(join(home, "number.txt"));
  expect([await computed(), counts.at(-1)]).toEqual([true, "1"]);
});

test("runStage: an unknown option or one out of range is refused by name", async () => {
  await expect(runStage(context(), total, { facter: 3 } as never)).rejects.toThrow(
    'Cannot run total: "total" has an unknown key "facter"; did you mean "factor"?',
  );
  await expect(runStage(context(), total, { factor: 0 })).rejects.toThrow(
    'Cannot run total: "total.factor" is 0; expected a whole number, at least 1',
  );
});

test("runStage: a failing stage leaves what was there and ends its run FAILED", async () => {
  await runStage(context(), total, {});
  await expect(runStage(context(), total, { factor: 13 })).rejects.toThrow("Cannot sum: 13 is unlucky");
  expect(await readFile(join(home, "out", "totals", "total.json"), "utf8")).toBe("120\n");
  expect((await recorded()).filter(({ end }) => end?.type === "end" && end.status === "FAILED")).toHaveLength(1);
});

test("runStages: several stages run in order, each in a run nested in one that has the metrics of all", async () => {
  const planned = [cleanStage, total].map((stage) => ({ stage, options: {} }));
  const results = await runStages(context(), planned, { name: "run" });
  expect(results.map(({ stage }) => stage)).toEqual(["clean", "total"]);
  const runs = await recorded();
  const named = (name: string) => runs.find((run) => run.name === name);
  const keys = named("run")
    ?.of("metrics")
    .flatMap((event) => (event.type === "metrics" ? event.metrics.map(({ key }) => key) : []));
  expect(keys).toEqual(expect.arrayContaining(["clean/orders", "total/value"]));
  for (const name of ["clean", "total"]) {
    expect(named(name)?.start.parent).toBe(named("run")?.key);
    expect(named(name)?.end).toMatchObject({ status: "FINISHED" });
  }
  await runStages(context(), planned, { name: "run" });
  expect(await recorded()).toHaveLength(3);
});

test("runStages: wrong options of a later stage are refused before the first runs", async () => {
  const planned = [
    { stage: cleanStage, options: {} },
    { stage: total, options: { factor: 0 } },
  ];
  await expect(runStages(context(), planned, { name: "run" })).rejects.toThrow('"total.factor" is 0');
  expect(await recorded()).toEqual([]);
  expect(existsSync(join(home, "out"))).toBe(false);
});

test("runStages: a failing stage fails its run and the whole, stops what follows, and keeps what was done", async () => {
  const planned = [cleanStage, failing, total].map((stage) => ({ stage, options: {} }));
  await expect(runStages(context(), planned, { name: "run" })).rejects.toThrow("no orders");
  const ends = (await recorded()).map(({ name, end }) => [name, end?.type === "end" && end.status]);
  expect(Object.fromEntries(ends)).toEqual({ run: "FAILED", clean: "FINISHED", failing: "FAILED" });
});
