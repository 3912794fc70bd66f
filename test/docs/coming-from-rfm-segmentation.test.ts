import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCommands } from "../../src/cli/commands/index.js";
import { main } from "../../src/cli/main.js";
import { openDuckDb } from "../../src/engine/index.js";
import { featureCatalogue } from "../../src/features/index.js";
import * as pipeline from "../../src/pipeline/index.js";
import * as reports from "../../src/reports/index.js";
import * as segmentation from "../../src/segmentation/index.js";
import * as strategy from "../../src/strategy/index.js";
import { fencedExamples } from "../checks/examples.js";
import { tablesIn } from "../checks/markdown-tables.js";
import { ROOT, textOf } from "../checks/tracked-files.js";
import { fakeEffects } from "../cli/fake-effects.js";

const commands = await loadCommands();

const path = "docs/coming-from-rfm-segmentation.md";
const page = textOf(path);
const tables = tablesIn(page);

/** What stands between backticks in the column "here" below a heading. */
const namesBelow = (heading: string) =>
  (tables.get(heading) ?? []).flatMap((row) => [...row["here"].matchAll(/`([^`]+)`/g)].map(([, name]) => name));

let home: string;
const folder = () => join(home, "artifacts", "my-shop", "segments");

// The page's own commands, as they stand.
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "rekindle-docs-"));
  const env = { REKINDLE_HOME: home, REKINDLE_KEY: "a key for this page" };
  for (const line of fencedExamples(path, page, "sh").flatMap(({ code }) => code.trim().split("\n"))) {
    const args = line.split(" ").slice(2);
    await main([...args, ...(args[0] === "data" ? [] : ["--no-tracking"])], fakeEffects({ env, cwd: ROOT }));
  }
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

test("every heading of the page has its table", () => {
  expect([...tables.keys()]).toEqual(["Commands and options", "Features", "Functions", "Files", "Figures"]);
  for (const rows of tables.values()) expect(Object.keys(rows[0])).toEqual(["there", "here", "difference"]);
});

test("commands and options: each is known", () => {
  const options = new Map(commands.map(({ name, options }) => [name, options]));
  const known = { ...options.get("segment"), ...options.get("run") };
  for (const name of namesBelow("Commands and options")) {
    const [first, value] = name.split(" ");
    if (first === "rekindle") expect(options.has(value), name).toBe(true);
    else expect(known, name).toHaveProperty(first.replace(/^--/, ""));
  }
});

test("the list rfm-extended has the seven features of the module, in its order", () => {
  const extended = namesBelow("Features").slice(0, 7);
  const manifest = JSON.parse(readFileSync(join(folder(), "manifest.json"), "utf8"));
  expect(manifest.params.features).toBe(extended.join(","));
  expect(manifest.params.min_orders).toBe(2);
});

test("features: each is in the catalogue, as the page of all old names has it", () => {
  const catalogue = featureCatalogue.map(({ name }) => name);
  const names = namesBelow("Features");
  expect(names).toHaveLength(10);
  expect(names.filter((name) => !catalogue.includes(name))).toEqual([]);
  const others = tablesIn(textOf("docs/features-by-old-name.md")).get("The segmentation module") ?? [];
  const pairs = (rows: readonly Readonly<Record<string, string>>[], old: string) =>
    rows.map((row) => [row[old], row["here"]]);
  expect(pairs(tables.get("Features") ?? [], "there")).toEqual(pairs(others, "old name"));
});

test("functions: each is exported", () => {
  const exported: readonly string[] = [segmentation, strategy, reports, pipeline].flatMap((module) =>
    Object.keys(module),
  );
  const names = namesBelow("Functions");
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !exported.includes(name))).toEqual([]);
});

describe("files", () => {
  test("each is written, and the columns are those of the assignments", async () => {
    const engine = await openDuckDb();
    await engine.registerParquet("assigned", join(folder(), "segment_assignments.parquet"));
    const columns = (await engine.describe("SELECT * FROM assigned")).map(({ name }) => name);
    engine.close();
    expect(columns).toContain("customer_id");
    const written = readdirSync(folder(), { recursive: true, encoding: "utf8" }).map((name) =>
      name.replace(/^history.\d{4}-\d\d-\d\d/, "history/<day>").replaceAll("\\", "/"),
    );
    const names = namesBelow("Files");
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !written.includes(name) && !columns.includes(name))).toEqual([]);
  });

  test("strategies have the fields of the module, and drift has its sentence", () => {
    const json = (name: string) => JSON.parse(readFileSync(join(folder(), name), "utf8"));
    const row = (tables.get("Files") ?? []).find(({ there }) => there.includes("segment_strategies"));
    const fields = [...(row?.["difference"] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    expect(fields).toHaveLength(7);
    const strategies = Object.values<object>(json("segment_strategies.json"));
    expect(strategies).toHaveLength(8);
    for (const one of strategies) expect(Object.keys(one)).toEqual(expect.arrayContaining(fields));
    const flows = [{ from: "A", to: "B", customers: 1000, revenue: 0 }];
    expect(segmentation.sizeDrift({ flows, vanished: {} }).drifted).toBe(true);
  });
});

test("figures: each is written as PNG and as SVG", () => {
  const written = readdirSync(join(folder(), "figures"));
  const names = namesBelow("Figures");
  expect([...names].sort()).toEqual(written.filter((name) => name.endsWith(".png")).sort());
  expect(names.map((name) => name.replace(".png", ".svg")).filter((name) => !written.includes(name))).toEqual([]);
});
