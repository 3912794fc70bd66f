import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/index.js";
import { sha256OfFile } from "../../src/storage/files.js";
import { type Answer, dataFiles, makeHome, mustRun, readJson, rekindle } from "./rekindle.js";

let home: string;
let made: Answer;
let ran: Answer;

beforeAll(async () => {
  home = makeHome();
  made = await mustRun(["data", "make", "demo", "--customers", "400", "--seed", "7"], { home });
  ran = await mustRun(["run", "--dataset", "demo", "--no-tracking", "--json"], { home });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Stages {
  readonly dataset: string;
  readonly stages: readonly {
    readonly stage: string;
    readonly folder: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly metrics: Readonly<Record<string, number>>;
  }[];
}

async function columnsOf(path: string): Promise<string[]> {
  const engine = await openDuckDb();
  try {
    await engine.registerParquet("file", path);
    return (await engine.describe("SELECT * FROM file")).map(({ name }) => name);
  } finally {
    engine.close();
  }
}

test("the demo is made and what came in is listed", () => {
  expect(made.stdout.split("\n")[0]).toMatch(/^table +file +read_as +rows +columns +sha256$/);
  expect(made.stdout).toMatch(/^customers +customers\.csv +.* +400 +14 /m);
});

test("a run writes exactly one JSON object on standard output and its progress in plain lines on standard error", () => {
  const { dataset, stages } = JSON.parse(ran.stdout) as Stages;
  expect(ran.stdout.trimEnd().split("\n")).toHaveLength(1);
  expect(dataset).toBe("demo");
  expect(stages.map(({ stage, folder }) => [stage, folder])).toEqual([
    ["clean", join(home, "artifacts", "demo", "cleaning")],
    ["features", join(home, "artifacts", "demo", "features")],
    ["segment", join(home, "artifacts", "demo", "segments")],
    ["report", join(home, "reports", "demo")],
  ]);
  expect(stages[1].params).toMatchObject({ as_of: "2025-12-31", returns: "drop", label_horizons: "30,90" });
  for (const { stage, metrics } of stages) {
    expect(Object.keys(metrics).length, stage).toBeGreaterThan(1);
    for (const [name, value] of Object.entries(metrics)) expect(value, `${stage} ${name}`).toBeTypeOf("number");
  }
  expect(ran.stderr).toMatch(/^clean: [\d,]+ lines, .* \(\d+\.\d s\)$/m);
  expect(ran.stderr).toMatch(/^features: [\d,]+ customers, \d+ features \(\d+\.\d s\)$/m);
  expect(ran.stderr).toContain("as of 2025-12-31, the dataset's default");
  // Neither a carriage return nor an escape sequence: it may be a log.
  expect(ran.stderr.match(/[^\n\x20-\x7e…€]/gu)).toBeNull();
});

test("lines without a customer have one revenue: in the ledger, in the trade-offs and in both places of the report", () => {
  interface Cleaning {
    readonly ledger: readonly {
      readonly rule: string;
      readonly rows_touched: number;
      readonly revenue_touched: number;
    }[];
    readonly trade_offs: {
      readonly missing_customer_id: { readonly rows: number; readonly revenue: number };
    };
  }
  const folder = join(home, "artifacts", "demo", "cleaning");
  const { ledger, trade_offs } = readJson(join(folder, "cleaning_report.json")) as Cleaning;
  const { rows, revenue } = trade_offs.missing_customer_id;
  expect(rows).toBeGreaterThan(0);
  expect(revenue).toBeGreaterThan(0);
  const missing = { rule: "missing_customer_id", rows_touched: rows, revenue_touched: revenue };
  expect(ledger).toContainEqual(expect.objectContaining(missing));
  const csv = readFileSync(join(folder, "ledger.csv"), "utf8");
  expect(csv.split("\n").find((line) => line.startsWith("missing_customer_id,"))).toContain(`,${revenue},`);
  const page = readFileSync(join(home, "reports", "demo", "data_quality.html"), "utf8");
  const inLedger = /<th scope="row">Missing customer id<\/th><td>dropped<\/td>.*?<\/tr>/.exec(page);
  const inDecisions = /<h3 id="lines-without-a-customer-are-dropped">.*?<\/p>/s.exec(page);
  for (const part of [inLedger, inDecisions]) {
    expect(part?.[0]).toContain(`value="${rows}">`);
    expect(part?.[0]).toContain(`value="${revenue}">`);
  }
});

test("every artifact is where its readers look for it", async () => {
  const folder = join(home, "artifacts", "demo");
  expect(Object.keys(await dataFiles(folder))).toEqual([
    "cleaning/cleaning_report.json",
    "cleaning/ledger.csv",
    "features/btyd_summary.parquet",
    "features/feature_store.csv",
    "features/feature_store.parquet",
    "features/labels.parquet",
    "segments/drift.json",
    ...[
      "cohort_retention",
      "feature_importance",
      "k_selection",
      "revenue_contribution",
      "rfm_3d_scatter",
      "rfm_heatmap",
      "segment_comparison_radar",
      "segment_distribution",
      "segment_migration",
      "silhouette_plot",
    ].flatMap((name) => [`segments/figures/${name}.png`, `segments/figures/${name}.svg`]),
    "segments/history/2025-12-31.parquet",
    ...["at-risk", "champions", "hibernating", "lost-churned", "loyal-customers", "need-attention"].map(
      (name) => `segments/lists/${name}.csv`,
    ),
    "segments/lists/new-customers.csv",
    "segments/lists/promising.csv",
    "segments/migration.csv",
    "segments/migration_matrix.csv",
    "segments/movers.csv",
    "segments/rule_segment_summary.csv",
    "segments/segment_assignments.parquet",
    "segments/segment_strategies.json",
    "segments/segment_summary.csv",
    "segments/segmentation_model.json",
    "segments/selection.csv",
  ]);
  expect(existsSync(join(home, "reports", "index.html"))).toBe(true);
  expect(readdirSync(join(home, "reports", "demo")).sort()).toEqual([
    "data_quality.html",
    "data_quality.md",
    "figures",
    "manifest.json",
  ]);
  const { lines, orders, customers } = readJson(folder, "cleaning", "cleaning_report.json");
  expect({ lines, orders, customers }).toEqual({
    lines: expect.any(Number),
    orders: expect.any(Number),
    customers: expect.any(Number),
  });
  expect(
    readFileSync(join(folder, "cleaning", "ledger.csv"), "utf8")
      .split("\n")[0]
      .split(","),
  ).toEqual(
    expect.arrayContaining([
      "rule",
      "rows_touched",
      "customers_touched",
      "revenue_touched",
      "rows_before",
      "rows_after",
    ]),
  );
  const store = await columnsOf(join(folder, "features", "feature_store.parquet"));
  expect(store.slice(0, 2)).toEqual(["customer_id", "as_of"]);
  expect(store).toEqual(expect.arrayContaining(["recency_days", "frequency", "monetary", "txn_count_electronics"]));
  expect(readFileSync(join(folder, "features", "feature_store.csv"), "utf8").split("\n")[0]).toBe(store.join(","));
  expect(await columnsOf(join(folder, "features", "btyd_summary.parquet"))).toEqual(
    expect.arrayContaining(["customer_id", "as_of", "x", "t_x", "T", "m_x"]),
  );
  expect(await columnsOf(join(folder, "features", "labels.parquet"))).toEqual(
    expect.arrayContaining(["customer_id", "as_of", "horizon_days", "bought_again", "churned", "spend"]),
  );
  expect(await columnsOf(join(folder, "segments", "segment_assignments.parquet"))).toEqual(
    "customer_id,as_of,segment,segment_name,rule_segment".split(","),
  );
  const headerOf = (...path: string[]) => readFileSync(join(folder, "segments", ...path), "utf8").split("\n")[0];
  expect(headerOf("selection.csv")).toBe(
    "k,inertia,silhouette,davies_bouldin,smallest_share,stability_ari,distinct_names,chosen,why,elbow,silhouette_verdict,silhouette_deviation,stability_rows,names",
  );
  expect(headerOf("lists", "at-risk.csv")).toMatch(/^contact_key,segment,/);
});

test("protected columns and the truth are in no artifact", async () => {
  const store = await columnsOf(join(home, "artifacts", "demo", "features", "feature_store.parquet"));
  const truth = await columnsOf(join(home, "datasets", "raw", "demo", "truth.parquet"));
  const hidden = ["race_white", "gender", "birth_year", ...truth.filter((name) => !/^(customer_id|as_of)$/.test(name))];
  expect(hidden.length).toBeGreaterThan(8);
  expect(store.filter((name) => hidden.includes(name))).toEqual([]);
});

test.each([
  ["artifacts/demo/cleaning", null],
  ["artifacts/demo/features", "2025-12-31"],
  ["artifacts/demo/segments", "2025-12-31"],
  ["reports/demo", "2025-12-31"],
])("manifest of %s: true of every file", async (path, asOf) => {
  const folder = join(home, path);
  const manifest = readJson(folder, "manifest.json");
  const { sha256 } = readJson(home, "datasets", "raw", "demo", "provenance.json");
  expect(manifest["files"]).toEqual(await dataFiles(folder));
  expect(manifest).toMatchObject({
    dataset: "demo",
    dataset_sha256: sha256,
    as_of: asOf,
    seed: 7,
    mlflow_run_id: null,
  });
  expect(manifest["versions"]).toMatchObject({ rekindle: expect.any(String), duckdb: expect.any(String) });
});

test("a manifest names the commit of the code", async () => {
  const out = join(home, "with-commit");
  await mustRun(["clean", "--no-tracking", "--quiet", "--out", out], { home, commit: true });
  expect(readJson(out, "cleaning", "manifest.json")["git_commit"]).toMatch(/^[0-9a-f]{40}(-dirty)?$/);
});

test("one thread and two give the same bytes, and so does a second run", async () => {
  const first = join(home, "artifacts", "demo");
  const tables = await dataFiles(join(home, "datasets", "processed", "demo"));
  const report = await dataFiles(join(home, "reports", "demo"));
  expect(Object.keys(tables).length).toBeGreaterThan(8);
  expect(Object.keys(report).length).toBeGreaterThan(8);
  for (const [threads, stages] of [
    ["1", "clean,features,segment,report"],
    ["2", "clean,features,segment"],
  ]) {
    const out = join(home, `out-${threads}`);
    await mustRun(["run", "--no-tracking", "--quiet", "--threads", threads, "--stages", stages, "--out", out], {
      home,
    });
    for (const part of ["cleaning", "features", "segments"]) {
      expect(await dataFiles(join(out, part)), `${threads} threads`).toEqual(await dataFiles(join(first, part)));
    }
    expect(await dataFiles(join(home, "datasets", "processed", "demo")), `${threads} threads`).toEqual(tables);
  }
  // The page names the command that makes it again, with its folder.
  const out = join(home, "out-1");
  const pageOf = (folder: string, file: string) =>
    readFileSync(join(folder, "reports", "demo", file), "utf8").replaceAll(` --out ${out}`, "");
  const pages = ["data_quality.html", "data_quality.md"];
  for (const file of pages) expect(pageOf(out, file)).toBe(pageOf(home, file));
  const others = Object.entries(await dataFiles(join(out, "reports", "demo"))).filter(
    ([file]) => !pages.includes(file),
  );
  expect(others).toEqual(Object.entries(report).filter(([file]) => !pages.includes(file)));
  expect(readFileSync(join(out, "reports", "demo", "data_quality.md"), "utf8")).toContain(` --out ${out}`);
});

test("the same seed makes the same demo, another seed another", async () => {
  const raw = join(home, "datasets", "raw", "demo");
  const other = makeHome();
  try {
    const make = (seed: string) =>
      mustRun(["data", "make", "demo", "--customers", "400", "--seed", seed, "--quiet"], { home: other });
    const tables = async (folder: string) => {
      const { "provenance.json": _, ...files } = await dataFiles(folder);
      return files;
    };
    await make("7");
    expect(await tables(join(other, "datasets", "raw", "demo"))).toEqual(await tables(raw));
    await make("8");
    expect(await tables(join(other, "datasets", "raw", "demo"))).not.toEqual(await tables(raw));
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});

describe("a run with options", () => {
  test("--quiet says nothing on standard error, and standard output names the folders", async () => {
    const out = join(home, "quiet");
    const { stdout, stderr } = await mustRun(
      ["run", "--quiet", "--no-tracking", "--stages", "features,clean", "--out", "quiet"],
      { home },
    );
    expect(stderr).toBe("");
    // In the order in which they build on each other, below the folder where the command was given.
    expect(stdout).toBe(`clean: ${join(out, "cleaning")}\nfeatures: ${join(out, "features")}\n`);
  });

  test("--out leaves the artifacts of the dataset as they were", async () => {
    const before = await dataFiles(join(home, "artifacts"));
    const manifest = await sha256OfFile(join(home, "artifacts", "demo", "features", "manifest.json"));
    const args = ["features", "--as-of", "2024-12-31", "--returns", "net", "--no-tracking", "--out", "elsewhere"];
    await mustRun(args, { home });
    expect(await dataFiles(join(home, "artifacts"))).toEqual(before);
    expect(await sha256OfFile(join(home, "artifacts", "demo", "features", "manifest.json"))).toBe(manifest);
    expect(readJson(home, "elsewhere", "features", "manifest.json")["as_of"]).toBe("2024-12-31");
  });

  test("report: takes the policy on returns of its features, and makes them again if another is asked for", async () => {
    const out = ["--no-tracking", "--quiet", "--out", join(home, "net")];
    await mustRun(["run", "--stages", "clean,features", "--returns", "net", ...out], { home });
    const report = ["report", "--no-figures", ...out];
    const paramsOf = (...path: string[]) => readJson(home, "net", ...path, "manifest.json")["params"];
    await mustRun(report, { home });
    expect(paramsOf("reports", "demo")).toMatchObject({ returns: "net" });
    const refused = await rekindle([...report, "--returns", "drop", "--no-prerequisites"], { home });
    expect(refused).toMatchObject({
      code: 1,
      stderr: `Cannot run report: features of "demo" is out of date (other options); run npx rekindle features --dataset demo --as-of 2025-12-31 --out ${join(home, "net")}\n`,
    });
    await mustRun([...report, "--returns", "drop"], { home });
    expect([paramsOf("features"), paramsOf("reports", "demo")]).toMatchObject([
      { returns: "drop" },
      { returns: "drop" },
    ]);
  });

  test("--no-figures writes the report without pictures", async () => {
    const copy = makeHome();
    try {
      for (const folder of ["datasets", "artifacts"])
        cpSync(join(home, folder), join(copy, folder), { recursive: true });
      await mustRun(["report", "--no-figures", "--no-tracking", "--quiet"], { home: copy });
      expect(existsSync(join(copy, "reports", "demo", "figures"))).toBe(false);
      const markdown = readFileSync(join(copy, "reports", "demo", "data_quality.md"), "utf8");
      expect(markdown).not.toContain("figures/");
      expect(readFileSync(join(copy, "reports", "demo", "data_quality.html"), "utf8")).toContain("<svg");
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});
