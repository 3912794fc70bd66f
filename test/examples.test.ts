import { execFile } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SegmentRule, standardSegmentRules, strictSegmentRules } from "../src/segmentation/index.js";
import { contactKey } from "../src/strategy/index.js";
import { type Example, examplesIn, fencedExamples, isAsStated, moduleOf, stepsOf } from "./checks/examples.js";
import { ROOT, trackedTexts } from "./checks/tracked-files.js";
import { type StubServer, sendJson, startStubServer } from "./tracking/stub-server.js";

const run = promisify(execFile);

/** Purchase histories of a shop and the models fitted to them, which the examples of these files take for granted. */
const shop = `
    const histories = {
      x: [0, 1, 2, 3, 5, 9],
      t_x: [0, 4, 28, 10, 35, 37],
      T: [39, 39, 39, 39, 39, 39],
      m_x: [0, 20, 35, 28, 41, 30],
      counts: [500, 150, 100, 60, 40, 15],
    };
    const model = fitBetaGeo(histories, { unit: "weeks" });
    const spend = fitGammaGamma(histories);`;
const shopExamples = [
  ...["fit/bootstrap-intervals", "fit/customer-lifetime-value-intervals", "fit/likelihood-ratio-test"],
  ...["predict/customer-lifetime-value", "predict/discounted-expected-purchases", "predict/expected-purchases"],
  ...["predict/probability-alive", "predict/purchase-distribution", "predict/track-purchases"],
  "simulate/simulate-histories",
];
/** What an example takes for granted, as code that stands before it. */
const setUp: Readonly<Record<string, string>> = {
  "src/calibration/cross-fitted-calibration.ts": `
    const yScore = Array.from({ length: 40 }, (_, i) => i / 40), yTrue = yScore.map((score, i) => (score + (i % 3) / 4 > 0.6 ? 1 : 0));
    const customerIds = yScore.map((_, i) => String(i >> 1));`,
  "src/datasets/import/add-dataset.ts": "const engine = await openDuckDb();",
  "src/evaluation/bootstrap-interval.ts": "const yTrue = [0, 1, 0, 1], yScore = [0.1, 0.9, 0.4, 0.3];",
  "src/evaluation/grid-search.ts":
    "const nRows = 10; const fitAndScore = (params: { learningRate: number }, ..._: unknown[]) => params.learningRate;",
  "src/evaluation/paired-comparison.ts":
    "const yTrue = [0, 1, 0, 1], old = [0.1, 0.9, 0.4, 0.3], scores = [0.1, 0.9, 0.2, 0.3];",
  "src/evaluation/random-search.ts":
    "const folds = kFold(10, { seed: 7 }); const evaluate = (point: Record<string, unknown>) => Number(point['learningRate']);",
  "src/matrix/matrix-from-table.ts": "const engine = await openDuckDb();",
  ...Object.fromEntries(shopExamples.map((name) => [`src/models/btyd/${name}.ts`, shop])),
  "src/tracking/with-run.ts": "const tracker = createSilentTracker();",
};
/** Comments that state no value. */
const prose = ["a die", "1.226 on CDNOW"];
/** Examples that cannot run, each with its reason. There are none. */
const notRunnable: Readonly<Record<string, string>> = {};

const sources = [...trackedTexts("src/*.ts", "src/**/*.ts")].flatMap(([path, text]) => examplesIn(path, text));
/** Pages whose blocks are one script from top to bottom. */
const scripts = ["docs/charts.md", "docs/modelling.md"];
const pages = [...trackedTexts("docs/*.md", "README.md")].flatMap(([path, text]) => {
  const blocks = fencedExamples(path, text, "ts");
  return scripts.includes(path) ? [{ ...blocks[0], code: blocks.map(({ code }) => code).join("\n") }] : blocks;
});
const examples = [...sources, ...pages].filter(({ path }) => !(path in notRunnable));
const titleOf = ({ path, line }: Example) => `${path}:${line}`;

const compileErrors = new Map<number, string[]>();
let folder: string;
let server: StubServer;
let outcomes: Record<string, { error?: string; results?: { stated: string; value: unknown }[] }>;

