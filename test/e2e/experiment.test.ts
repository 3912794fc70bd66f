import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTrustedTables } from "../../src/datasets/index.js";
import { openDuckDb } from "../../src/engine/index.js";
import { contactableCustomers, openObservations } from "../../src/features/index.js";
import { segmentAssignments, segmentationModel } from "../../src/pipeline/artifacts/segment-assignments.js";
import { membersAt } from "../../src/pipeline/inputs/base-rates.js";
import { chooseSegment, contactKey } from "../../src/strategy/index.js";
import { SEGMENT_NAMES } from "../../src/text/index.js";
import { dataFiles, lastLine, makeHome, mustRun, readJson, rekindle } from "./rekindle.js";

interface Outcome {
  readonly test: { customers: number; mean: number };
  readonly control: { customers: number; mean: number };
  readonly relative: { value: number; lower: number; upper: number };
  readonly correlation: number | null;
  readonly cut_at: number | null;
  readonly verdict: string;
}

let home: string;
const asOf = "2025-09-30";
const key = "a key that tests use";
const experiments = (...path: string[]) => join(home, "artifacts", "demo", "experiments", ...path);
beforeAll(async () => {
  home = makeHome();
  await mustRun(["data", "make", "demo", "--customers", "3400", "--seed", "7"], { home });
  await mustRun(["run", "--stages", "clean", "--no-tracking"], { home });
  const segments = ["--no-tracking", "--no-figures", "--n-clusters", "3"];
  await mustRun(["segment", "--as-of", asOf, ...segments], { home, env: { REKINDLE_KEY: key } });
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const experiment = (step: "plan" | "split" | "readout", ...args: string[]) =>
  rekindle(["experiment", step, "--no-tracking", ...args], { home, env: { REKINDLE_KEY: key } });
const readout = (...args: string[]) =>
  experiment("readout", ...(args.includes("--name") ? [] : ["--name", "promising"]), ...args);

/** The customers of a split, by the name that it has for them. */
function splitRows(name = "promising") {
  const [header, ...lines] = readFileSync(experiments(name, "split", "split.csv"), "utf8")
    .trimEnd()
    .split("\n");
  expect(header).toMatch(/^(contact_key|customer_id),segment,arm,stratum$/);
  return lines.map((line) => {
    const [id, segment, arm, stratum] = line.split(",");
    return { id, segment, arm: arm as "test" | "control", stratum };
  });
}

/** What a query over the trusted orders gives. */
async function ask(sql: string) {
  const engine = await openDuckDb();
  try {
    await engine.registerParquet("orders", join(home, "datasets", "processed", "demo", "orders.parquet"));
    await engine.registerParquet("customers", join(home, "datasets", "processed", "demo", "customers.parquet"));
    return await engine.rows(sql);
  } finally {
    engine.close();
  }
}

/** Writes results for the test; resolves to their path. */
function results(name: string, lines: readonly string[]): string {
  const path = join(home, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

describe("rekindle experiment plan", () => {
  test("measures its base rates on who was in the segment one horizon ago, not on who is in it now", async () => {
    const { code, stdout, stderr } = await experiment("plan", "--segment", "promising");
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(
      /Promising as of 2025-09-30: \d+ customers, \d+ can be contacted \(excluded: \d+ opted out, \d+ without recorded consent\)/,
    );
    const plan = readJson<{
      base: { as_of: string; customers: number };
      measures: { mean: number }[];
      in_words: string;
    }>(experiments("promising", "plan", "plan.json"));
    expect(stdout).toContain(plan.in_words);
    expect(plan.in_words).toMatch(
      /^With \d+ .*customers.*, the test can detect a rise in the conversion rate from \d\d\.\d% to \d\d\.\d% or more\. Power is 80%\. Spend per customer needs 1,000 customers per group for a reliable interval/,
    );
    // The segments as they were written on that day.
    const then = join(home, "then");
    const segments = ["--no-tracking", "--no-figures", "--n-clusters", "3", "--out", then];
    await mustRun(["segment", "--as-of", plan.base.as_of, ...segments], { home });
    expect(plan.base.as_of).toBe("2025-07-02");
    const [{ n, rate }] = await ask(
      `WITH members AS (SELECT a.customer_id FROM read_parquet('${join(then, "segments", "segment_assignments.parquet")}') AS a
         JOIN customers AS c USING (customer_id) WHERE a.rule_segment = 'Promising' AND c.consent_marketing)
       SELECT count(*)::DOUBLE AS n, avg(CASE WHEN customer_id IN (SELECT customer_id FROM orders
         WHERE amount > 0 AND ordered_on BETWEEN DATE '2025-07-03' AND DATE '2025-09-30') THEN 1 ELSE 0 END) AS rate FROM members`,
    );
    expect(plan.base.customers).toBe(n);
    expect(plan.measures[0].mean).toBeCloseTo(Number(rate), 12);
  });

  test("--json has all that the text says: measures, detectable changes and sentences", async () => {
    const { code, stdout, stderr } = await experiment("plan", "--segment", "promising", "--json");
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/\nexperiment-plan: Promising, \d+ test and \d+ control customers \(\d+\.\d s\)\n/);
    const { stages } = JSON.parse(stdout) as { stages: { answer: object }[] };
    expect(stages[0].answer).toEqual(readJson(experiments("promising", "plan", "plan.json")));
  });

  test("puts customers where the segments have them, by rules and by clusters", async () => {
    const engine = await openDuckDb();
    try {
      const trusted = await openTrustedTables(engine, join(home, "datasets", "processed", "demo"));
      const observations = await openObservations(engine, trusted, { asOf });
      const folder = join(home, "artifacts", "demo", "segments");
      const model = await segmentationModel.read(folder);
      const assignments = await segmentAssignments.read(folder);
      const asked = [
        ...["At Risk", "Hibernating", "New Customers"].map((segment) => ({ segment, basis: "rule" as const })),
        ...model.names.map((segment) => ({ segment, basis: "cluster" as const })),
        { segment: "everyone" },
      ];
      for (const one of asked) {
        const names = { rules: SEGMENT_NAMES, clusters: model.names };
        const segment = chooseSegment(one.segment, names, "basis" in one ? { basis: one.basis } : {});
        const column = { rule: "rule_segment", cluster: "segment_name", everyone: undefined } as const;
        const basis = column[segment.basis];
        const filter = { assignments, asOf, name: segment.name, ...(basis ? { column: basis } : {}) };
        const { ids } = await contactableCustomers(observations.engine, trusted, filter);
        expect(ids.length, one.segment).toBeGreaterThan(20);
        expect(await membersAt(engine, trusted, { segment, model, returns: "drop", day: asOf }), one.segment).toEqual(
          ids,
        );
      }
    } finally {
      engine.close();
    }
  });

  test("a segment of clusters, everyone, and other horizons are planned for as well", async () => {
    const [cluster] = readJson<{ names: string[] }>(
      join(home, "artifacts", "demo", "segments", "segmentation_model.json"),
    ).names;
    const byCluster = await experiment("plan", "--segment", cluster, "--by", "cluster", "--horizon-days", "30");
    expect(byCluster.code, byCluster.stderr).toBe(0);
    const everyone = await experiment("plan", "--segment", "everyone", "--name", "all", "--power", "0.9");
    expect(everyone.stdout).toContain(" Power is 90%.");
    const { customers, before_days } = readJson<{ customers: number; before_days: number }>(
      experiments("all", "plan", "plan.json"),
    );
    const [{ n }] = await ask(
      `SELECT count(DISTINCT customer_id)::DOUBLE AS n FROM orders JOIN customers USING (customer_id)
       WHERE consent_marketing AND ordered_on <= DATE '${asOf}'`,
    );
    expect([customers, before_days]).toEqual([n, 180]);
  });

  test("figures in place of a dataset leave no files", async () => {
    const before = await dataFiles(experiments());
    const { stdout } = await experiment("plan", "--customers", "824", "--rate", "0.12");
    expect(stdout).toContain(
      "With 412 customers per group, the test can detect a rise in the conversion rate from 12.0% to 19.0% or more.",
    );
    const json = await experiment(
      "plan",
      "--customers",
      "824",
      "--rate",
      "0.12",
      "--mean",
      "30",
      "--deviation",
      "90",
      "--json",
    );
    expect(JSON.parse(json.stdout).plan.measures).toHaveLength(2);
    expect(await dataFiles(experiments())).toEqual(before);
  });

  test.each([
    [2, "no segment", [], "no segment is named; use --segment <name>"],
    [2, "an unknown segment", ["--segment", "At Risc"], 'did you mean "At Risk"?'],
    [
      1,
      "another day that may not be made",
      ["--segment", "At Risk", "--as-of", "2025-06-30", "--no-prerequisites"],
      'segment of "demo" is out of date (another day); run npx rekindle segment --dataset demo',
    ],
    [
      1,
      "a horizon before all data",
      ["--segment", "At Risk", "--horizon-days", "2000"],
      "lower --horizon-days until the segment has at least 2, or plan from figures",
    ],
    [
      2,
      "a power in percent",
      ["--segment", "At Risk", "--power", "80"],
      "expected a share between 0 and 1, such as 0.8",
    ],
    [
      2,
      "an effect in percent",
      ["--segment", "At Risk", "--effect", "5"],
      "expected a share above 0 and up to 1, such as 0.05 for 5%",
    ],
    [2, "an alpha of nothing", ["--segment", "At Risk", "--alpha", "0"], "Cannot use --alpha 0"],
    [2, "everything winsorized", ["--segment", "At Risk", "--winsorize", "0"], "a share above 0 and up to 1"],
    [2, "half of the figures", ["--customers", "100"], "one of --customers and --rate is missing; give both"],
    [
      2,
      "a mean alone",
      ["--customers", "100", "--rate", "0.1", "--mean", "5"],
      "one of --mean and --deviation is missing; give both or neither",
    ],
    [
      2,
      "figures for a segment",
      ["--customers", "100", "--segment", "At Risk"],
      "with --segment: it needs a segment; give either",
    ],
  ])("exits with %d for %s", async (exit, _, args, message) => {
    const { code, stderr } = await experiment("plan", ...args);
    expect(code).toBe(exit);
    expect(lastLine(stderr)).toMatch(/^Cannot /);
    expect(lastLine(stderr)).toContain(message);
  });
});

describe("rekindle experiment split", () => {
  const split = (...args: string[]) => experiment("split", "--segment", "Promising", ...args);

  test("writes the same bytes twice, everyone of the segment's list once, groups alike", async () => {
    const { code, stdout, stderr } = await split("--seed", "3", "--outcome", "conversion");
    expect(code, stderr).toBe(0);
    const rows = splitRows();
    const list = readFileSync(join(home, "artifacts", "demo", "segments", "lists", "promising.csv"), "utf8");
    const listed = list
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[0]);
    expect(rows.map(({ id }) => id)).toEqual(listed.sort());
    expect(new Set(listed).size).toBe(listed.length);
    const inTest = rows.filter(({ arm }) => arm === "test").length;
    expect(Math.abs(2 * inTest - rows.length)).toBeLessThanOrEqual(1);
    for (const stratum of new Set(rows.map((row) => row.stratum))) {
      const own = rows.filter((row) => row.stratum === stratum);
      expect(Math.abs(2 * own.filter(({ arm }) => arm === "test").length - own.length)).toBeLessThanOrEqual(2);
    }
    const manifest = readJson(experiments("promising", "split", "split.json"));
    expect(manifest).toMatchObject({
      ...{ segment: "Promising", as_of: asOf, starts_on: "2025-10-01", ends_on: "2025-12-29", horizon_days: 90 },
      ...{
        seed: 3,
        outcome: "conversion",
        relative_effect: 0.05,
        frac: 0.5,
        test: inTest,
        control: rows.length - inTest,
        id_column: "contact_key",
      },
    });
    expect(stdout).toMatch(
      new RegExp(
        `Do not send the campaign yet unless you expect so much: .*\\n.* send the campaign to the ${inTest} test customers of split.csv from 2025-10-01`,
      ),
    );
    const first = await dataFiles(experiments("promising", "split"));
    expect((await split("--seed", "3", "--outcome", "conversion", "--threads", "1")).code).toBe(0);
    expect(await dataFiles(experiments("promising", "split"))).toEqual(first);
  });

  test("draws the same groups under plain ids: those of the segment who agreed to marketing, and nobody else", async () => {
    const drawn = await split("--seed", "3", "--plain-ids", "--name", "plain");
    expect(drawn.code).toBe(0);
    expect(readFileSync(experiments("plain", "split", "split.csv"), "utf8")).toMatch(/^customer_id,/);
    const plain = splitRows("plain");
    const consenting = await ask(
      `SELECT a.customer_id FROM read_parquet('${join(home, "artifacts", "demo", "segments", "segment_assignments.parquet")}') AS a
       JOIN customers AS c USING (customer_id) WHERE a.rule_segment = 'Promising' AND c.consent_marketing ORDER BY 1`,
    );
    expect(plain.map(({ id }) => id).sort()).toEqual(consenting.map((row) => String(row["customer_id"])).sort());
    const refused = await ask(
      `SELECT count(*)::DOUBLE AS n FROM read_parquet('${join(home, "artifacts", "demo", "segments", "segment_assignments.parquet")}') AS a
       JOIN customers AS c USING (customer_id) WHERE a.rule_segment = 'Promising' AND c.consent_marketing IS NOT TRUE`,
    );
    expect(Number(refused[0]["n"])).toBeGreaterThan(20);
    // The other one has its customers under keys.
    expect(drawn.stderr).toContain(
      `warning: ${plain.length} customers also in the experiment "promising" from 2025-10-01 to 2025-12-29`,
    );
    expect((await split("--seed", "3", "--name", "plain", "--replace")).code).toBe(0);
    const armOf = new Map(splitRows("plain").map(({ id, arm }) => [id, arm]));
    expect(plain.map(({ id }) => armOf.get(contactKey(id, { key })))).toEqual(plain.map(({ arm }) => arm));
    rmSync(experiments("plain"), { recursive: true });
  });

  test("another one of the name is refused without --replace; one of another name says whom they share", async () => {
    const before = await dataFiles(experiments("promising"));
    const refused = await split("--seed", "4", "--outcome", "conversion");
    expect(refused.code).toBe(1);
    expect(lastLine(refused.stderr)).toMatch(
      /^Cannot split "promising": an experiment of that name with \d+ test and \d+ control customers runs until 2025-12-29; choose another --name, or overwrite it with --replace$/,
    );
    expect(await dataFiles(experiments("promising"))).toEqual(before);
    const other = await split("--seed", "3", "--outcome", "conversion", "--name", "second");
    expect(other.stderr).toContain(
      `warning: ${splitRows().length} customers also in the experiment "promising" from 2025-10-01 to 2025-12-29`,
    );
    const arms = (name: string) => splitRows(name).map(({ arm }) => arm);
    expect(arms("second")).not.toEqual(arms("promising"));
    const which = await experiment("readout");
    expect(lastLine(which.stderr)).toBe('Cannot choose an experiment: there are "promising", "second"; use --name');
    expect((await experiment("readout", "--name", "second")).code).toBe(0);
    expect(existsSync(experiments("second", "readout"))).toBe(true);
    expect(
      (await split("--seed", "5", "--name", "second", "--replace", "--test-share", "0.3", "--effect", "0.1")).code,
    ).toBe(0);
    expect(existsSync(experiments("second", "readout"))).toBe(false);
    expect(readJson(experiments("second", "split", "split.json"))).toMatchObject({
      seed: 5,
      frac: 0.3,
      relative_effect: 0.1,
    });
    rmSync(experiments("second"), { recursive: true });
  });

  test("one that has not begun is under way, and cannot be read", async () => {
    const later = ["--name", "later", "--starts", "2099-01-01", "--horizon-days", "30"];
    expect((await split(...later)).code).toBe(0);
    expect(lastLine((await split(...later, "--seed", "9")).stderr)).toContain("runs until 2099-01-30");
    expect(lastLine((await experiment("readout", "--name", "later")).stderr)).toBe(
      'Cannot read "later" yet: it starts on 2099-01-01, and orders are known up to 2025-12-31',
    );
    rmSync(experiments("later"), { recursive: true });
  });

  test("leaves a run for MLflow, with its sizes", async () => {
    const args = ["experiment", "split", "--segment", "Promising", "--name", "tracked"];
    const { stderr } = await mustRun(args, { home });
    const queue = join(home, "mlruns", "queue");
    const texts = readdirSync(queue, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .join("\n");
    expect(texts, stderr).toContain("experiment-split");
    expect(texts).toContain("control_customers");
    rmSync(experiments("tracked"), { recursive: true });
  });

  test.each([
    [2, "a name that is no folder", ["--name", "../x"], 'Cannot name an experiment "../x"'],
    [2, "strata and none", ["--strata", "none,spend"], "none excludes other names"],
    [2, "strata of nothing", ["--strata", "spend,age"], "expected different names among spend, orders, recency, none"],
    [
      1,
      "a start that is known",
      ["--starts", asOf, "--name", "x"],
      "already knows the orders of that day; use a day after",
    ],
    [1, "an arm of nobody", ["--test-share", "0.0001", "--name", "x"], "leaves an arm empty"],
    [1, "an arm of one", ["--test-share", "0.0035", "--name", "x"], "gives groups of 1 and "],
    [
      1,
      "spend as the primary metric of small groups",
      ["--outcome", "spend", "--name", "x"],
      "it has no reliable interval; use --outcome conversion, or groups of at least 1000 customers",
    ],
    [2, "an outcome of its own", ["--outcome", "clicks"], "expected conversion or spend"],
    [2, "a day that is none", ["--starts", "2025-13-01"], "expected a calendar day as YYYY-MM-DD"],
  ])("exits with %d for %s", async (exit, _, args, message) => {
    const before = await dataFiles(experiments());
    const { code, stderr } = await split(...args);
    expect(code).toBe(exit);
    expect(lastLine(stderr)).toMatch(/^Cannot /);
    expect(lastLine(stderr)).toContain(message);
    expect(await dataFiles(experiments())).toEqual(before);
  });
});

describe("rekindle experiment readout", () => {
  test("counts the orders of both groups after the split, who were treated alike", async () => {
    const { code, stdout, stderr } = await readout();
    expect(code, stderr).toBe(0);
    const read = readJson<{ conversion: Outcome; spend: Outcome; capped_spend: Outcome; from: string; to: string }>(
      experiments("promising", "readout", "readout.json"),
    );
    expect([read.from, read.to]).toEqual(["2025-10-01", "2025-12-29"]);
    const { identity } = readJson<{ identity: { inputs: Record<string, string> } }>(
      experiments("promising", "readout", "manifest.json"),
    );
    expect(identity.inputs).toMatchObject({
      "split.json": expect.stringMatching(/^[0-9a-f]{64}$/),
      "split.csv": expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    // Nobody was sent anything: the truth is no difference.
    expect(read.conversion.relative.lower).toBeLessThan(0);
    expect(read.conversion.relative.upper).toBeGreaterThan(0);
    expect(read.spend.correlation).toBeGreaterThan(0.1);
    expect(read.spend.verdict).toBe("no reliable interval");
    expect(read.capped_spend.cut_at).toBeGreaterThan(0);
    const [{ rate, spend, n }] = await ask(
      `WITH members AS (SELECT a.customer_id FROM read_parquet('${join(home, "artifacts", "demo", "segments", "segment_assignments.parquet")}') AS a
         JOIN customers AS c USING (customer_id) WHERE a.rule_segment = 'Promising' AND c.consent_marketing),
       spent AS (SELECT customer_id, sum(amount)::DOUBLE AS spend FROM orders
         WHERE ordered_on BETWEEN DATE '2025-10-01' AND DATE '2025-12-29' GROUP BY customer_id)
       SELECT count(*)::DOUBLE AS n, avg(CASE WHEN spend > 0 THEN 1 ELSE 0 END) AS rate, avg(COALESCE(spend, 0)) AS spend
       FROM members LEFT JOIN spent USING (customer_id)`,
    );
    const pooled = ({ test, control }: Outcome) =>
      (test.mean * test.customers + control.mean * control.customers) / (test.customers + control.customers);
    expect(read.conversion.test.customers + read.conversion.control.customers).toBe(n);
    expect(pooled(read.conversion)).toBeCloseTo(Number(rate), 12);
    expect(pooled(read.spend)).toBeCloseTo(Number(spend), 8);
    const page = readFileSync(experiments("promising", "readout", "readout.md"), "utf8");
    for (const words of readJson<{ in_words: string[] }>(experiments("promising", "readout", "readout.json"))
      .in_words) {
      expect(stdout).toContain(words);
      expect(page).toContain(words);
    }
    const first = await dataFiles(experiments("promising", "readout"));
    await readout("--threads", "1");
    expect(await dataFiles(experiments("promising", "readout"))).toEqual(first);
  });

  /** What each customer of the split really spent in its days, that of the test group raised by `rise`. */
  async function planted(
    rise: number,
    name = "promising",
  ): Promise<readonly (readonly [key: string, spend: number, id: string])[]> {
    const rows = await ask(
      `SELECT customer_id, sum(CASE WHEN ordered_on BETWEEN DATE '2025-10-01' AND DATE '2025-12-29' THEN amount ELSE 0 END)::DOUBLE AS spend
       FROM orders GROUP BY customer_id ORDER BY customer_id`,
    );
    const arms = new Map(splitRows(name).map(({ id, arm }) => [id, arm]));
    return rows.flatMap(({ customer_id, spend }) => {
      const id = contactKey(String(customer_id), { key });
      const arm = arms.get(id);
      return arm ? [[id, Number(spend) * (arm === "test" ? 1 + rise : 1), String(customer_id)] as const] : [];
    });
  }

  test("finds the rise that is planted in results, under keys or plain ids", async () => {
    const raised = await planted(1);
    const { code, stderr, stdout } = await readout(
      ...["--results", results("raised.csv", ["contact_key;spend", ...raised.map(([id, spend]) => `${id};${spend}`)])],
    );
    expect(code, stderr).toBe(0);
    const { capped_spend } = readJson<{ capped_spend: Outcome }>(experiments("promising", "readout", "readout.json"));
    expect(capped_spend.verdict).toBe("more");
    expect(stdout).toMatch(/\nSecondary metric \(not decisive\): spend up to €[\d.,]+ per customer was €/);
    const plain = raised.map(([, amount, id]) => `${id},${amount}`);
    await readout("--results", results("plain.csv", ["customer_id,spend", ...plain]));
    expect(readJson(experiments("promising", "readout", "readout.json"))).toMatchObject({ capped_spend });
  });

  test("decides by spend where the groups are large enough", async () => {
    const drawn = await experiment("split", "--segment", "everyone", "--outcome", "spend", "--seed", "3");
    expect(drawn.code, drawn.stderr).toBe(0);
    const raised = await planted(0.6, "everyone");
    const path = results("everyone.csv", ["contact_key,spend", ...raised.map(([id, spend]) => `${id},${spend}`)]);
    const { stdout } = await experiment("readout", "--name", "everyone", "--results", path);
    const { spend } = readJson<{ spend: Outcome }>(experiments("everyone", "readout", "readout.json"));
    expect(spend.relative.lower).toBeLessThan(0.6);
    expect(spend.relative.upper).toBeGreaterThan(0.6);
    expect(spend.verdict).toBe("more");
    expect(stdout).toMatch(
      /\nThe campaign raised spend per customer from €[\d.,]+ to €[\d.,]+, by \d+\.\d% \(95% interval /,
    );
    expect(stdout).toMatch(/\nSecondary metric \(not decisive\): the conversion rate was /);
    rmSync(experiments("everyone"), { recursive: true });
  });

  test("results without some customers say what that means, those of strangers do not count", async () => {
    const all = await planted(0);
    const buyers = all.filter(([, spend]) => spend > 0).map(([id, spend]) => `${id},${spend}`);
    const path = results("buyers.csv", ["contact_key,spend", ...buyers, "cstranger,5", "calsostrange,6"]);
    const unclear = await readout("--results", path);
    expect(unclear.code).toBe(1);
    expect(lastLine(unclear.stderr)).toBe(
      `Cannot read "promising": ${all.length - buyers.length} of its ${all.length} customers have no line in buyers.csv; use --missing zero if they bought nothing, --missing drop if it is unknown`,
    );
    const { stderr } = await readout("--results", path, "--missing", "zero");
    expect(stderr).toContain("excluded: 2 customers of the results, not in the split");
    const zero = readJson<{ conversion: Outcome; missing: number; unknown: number }>(
      experiments("promising", "readout", "readout.json"),
    );
    expect([zero.missing, zero.unknown]).toEqual([all.length - buyers.length, 2]);
    await readout();
    expect(readJson<{ conversion: Outcome }>(experiments("promising", "readout", "readout.json")).conversion).toEqual(
      zero.conversion,
    );
  });

  test("warns in a line where the groups cannot have lost their customers by chance, even when quiet", async () => {
    const arms = new Map(splitRows().map(({ id, arm }) => [id, arm]));
    const all = await planted(0);
    const kept = all.filter(([id], i) => arms.get(id) === "test" || i % 2 > 0);
    const path = results("lost.csv", ["contact_key,spend", ...kept.map(([id, spend]) => `${id},${spend}`)]);
    const { code, stdout } = await readout("--results", path, "--missing", "drop", "--quiet");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^warning: sample ratio mismatch: (\d+) of \1 test customers and \d+ of \d+ control customers were read, which chance does not explain/m,
    );
    const changed = experiments("promising", "split", "split.csv");
    const drawn = readFileSync(changed, "utf8");
    writeFileSync(changed, drawn.replace(",test,", ",control,"));
    expect((await readout("--quiet")).stdout).toContain("warning: the file split.csv was changed after the split");
    writeFileSync(changed, `${drawn}cnobody,Promising,test,all\n`);
    expect((await readout()).stderr).toContain("excluded: 1 customer of the split, no longer in the dataset");
    expect(readJson(experiments("promising", "readout", "readout.json"))).toMatchObject({ gone: 1 });
    writeFileSync(changed, drawn);
  });

  test("other ways than planned are taken and said", async () => {
    const { stdout, stderr } = await readout("--horizon-days", "30", "--winsorize", "1", "--no-cuped");
    expect(stderr).toContain("orders from 2025-10-01 to 2025-10-30");
    expect(stderr).toContain("read over 30 days instead of the planned 90");
    expect(stderr).toContain("spend is capped at quantile 1 instead of the planned 0.99");
    expect(stderr).toContain("spend is not adjusted for past spend, as requested");
    expect(stdout).not.toMatch(/outliers capped|spend up to/);
    const read = readJson<{ spend: Outcome; capped_spend: null }>(experiments("promising", "readout", "readout.json"));
    expect([read.spend.correlation, read.spend.cut_at, read.capped_spend]).toEqual([null, null, null]);
  });

  test.each([
    [1, "an unknown name", ["--name", "promisng"], 'did you mean "promising"? experiments: "promising"'],
    [
      1,
      "days to come",
      ["--horizon-days", "300"],
      "orders are known up to 2025-12-31; use --horizon-days 92 for the days so far",
    ],
    [
      1,
      "a day before the end",
      ["--as-of", "2025-11-30"],
      "(--as-of 2025-12-31 knows more); use --horizon-days 61 for",
    ],
    [1, "a day before the start", ["--as-of", asOf], `it starts on 2025-10-01, and orders are known up to ${asOf}`],
    [1, "a file that is not there", ["--results", "/nowhere.csv"], "Cannot read the results: "],
    [2, "a horizon of a file", ["--results", "x.csv", "--horizon-days", "3"], "the days are those of the file"],
    [2, "a column of no file", ["--spend-column", "x"], "give --results"],
    [2, "another word for missing", ["--results", "x.csv", "--missing", "nil"], "expected zero or drop"],
  ])("exits with %d for %s, and the old readout stays", async (exit, _, args, message) => {
    const before = await dataFiles(experiments("promising"));
    const { code, stderr } = await readout(...args);
    expect(code).toBe(exit);
    expect(lastLine(stderr)).toMatch(/^Cannot /);
    expect(lastLine(stderr)).toContain(message);
    expect(stderr).not.toMatch(/\n +at /);
    expect(await dataFiles(experiments("promising"))).toEqual(before);
  });

  test.each([
    ["a column that is not there", ["contact_key,revenue", "c1,1"], 'it has no column "spend" or "converted"'],
    ["nobody of the split", ["contact_key,spend", "c1,1"], "none of its 1 customers is in the split"],
    ["an empty file", [], "it is empty; expected a header and one line per row"],
    ["one customer in an arm", undefined, "the control group has 1 customer; include at least 2 per group"],
  ])("results with %s are refused in one line", async (_, lines, message) => {
    const arms = splitRows();
    const lone = [
      ...arms.filter(({ arm }) => arm === "test"),
      ...arms.filter(({ arm }) => arm === "control").slice(0, 1),
    ];
    const given = lines ?? ["contact_key,spend", ...lone.map(({ id }) => `${id},1`)];
    const { code, stderr } = await readout("--results", results("bad.csv", given), "--missing", "drop");
    expect(code).toBe(1);
    expect(lastLine(stderr)).toMatch(/^Cannot read /);
    expect(lastLine(stderr)).toContain(message);
  });

  test("keys of another secret are distinguished from customers who are gone", async () => {
    const { code, stderr } = await rekindle(["experiment", "readout", "--no-tracking"], {
      home,
      env: { REKINDLE_KEY: "another key for tests" },
    });
    expect(code).toBe(1);
    expect(lastLine(stderr)).toMatch(
      /none of its \d+ customers is in "demo"; contact keys made with another REKINDLE_KEY do not match$/,
    );
  });
});
