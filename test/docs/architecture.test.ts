import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type * as charts from "../../src/charts/index.js";
import { openDuckDb } from "../../src/engine/index.js";
import { build } from "../../src/setup/install/compile.mjs";
import { placesAt } from "../../src/setup/places.mjs";
import { fencedExamples } from "../checks/examples.js";
import { importViolations } from "../checks/import-rules.js";
import { ROOT, textOf } from "../checks/tracked-files.js";
import { type Answer, answerOf, cleanEnvironment } from "../e2e/rekindle.js";

const path = "docs/architecture.md";
const page = textOf(path);

/** The page's files by path. Those of src belong to the program, the others to the folder that its user works in. */
const files = new Map(
  [...page.matchAll(/^`([^`]+)`\n\n```\w+ file\n([\s\S]*?)^```$/gm)].map(([, file, content]) => [file, content]),
);
const sources = [...files].filter(([file]) => file.startsWith("src/"));
const commands = fencedExamples(path, page, "sh").flatMap(({ code }) => code.trim().split("\n"));

/** What the page's text asks for: a name is added to a list, or exported. */
const additions = [
  { index: "src/datasets/known/index.ts", list: "importedDatasets", names: { cornerShop: "./corner-shop.js" } },
  {
    index: "src/pipeline/stages/index.ts",
    list: "stages",
    names: { countsStage: "./counts.js", repeatStage: "./repeat.js" },
  },
  { index: "src/charts/index.ts", names: { "orderCountChart, type OrderCount": "./order-count-chart.js" } },
];

let root: string;
const work = () => join(root, "work");
const answers = new Map<string, Answer>();

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "rekindle-architecture-"));
  const places = placesAt(root);
  cpSync(join(ROOT, "src"), join(root, "src"), { recursive: true });
  for (const name of ["package.json", "tsconfig.json"]) cpSync(join(ROOT, name), join(root, name));
  symlinkSync(join(ROOT, "node_modules"), places.nodeModules, "dir");
  for (const [file, content] of files) {
    const target = join(file.startsWith("src/") ? root : work(), file);
    expect(existsSync(target), `${file} is new`).toBe(false);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  for (const { index, list, names } of additions) add(join(root, index), { list, names });
  await build(places);
  for (const command of commands) answers.set(command, await run(command));
}, 600_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Adds names to a list and imports them, or exports them. */
function add(
  index: string,
  { list, names }: { list: string | undefined; names: Readonly<Record<string, string>> },
): void {
  const verb = list === undefined ? "export" : "import";
  const lines = Object.entries(names).map(([name, file]) => `${verb} { ${name} } from "${file}";\n`);
  const text = readFileSync(index, "utf8");
  const longer = list
    ? text.replace(new RegExp(`(export const ${list}\\b.*= \\[[^\\]]*)\\]`), `$1, ${Object.keys(names).join(", ")}]`)
    : text;
  expect(longer !== text, `${index} has ${list}`).toBe(list !== undefined);
  writeFileSync(index, lines.join("") + longer);
}

function run(command: string): Promise<Answer> {
  expect(command).toMatch(/^npx rekindle /);
  const args = [...command.split(" ").slice(2), ...(command.includes(" data ") ? [] : ["--no-tracking"])];
  const env = cleanEnvironment({ REKINDLE_HOME: join(root, "home"), GIT_DIR: join(root, "none") });
  const bin = join(root, "dist", "cli", "bin.js");
  return answerOf(spawn(process.execPath, [bin, ...args], { cwd: work(), env, stdio: ["ignore", "pipe", "pipe"] }));
}

const made = (...names: string[]) => join(root, "home", "artifacts", "corner-shop", ...names);

test("every file of the page is read, and its imports follow the directions", () => {
  expect([...files.keys()]).toEqual([
    "src/datasets/known/corner-shop.ts",
    "sales.csv",
    "my-groups/size.sql",
    "src/charts/order-count-chart.ts",
    "src/pipeline/artifacts/order-counts.ts",
    "src/pipeline/stages/counts.ts",
    "src/pipeline/stages/repeat.ts",
  ]);
  expect(page.match(/^```\w+ file$/gm)).toHaveLength(files.size);
  expect(sources.flatMap(([file, content]) => importViolations(file, content))).toEqual([]);
  for (const { index, list = "" } of additions) {
    expect(page).toContain(`](../${index})`);
    expect(page).toContain(list);
  }
});

