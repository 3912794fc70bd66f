import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/index.js";
import { parseSegmentationModel, predictClusters } from "../../src/segmentation/index.js";
import { kernelEnvironment } from "../notebooks/kernel-driver.js";
import { hasRealData, realData } from "../real-data.js";
import { dataFiles, makeHome, mustRun, readJson, rekindle } from "./rekindle.js";

let home: string;
const folder = () => join(home, "artifacts", "demo", "segments");
beforeAll(async () => {
  home = makeHome();
  await mustRun(["data", "make", "demo", "--customers", "400", "--seed", "7"], { home });
  await mustRun(["run", "--stages", "clean", "--no-tracking"], { home });
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const segment = (...args: string[]) => rekindle(["segment", "--no-tracking", ...args], { home });

/** The customers of a Parquet file of assignments, as rows. */
async function assignments(path = join(folder(), "segment_assignments.parquet")) {
  const engine = await openDuckDb();
  try {
    await engine.registerParquet("assigned", path);
    return await engine.rows("SELECT * FROM assigned ORDER BY customer_id");
  } finally {
    engine.close();
  }
}

/** The ids in the list of a segment, sorted. */
function listed(name: string): string[] {
  const slug = name.toLowerCase().replace(/[^a-z]+/g, "-");
  const [header, ...lines] = readFileSync(join(folder(), "lists", `${slug}.csv`), "utf8")
    .trimEnd()
    .split("\n");
  expect(header).toMatch(/^customer_id,/);
  return lines.map((line) => line.split(",")[0]).sort();
}

describe("rekindle segment", () => {
  test("prints what was selected and each segment, and writes the same bytes twice", { timeout: 360_000 }, async () => {
    const { code, stdout, stderr } = await segment("--min-orders", "2", "--n-clusters", "4");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /Elbow: (K = [3-8]|none, the inertia falls smoothly)\n(Warning: .*\n)?Selected K = 4\nSilhouette Score: 0\.\d{4} \((good|acceptable|poor)\)\nDavies-Bouldin Index: /,
    );
    expect(stdout).toMatch(
      /\nCLUSTERS, by k-means .*\n(.*\n)+Cluster 0 - .+:\n +Customers: \d+ \(\d+\.\d%\)\n +Recency: .* days since last order\n +Frequency: .* orders\n +Monetary: .* total spend\n +Average order value: .*\n/,
    );
    // Those who are in the lists are counted below another headline.
    const [, rules] = stdout.split("\nSEGMENTS, by rule: ");
    const bySegment = readJson<Record<string, { customers: number; contactable: number }>>(
      folder(),
      "segment_strategies.json",
    );
    for (const [name, { customers, contactable }] of Object.entries(bySegment)) {
      expect(rules).toMatch(new RegExp(`\\n${name} +${customers} .* ${contactable}\\n`));
    }
    expect(stderr.match(/\n {2}K = \d, silhouette [\d.]+, tried in \d+\.\d s/g)).toHaveLength(6);
    const first = await dataFiles(folder());
    await segment("--min-orders", "2", "--n-clusters", "4", "--threads", "1", "--force");
    expect(await dataFiles(folder())).toEqual(first);
  });

  test("everyone is in one segment or in none for too few orders, and the model puts them there again", async () => {
    const rows = await assignments();
    const model = parseSegmentationModel(readFileSync(join(folder(), "segmentation_model.json"), "utf8"));
    const left = rows.filter((row) => row["segment"] === -1);
    expect(left.length).toBeGreaterThan(0);
    expect(new Set(left.map((row) => row["segment_name"]))).toEqual(new Set(["Too few orders"]));
    expect(new Set(rows.filter((row) => row["segment"] !== -1).map((row) => row["segment_name"]))).toEqual(
      new Set(model.names),
    );
    await mustRun(["features", "--no-tracking"], { home });
    const engine = await openDuckDb();
    try {
      await engine.registerParquet("store", join(home, "artifacts", "demo", "features", "feature_store.parquet"));
      const names = model.scaler.map(({ name }) => name);
      const store = await engine.columns(
        `SELECT customer_id, ${names.join(", ")} FROM store WHERE frequency >= 2 ORDER BY customer_id`,
      );
      const { customer_id: ids, ...columns } = store;
      const predicted = Array.from(predictClusters(model, columns as Record<string, Float64Array>));
      const stored = rows.filter((row) => row["segment"] !== -1);
      expect(ids).toEqual(stored.map((row) => row["customer_id"]));
      expect(predicted).toEqual(stored.map((row) => row["segment"]));
    } finally {
      engine.close();
    }
  });

  test("the budget is divided to the cent, and lists leave out who did not consent", { timeout: 360_000 }, async () => {
    interface Written {
      readonly customers: number;
      readonly contactable: number;
      readonly refused: number;
      readonly unknown_consent: number;
      readonly budget_amount: number;
    }
    const bySegment = readJson<Record<string, Written>>(folder(), "segment_strategies.json");
    const strategies = Object.values(bySegment);
    expect(strategies.reduce((sum, { budget_amount: amount }) => sum + Math.round(100 * amount), 0)).toBe(5_000_000);
    const { code, stderr } = await segment("--min-orders", "2", "--n-clusters", "4", "--no-figures", "--plain-ids");
    expect(code, stderr).toBe(0);
    // Who is in each segment, and what he said of marketing, by another way than the lists.
    const path = join(home, "datasets", "processed", "demo", "customers.parquet");
    const engine = await openDuckDb();
    const said = await engine
      .rows(`SELECT customer_id, consent_marketing AS said FROM read_parquet('${path}')`)
      .finally(() => engine.close());
    const answers = new Map(said.map((row) => [row["customer_id"], row["said"]]));
    const rows = await assignments();
    const answerOf = (row: (typeof rows)[number]) => answers.get(row["customer_id"]) ?? null;
    const left: string[] = [];
    for (const [name, written] of Object.entries(bySegment)) {
      const own = rows.filter((row) => row["rule_segment"] === name);
      const [agreed, refused, silent] = [true, false, null].map((answer) =>
        own.filter((row) => answerOf(row) === answer),
      );
      expect(listed(name), name).toEqual(agreed.map((row) => row["customer_id"]).sort());
      expect(written, name).toMatchObject({
        ...{ customers: own.length, contactable: agreed.length },
        ...{ refused: refused.length, unknown_consent: silent.length },
      });
      if (agreed.length < own.length) left.push(`${name} ${own.length - agreed.length}`);
    }
    expect(left.length).toBeGreaterThan(0);
    expect(stderr).toMatch(
      /\n {2}Lists: \d+ of \d+ customers; excluded: \d+ opted out, \d+ without recorded consent \(/,
    );
    for (const one of left) expect(stderr).toContain(one);
    await segment("--min-orders", "2", "--n-clusters", "4");
  });

  test("the strategies that were written can be edited and given back", { timeout: 360_000 }, async () => {
    const path = join(folder(), "segment_strategies.json");
    const written = readFileSync(path, "utf8");
    const file = join(home, "given-back.json");
    writeFileSync(file, written.replace("Call the few", "Ring the few"));
    const { code } = await segment("--min-orders", "2", "--n-clusters", "4", "--strategies", file);
    expect(code).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(readFileSync(file, "utf8"));
    expect(readFileSync(path, "utf8")).not.toBe(written);
  });

  test("figures are PNG of 300 dots per inch, and SVG", async () => {
    const names = [
      ...["segment_distribution", "rfm_heatmap", "rfm_3d_scatter", "revenue_contribution", "feature_importance"],
      ...["segment_comparison_radar", "k_selection", "silhouette_plot", "segment_migration", "cohort_retention"],
    ];
    expect(readdirSync(join(folder(), "figures")).sort()).toEqual(
      names.flatMap((name) => [`${name}.png`, `${name}.svg`]).sort(),
    );
    for (const name of names) {
      const png = readFileSync(join(folder(), "figures", `${name}.png`));
      const chunk = png.indexOf("pHYs");
      // 300 dots per inch are 11,811 a metre.
      expect(png.readUInt32BE(chunk + 4), name).toBe(11_811);
      expect(readFileSync(join(folder(), "figures", `${name}.svg`), "utf8")).toMatch(/^<svg /);
    }
  });

  test("a fit of an earlier day is judged on today's customers", { timeout: 360_000 }, async () => {
    const out = join(home, "earlier");
    expect((await segment("--as-of", "2024-06-30", "--no-figures", "--out", out)).code).toBe(0);
    const fitted = join(out, "segments", "segmentation_model.json");
    const { code, stdout } = await segment("--as-of", "2024-09-30", "--no-figures", "--out", out, "--fitted", fitted);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "The given clusters, fitted on 2024-06-30, should be refitted: The fit is 92 days old; the limit is 30.",
    );
  });

  test("own features, weights, strategies and plain ids are taken", { timeout: 360_000 }, async () => {
    const file = join(home, "strategies.json");
    writeFileSync(file, JSON.stringify({ "At Risk": { campaign: "Call them" } }));
    const own = ["--features", "rfm-extended", "--weights", "monetary=2", "--strategies", file, "--budget", "100"];
    const { code } = await segment(...own, "--n-clusters", "3", "--plain-ids", "--rules", "strict");
    expect(code).toBe(0);
    const model = parseSegmentationModel(readFileSync(join(folder(), "segmentation_model.json"), "utf8"));
    expect(model.scaler).toHaveLength(7);
    // A score does not grow by factors.
    expect(model.scaler.filter(({ transform }) => transform === "none").map(({ name }) => name)).toEqual([
      "engagement_score",
    ]);
    expect(model.scaler.find(({ name }) => name === "monetary")?.weight).toBe(2);
    expect(readFileSync(join(folder(), "segment_strategies.json"), "utf8")).toContain("Call them");
    expect(readFileSync(join(folder(), "lists", "promising.csv"), "utf8")).toMatch(/^customer_id,/);
  });

  test.each([
    ["an unknown feature", ["--features", "recency_days,charm"], 'Cannot segment by "charm": there is no such feature'],
    ["text as a feature", ["--features", "loyalty_tier"], 'Cannot segment by "loyalty_tier": it is text'],
    ["a weight of nothing", ["--weights", "monetary"], '"monetary" is not name=number'],
    [
      "a weight of another feature",
      ["--weights", "price_mean=2"],
      'Cannot weight "price_mean": it is not a feature of the clusters',
    ],
    [
      "more clusters than customers",
      ["--n-clusters", "5000"],
      "customers; 5000 clusters require at least 5001 different customers",
    ],
    ["one cluster", ["--n-clusters", "1"], "expected a whole number, at least 2"],
    [
      "orders that nobody has",
      ["--min-orders", "100000"],
      "no customer has 100000 orders up to 2025-12-31: the maximum is 92; lower --min-orders",
    ],
    ["strategies for a segment that is none", ["--strategies", "vips"], '"Vips"'],
    ["a fit of another dataset", ["--fitted", "other"], 'it was fitted on "elsewhere"; use one fitted on "demo"'],
    [
      "a fit by an unknown feature",
      ["--fitted", "charming"],
      'the given segmentation needs "charm", which is no feature of this dataset',
    ],
    ["a fit of no day", ["--fitted", "dayless"], '"as_of" is "someday"; expected a calendar day as YYYY-MM-DD'],
    ["a fit that is no segmentation", ["--fitted", "vips"], '"kind" is missing; expected "segmentation"'],
    ["strategies that are not there", ["--strategies", "/nowhere.json"], "Cannot read the strategies"],
    ["a budget of fractions", ["--budget", "1.234"], "expected an amount, at least 0, with at most two decimals"],
    [
      "a day before the first order",
      ["--as-of", "1999-01-01"],
      "no orders up to 1999-01-01; the first order is dated 2023-01-01, use that day or a later one",
    ],
  ])("%s is refused in one line, and old artifacts stay", async (_, args, message) => {
    const before = await dataFiles(folder());
    const vips = join(home, "vips.json");
    writeFileSync(vips, JSON.stringify({ Vips: { campaign: "Call them" } }));
    const other = join(home, "other.json");
    const model = readJson<{ scaler: object[] }>(folder(), "segmentation_model.json");
    writeFileSync(other, JSON.stringify({ ...model, dataset: "elsewhere" }));
    const charming = join(home, "charming.json");
    const [first, ...others] = model.scaler;
    writeFileSync(charming, JSON.stringify({ ...model, scaler: [{ ...first, name: "charm" }, ...others] }));
    const dayless = join(home, "dayless.json");
    writeFileSync(dayless, JSON.stringify({ ...model, as_of: "someday" }));
    const files: Readonly<Record<string, string>> = { vips, other, charming, dayless };
    const { code, stderr } = await segment(...args.map((arg) => files[arg] ?? arg));
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/^Cannot /);
    expect(stderr).not.toMatch(/\n +at /);
    expect(await dataFiles(folder())).toEqual(before);
  });
});