beforeAll(async () => {
  if (!existsSync(join(ROOT, "dist", "index.js"))) {
    throw new Error("Cannot run the examples: dist/ is not built; run `npm run build`");
  }
  folder = mkdtempSync(join(tmpdir(), "rekindle-examples-"));
  server = await startStubServer((request, response) => {
    const missing = request.url?.includes("get-by-name");
    const info = { run_id: "r1", experiment_id: "1", artifact_uri: "mlflow-artifacts:/1/r1/artifacts" };
    if (missing) sendJson(response, 404, { error_code: "RESOURCE_DOES_NOT_EXIST", message: "no such experiment" });
    else sendJson(response, 200, { experiment_id: "1", run: { info, data: {} }, runs: [], run_info: info });
  });
  await prepare();
  // Without a server to log to, whatever the one who tests has set.
  const key = "a key for the examples";
  const env = { ...process.env, REKINDLE_HOME: join(folder, "home"), REKINDLE_KEY: key, MLFLOW_TRACKING_URI: "" };
  const asUser = (...args: string[]) => run(process.execPath, args, { cwd: folder, env });
  const command = join(ROOT, "dist", "cli", "bin.js");
  await asUser(command, "data", "make", "demo");
  await asUser(command, "clean", "--dataset", "demo", "--no-tracking");
  writeList(["1001", "1002", "1003"].map((id) => contactKey(id, { key })));
  const { stdout } = await asUser("run.mjs");
  outcomes = JSON.parse(stdout);
}, 240_000);
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes what docs/segmentation.md joins: a target list, and an address book that lacks one of its customers. */
function writeList(keys: readonly string[]): void {
  const lists = join(folder, "artifacts", "demo", "segments", "lists");
  mkdirSync(lists, { recursive: true });
  const lines = keys.map((key) => `${key},At Risk,182,76,5938.98\n`);
  writeFileSync(join(lists, "at-risk.csv"), `contact_key,segment,recency_days,frequency,monetary\n${lines.join("")}`);
  writeFileSync(join(folder, "addresses.csv"), "customer_id,email\n1003,c@example.org\n1001,a@example.org\n");
}

/** Writes the examples as modules, has them checked and compiled, and writes what runs them all. */
async function prepare(): Promise<void> {
  mkdirSync(join(folder, "home"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules", "rekindle"), "dir");
  // Schemas and figures are written with them.
  mkdirSync(join(folder, "node_modules", "@observablehq"));
  for (const name of ["typebox", "@observablehq/plot"]) {
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name), "dir");
  }
  copyFileSync(join(ROOT, "docs", "examples", "orders.csv"), join(folder, "orders.csv"));
  copyFileSync(join(ROOT, "docs", "examples", "orders.mapping.json"), join(folder, "shop.json"));
  const names: string[] = [];
  for (const [i, example] of examples.entries()) {
    const body = moduleOf(stepsOf(example), { head: setUp[example.path] ?? "" });
    const imports = await importsFor(example, body);
    const text = `${imports}\n${body}`.replaceAll("http://127.0.0.1:5000", server.url);
    names.push(`example-${i}`);
    writeFileSync(join(folder, `example-${i}.ts`), text);
  }
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2023"],
    module: "NodeNext",
    strict: true,
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [join(ROOT, "node_modules", "@types")],
  };
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const said = await run(process.execPath, [compiler, "-p", "."], { cwd: folder }).then(
    () => "",
    ({ stdout }: { stdout: string }) => stdout,
  );
  for (const [, i, error] of said.matchAll(/^example-(\d+)\.ts(.*)$/gm)) {
    compileErrors.set(Number(i), [...(compileErrors.get(Number(i)) ?? []), error]);
  }
  if (said && !compileErrors.size) throw new Error(`Cannot compile the examples:\n${said}`);
  writeFileSync(
    join(folder, "run.mjs"),
    `const outcomes = {};
console.log = console.error;
for (const name of ${JSON.stringify(names)}) {
  try {
    const { results } = await import(\`./\${name}.js\`);
    outcomes[name] = { results };
  } catch (error) {
    outcomes[name] = { error: String(error?.stack ?? error) };
  }
}
const arrays = (_, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
process.stdout.write(JSON.stringify(outcomes, arrays), () => process.exit(0));
`,
  );
}