test("every command of the page ends well", () => {
  for (const [command, { code, stderr }] of answers) expect(code, `${command}\n${stderr}`).toBe(0);
});

test("dataset: it is listed, imported and cleaned", async () => {
  expect((await run("npx rekindle data list")).stdout).toMatch(/^corner-shop /m);
  const report = JSON.parse(readFileSync(made("cleaning", "cleaning_report.json"), "utf8"));
  expect([report.orders, report.customers, report.revenue]).toEqual([6, 3, 78.9]);
});

test("feature group: its column is in the feature store", async () => {
  const engine = await openDuckDb();
  await engine.registerParquet("store", made("features", "feature_store.parquet"));
  const rows = await engine.rows("SELECT customer_id, largest_order FROM store ORDER BY customer_id");
  engine.close();
  expect(rows.map((row) => [row["customer_id"], Number(row["largest_order"])])).toEqual([
    ["ann", 12.5],
    ["ben", 8],
    ["cleo", 30],
  ]);
});

test("chart: it is drawn by the stage, and by itself", async () => {
  expect(
    readFileSync(made("counts", "figures", "order_counts.png"))
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
  const built = pathToFileURL(join(root, "dist", "charts", "index.js")).href;
  const { orderCountChart, renderSvg } = (await import(built)) as typeof charts & {
    orderCountChart(counts: readonly object[], options: object): charts.Chart;
  };
  const chart = orderCountChart([{ orders: 1, customers: 4 }], {
    asOf: "2024-03-02",
    locale: "en-IE",
    currency: "EUR",
  });
  expect(chart.subtitle).toBe("Customers who placed this many orders. n = 4 customers, as of 2 Mar 2024.");
  expect(await renderSvg(chart)).toContain("Customers by number of orders");
});

test("artifact: it is written, and refused by name if a hand changed it", async () => {
  const built = pathToFileURL(join(root, "dist", "pipeline", "artifacts", "order-counts.js")).href;
  const { orderCounts } = await import(built);
  const counts = { counts: [1, 2, 3].map((orders) => ({ orders, customers: 1 })) };
  expect(await orderCounts.read(made("counts"))).toEqual(counts);
  mkdirSync(join(root, "other"));
  writeFileSync(join(root, "other", "order_counts.json"), '{ "counts": [{ "orders": 0, "customers": 1 }] }');
  await expect(orderCounts.read(join(root, "other"))).rejects.toThrow(/order_counts\.json.*orders.* is 0/);
});

test("stage: inputs come first, answers are as the page has them, help and flags follow from the options", async () => {
  const [, stated] = fencedExamples(path, page, "text").map(({ code }) => code.trimEnd().split("\n"));
  const last = commands.slice(-stated.length);
  expect(last).toHaveLength(4);
  const said = last.map((command) => answers.get(command) as Answer);
  for (const [i, line] of stated.entries()) expect(`${said[i].stdout}\n${said[i].stderr}`).toContain(line);
  expect(said[0].stderr).toContain("repeat: running counts first (not run yet)");
  const help = await run("npx rekindle counts --help");
  expect(help.stdout).toMatch(/--max-orders <number> +Count customers .* \(default: 10\)\n/);
  const wrong = await run("npx rekindle repeat --dataset corner-shop --min-orders 0");
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringContaining("--min-orders 0: expected a whole number, at least 1"),
  ]);
});