/** What notebook 03 prints, headless, where it has no error and all its charts. */
async function runNotebook(dataset: string): Promise<string> {
  mkdirSync(join(home, "jupyter"), { recursive: true });
  const { JUPYTER_PATH = "" } = await kernelEnvironment(join(home, "jupyter"));
  await mustRun(["notebooks", "03", "--dataset", dataset], { home, env: { JUPYTER_PATH } });
  const path = join(home, "artifacts", dataset, "notebooks", "03-segmentation.ipynb");
  const { cells } = readJson<{ cells: { outputs?: { output_type: string; data?: object; text?: string[] }[] }[] }>(
    path,
  );
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  expect(outputs.filter(({ output_type: type }) => type === "error")).toEqual([]);
  expect(outputs.filter(({ data = {} }) => "image/svg+xml" in data)).toHaveLength(10);
  return outputs.flatMap(({ text = [] }) => text).join("");
}

test.skipIf(!hasRealData)(
  "the notebook says what it estimated of CDNOW's customers",
  { timeout: 480_000 },
  async () => {
    await mustRun(["data", "add", "cdnow", "--from", realData("cdnow", "CDNOW_master.txt")], { home });
    await mustRun(["clean", "--dataset", "cdnow", "--no-tracking"], { home });
    const said = await runNotebook("cdnow");
    expect(said).toContain("Silhouettes are estimated on a part of the customers");
    expect(said).not.toContain("Stability is that of a random");
    expect(said).toContain("23,570 customers as of 1998-06-30, 3 clusters.");
  },
);