/** The leaves, and the contents page of each module. */
function contentsPages(): string[] {
  const dist = join(ROOT, "dist");
  const leaves = readdirSync(dist).filter((name) => name.endsWith(".js") && name !== "index.js");
  const pages = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) =>
    /.[\\/]index\.js$/.test(name),
  );
  return [...leaves, ...pages.filter((name) => !name.startsWith("cli"))].map((name) => join(dist, name));
}

/** Imports of the names that an example uses, unless it has its own: from the file that has it, else from the contents pages of the modules. */
async function importsFor({ path, documents }: Example, body: string): Promise<string> {
  if (/^import .* from "rekindle\//m.test(body)) return "";
  const built = (source: string) => join(ROOT, "dist", source.replace(/^src\//, "").replace(/\.ts$/, ".js"));
  const own = path.startsWith("src/") ? [built(path)] : [];
  const places = [...own, ...contentsPages()];
  const declared = new Set([...body.matchAll(/\b(?:const|let|var) \{? ?(\w+)/g)].map(([, name]) => name));
  const taken = new Set<string>();
  const lines: string[] = [];
  for (const place of places) {
    const exported = Object.keys((await import(place)) as object);
    const used = exported.filter(
      (name) =>
        !taken.has(name) && !declared.has(name) && new RegExp(`(?<![\\w"]|(?<!\\.\\.)\\.)${name}\\b(?!:)`).test(body),
    );
    for (const name of used) taken.add(name);
    if (used.length) lines.push(`import { ${used.join(", ")} } from ${JSON.stringify(place)};`);
  }
  if (documents) lines.push(`import type { ${documents} } from ${JSON.stringify(own[0])};`);
  return lines.join("\n");
}

test("there are examples, and none is left out without a reason", () => {
  expect(sources.length).toBeGreaterThan(15);
  expect(pages.length).toBeGreaterThan(0);
  expect(Object.keys(notRunnable)).toEqual([]);
  const paths = new Set(examples.map(({ path }) => path));
  expect(Object.keys(setUp).filter((path) => !paths.has(path))).toEqual([]);
  // Nothing that looks like an example is missed by what looks for them.
  const tags = [...trackedTexts("src/*.ts", "src/**/*.ts").values()].join("\n").match(/^\s*\* @example\b/gm);
  expect(sources).toHaveLength(tags?.length ?? 0);
});

test.each(examples.map((example, i) => [titleOf(example), i] as const))("%s runs and gives what it states", (_, i) => {
  const { error, results = [] } = outcomes[`example-${i}`];
  expect(compileErrors.get(i)).toBeUndefined();
  expect(error).toBeUndefined();
  const stated = stepsOf(examples[i]).filter((step) => step.stated !== undefined);
  expect(results).toHaveLength(stated.length);
  const wrong = results.filter(({ value, stated: said }) => !prose.includes(said) && !isAsStated(value, said));
  expect(wrong).toEqual([]);
});

test("the examples of the tracking client reached a server", () => {
  expect(server.requests).toEqual(expect.arrayContaining(["POST /api/2.0/mlflow/runs/log-batch"]));
});

describe("pages", () => {
  const texts = trackedTexts("docs/*.md", "README.md", "src/**/*.md");

  test("blocks of JavaScript are in the one page whose own test runs them", () => {
    const others = [...texts].flatMap(([path, text]) => fencedExamples(path, text, "js")).map(({ path }) => path);
    expect([...new Set(others)]).toEqual(["docs/mlflow-js-client.md"]);
    expect(readFileSync(join(ROOT, "test", "tracking", "against-mlflow.test.ts"), "utf8")).toContain(
      "the examples of docs/mlflow-js-client.md run as they stand",
    );
  });

  const python = [...texts]
    .flatMap(([path, text]) => fencedExamples(path, text, "python"))
    // That Python loads what was logged is shown where there is a server: test/tracking/python-loads-models.test.ts.
    .filter(({ code }) => !/^import mlflow/m.test(code));
  test.each(python.map((block) => [titleOf(block), block.code]))("%s prints what it states", async (_, code) => {
    const { stdout } = await run(join(ROOT, ".venv", "bin", "python"), ["-c", code], { cwd: folder });
    const stated = [...code.matchAll(/^print\(.*\) {2}# (.*)$/gm)].map(([, said]) => said);
    expect(stated).not.toEqual([]);
    expect(stdout.trim().split("\n")).toEqual(stated);
  });

  test("the rules of segments are as docs/segmentation.md has them", () => {
    const standard = standardSegmentRules.map(ruleLine);
    const differing = strictSegmentRules.map(ruleLine).filter((line) => !standard.includes(line));
    const stated = [...(texts.get("docs/segmentation.md") ?? "").matchAll(/^\| \d \| .*$/gm)].map(([line]) => line);
    expect(stated).toEqual([...standard, ...differing]);
  });

  test("what docs/modelling.md says that something is called here is called so", async () => {
    const table = (texts.get("docs/modelling.md") ?? "").split("| in Python | here |")[1];
    const here = [...table.matchAll(/^\| .* \| (.*) \|$/gm)].map(([, cell]) => cell).join("\n");
    const names = [...here.matchAll(/`([a-z]+[A-Z]\w*)`/g)].map(([, name]) => name);
    const exported = new Set<string>();
    for (const page of contentsPages())
      for (const name of Object.keys((await import(page)) as object)) exported.add(name);
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !exported.has(name))).toEqual([]);
  });

  test("blocks of JSON are JSON", () => {
    for (const block of [...texts].flatMap(([path, text]) => fencedExamples(path, text, "json"))) {
      expect(() => JSON.parse(block.code), titleOf(block)).not.toThrow();
    }
  });

  test("links lead to files that are there", () => {
    const broken = [...texts].flatMap(([path, text]) =>
      [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map(([, target]) => join(ROOT, path, "..", target))
        .filter((target) => !existsSync(target))
        .map((target) => `${path}: ${basename(target)}`),
    );
    expect(broken).toEqual([]);
  });
});

/** A rule as a line of the table, in words. */
function ruleLine(rule: SegmentRule, i: number): string {
  const { name, recencyBelow, recencyAtMost, recencyAbove, ordersAbove, ordersBelow, ordersAtLeast } = rule;
  const cell = (...phrases: readonly (readonly [string, number | undefined, string?])[]) =>
    phrases
      .flatMap(([words, limit, unit = ""]) => (limit === undefined ? [] : [`${words} ${limit}${unit}`]))
      .join(", ");
  const days = " days ago";
  const lastOrder = cell(
    ["less than", recencyBelow, days],
    ["at most", recencyAtMost, days],
    ["more than", recencyAbove, days],
  );
  const orders = cell(["more than", ordersAbove], ["fewer than", ordersBelow], ["at least", ordersAtLeast]);
  const cells = [String(i + 1), name, lastOrder, orders, cell(["above", rule.orderValueAbove])];
  return `|${cells.map((text) => (text ? ` ${text} |` : " |")).join("")}`;
}

describe("what reads the examples", () => {
  test("keeps statements of several lines together and finds what they state", () => {
    const code = 'const a = f([\n  1,\n  2,\n]); // 3\nawait g("x; y");\n// [1]\nh(`a // b`);';
    expect(stepsOf({ code, documents: undefined })).toEqual([
      { code: "const a = f([\n  1,\n  2,\n]);", stated: "3" },
      { code: 'await g("x; y");', stated: "[1]" },
      { code: "h(`a // b`);", stated: undefined },
    ]);
  });

  test("sees a value that is not what is stated", () => {
    expect(isAsStated([{ days: 30 }], "[{days: 30}]")).toBe(true);
    expect(isAsStated([{ days: 31 }], "[{days: 30}]")).toBe(false);
    expect(isAsStated(Float64Array.of(1, 2), "[1, 2]")).toBe(true);
    expect(isAsStated("a\n b", "a\n b")).toBe(true);
    expect(isAsStated(4, "a die")).toBe(false);
  });

  test("finds each example of a comment with the type that it is of", () => {
    const source =
      "/**\n * A.\n *\n * @example\n * f(1); // 2\n *\n * @throws x\n * @example\n * f(2);\n */\nexport interface F {}";
    expect(examplesIn("x.ts", source)).toEqual([
      { path: "x.ts", line: 4, documents: "F", code: "f(1); // 2\n" },
      { path: "x.ts", line: 8, documents: "F", code: "f(2);" },
    ]);
  });
});