describe("a shop of one's own", () => {
  const mapping = {
    customer_id: "who",
    order_id: "order",
    order_datetime: "day",
    quantity: "units",
    unit_price: "price",
  };
  const days = ["2024-01-05", "2024-02-11", "2024-03-20", "2024-04-02"];
  const line = (customer: number, order: number, price: number) =>
    `C${customer},O${customer}-${order},${days[(customer + order) % 4]},1,${price}`;
  /** Adds a shop whose customers order in turn, one line for `price` each time. */
  async function addShop(
    name: string,
    { customers, lines: nLines, price }: { customers: number; lines: number; price: number },
  ) {
    const [csv, json] = [join(home, `${name}.csv`), join(home, `${name}.json`)];
    const lines = Array.from({ length: nLines }, (_, i) => line(i % customers, Math.floor(i / customers), price));
    writeFileSync(csv, `who,order,day,units,price\n${lines.join("\n")}\n`);
    writeFileSync(json, JSON.stringify(mapping));
    await mustRun(["data", "add", name, "--from", csv, "--mapping", json], { home });
  }

  test.each([
    [
      "few",
      { customers: 3, lines: 5, price: 5 },
      "Cannot choose a number of clusters: there are 3 customers; 3 clusters require at least 4 different customers",
    ],
    [
      "alike",
      { customers: 40, lines: 80, price: 5 },
      'Cannot scale features: "frequency" is 2 for every customer; drop the feature or use customers who differ in it',
    ],
    ["free", { customers: 40, lines: 80, price: 0 }, 'Cannot segment "free": its customers spent nothing'],
  ])("%s customers are refused in one line", async (name, shop, message) => {
    await addShop(name, shop);
    await mustRun(["clean", "--dataset", name, "--no-tracking"], { home });
    const { code, stderr } = await rekindle(["segment", "--dataset", name, "--no-tracking"], { home });
    expect(code).toBe(1);
    expect(stderr.trimEnd().split("\n").at(-1)).toContain(message);
    expect(existsSync(join(home, "artifacts", name, "segments"))).toBe(false);
  });

  test("orders alone are enough for the notebook, headless", { timeout: 360_000 }, async () => {
    const [csv, json] = [join(home, "orders-alone.csv"), join(home, "orders-alone.json")];
    // Customer i orders i % 12 + 1 times, every 20 days up to a day of its own, for more the more it orders.
    const day = (i: number) => new Date(Date.UTC(2024, 0, 1) + i * 86_400_000).toISOString().slice(0, 10);
    const lines = Array.from({ length: 90 }, (_, i) =>
      Array.from(
        { length: (i % 12) + 1 },
        (_, n) => `C${i},C${i}-${n},${day(360 - ((i * 37) % 120) - 20 * n)},1,${5 + (i % 12) * 3 + (i % 5)}`,
      ),
    );
    writeFileSync(csv, `who,order,day,units,price\n${lines.flat().join("\n")}\n`);
    writeFileSync(json, JSON.stringify(mapping));
    await mustRun(["data", "add", "orders-alone", "--from", csv, "--mapping", json], { home });
    await mustRun(["clean", "--dataset", "orders-alone", "--no-tracking"], { home });
    const said = await runNotebook("orders-alone");
    expect(said).toContain("since the dataset does not say who agreed to marketing");
    expect(said).toMatch(/90 customers as of \d{4}-\d\d-\d\d, \d clusters\./);
    // Pseudonyms, as the command line writes them.
    const lists = join(home, "artifacts", "orders-alone", "segments", "lists");
    const listed = readdirSync(lists).map((name) => readFileSync(join(lists, name), "utf8"));
    expect(
      listed
        .join("")
        .split("\n")
        .filter((line) => /^[0-9a-f]{24,},/.test(line)),
    ).toHaveLength(90);
    expect(listed.join("")).not.toMatch(/^C\d+,/m);
  });
});
