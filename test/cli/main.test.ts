import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandTable, loadCommands } from "../../src/cli/commands/index.js";
import { main } from "../../src/cli/main.js";
import {
  experimentPlanStage,
  experimentReadoutStage,
  experimentSplitStage,
  optionFlags,
  stages,
} from "../../src/pipeline/index.js";
import { fakeEffects } from "./fake-effects.js";

/** What the command line writes on standard output. */
async function outputOf(...args: string[]): Promise<string> {
  const effects = fakeEffects();
  await main(args, effects);
  expect(effects.said.err).toBe("");
  return effects.said.out;
}

test.each([[[]], [["help"]], [["--help"]], [["-h"]]])("%j lists every command with what it does", async (args) => {
  const help = await outputOf(...args);
  for (const { name, about } of commandTable)
    expect(help).toMatch(new RegExp(`^ {2}${name} .*${about.slice(0, 20)}`, "m"));
});

test.each(commandTable.map(({ name }) => name))("%s has a help of its own, asked for in either way", async (name) => {
  const help = await outputOf(...name.split(" "), "--help");
  expect(help).toMatch(new RegExp(`^npx rekindle ${name}`));
  expect(await outputOf("help", ...name.split(" "))).toBe(help);
});

test.each(["data", "experiment"])(
  "%s --help lists the commands of the group, each with what it does",
  async (group) => {
    const help = await outputOf(group, "--help");
    const own = commandTable.filter(({ name }) => name.startsWith(`${group} `));
    expect(own.length).toBeGreaterThan(2);
    const [call, , ...lines] = help.trimEnd().split("\n");
    expect(call).toBe(`npx rekindle ${group} <command> [options]`);
    expect(lines.slice(0, own.length).map((line) => line.trim().split(/ {2,}/))).toEqual(
      own.map(({ name, operands = "", about }) => [`${name.slice(group.length + 1)} ${operands}`.trimEnd(), about]),
    );
    expect(lines.at(-1)).toBe(`npx rekindle ${group} <command> --help lists a command's options.`);
    expect(await outputOf("help", group)).toBe(help);
  },
);

test("the help of a command lists its own options first, then those of many commands under a heading", async () => {
  for (const [name, own] of [
    ["segment", "n-clusters"],
    ["run", "stages"],
    ["experiment plan", "customers"],
    ["data add", "from"],
  ] as const) {
    const [first, second = ""] = (await outputOf(...name.split(" "), "--help")).split("\nOptions of many commands:\n");
    expect(first, name).toMatch(new RegExp(`^ {2}--${own} `, "m"));
    expect(first, name).not.toMatch(/^ {2}--(engine|threads|json|force) /m);
    expect(second, name).toMatch(/^ {2}--json /m);
  }
  // Without options of its own there is nothing to set apart.
  expect(await outputOf("doctor", "--help")).not.toContain("Options of many commands:");
});

test("the help fits a terminal of 120 characters", async () => {
  const helps = await Promise.all(commandTable.map(({ name }) => outputOf(...name.split(" "), "--help")));
  const long = [await outputOf(), ...helps]
    .join("\n")
    .split("\n")
    .filter((line) => line.length > 120);
  expect(long).toEqual([]);
});

test("--version says which one this is", async () => {
  expect(await outputOf("--version")).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [
    ["reprot"],
    'Cannot run rekindle reprot: there is no such command; did you mean "report"?; npx rekindle --help lists them',
  ],
  [
    ["help", "reprot"],
    'Cannot run rekindle reprot: there is no such command; did you mean "report"?; npx rekindle --help lists them',
  ],
  [
    ["data"],
    "Cannot run rekindle data: it is a group of commands; use one of data list, data add, data fetch, data make, data describe",
  ],
  [["--dataset", "demo"], "Cannot run rekindle --dataset: there is no such command; npx rekindle --help lists them"],
  [
    ["mlflow", "snyc"],
    'Cannot run rekindle mlflow: it takes no "snyc"; npx rekindle mlflow --help lists its arguments',
  ],
  [
    ["segment", "--features", "monetary,frequency,monetary"],
    'Cannot use --features monetary,frequency,monetary: "monetary" is given twice',
  ],
  [["segment", "--n-clusters", "-3"], "Cannot use --n-clusters -3: expected a whole number, at least 2"],
  [["run", "--threads", "two"], "Cannot use --threads two: expected a whole number, at least 1"],
  [["segment", "--budget", "-5"], "Cannot use --budget -5: expected an amount, at least 0, with at most two decimals"],
  [
    ["segment", "--rules", "standrd"],
    'Cannot use --rules standrd: expected standard, strict or fitted; did you mean "standard"?',
  ],
  [
    ["experiment", "split", "--segment", "everyone", "--strata", "spnd"],
    'Cannot use --strata spnd: expected different names among spend, orders, recency, none; did you mean "spend"?',
  ],
])("%j is wrong usage", async (args, message) => {
  await expect(main(args, fakeEffects({ env: { REKINDLE_HOME: "/nowhere" } }))).rejects.toMatchObject({
    name: "CliError",
    exitCode: 2,
    message,
  });
});

test.each([
  [["lab"], "lab.mjs", []],
  [["doctor", "--json"], "doctor.mjs", ["--json"]],
  [["mlflow"], "serve-mlflow.mjs", []],
])("%j runs a script of set-up with our streams, whatever the home", async (args, script, rest) => {
  const effects = fakeEffects({ env: { REKINDLE_HOME: "/nowhere" } });
  await main(args, effects);
  const [[program, path, ...more]] = effects.said.spawned;
  expect(program).toBe("node");
  expect(path).toMatch(new RegExp(`/src/setup/${script}$`));
  expect(path).not.toMatch(/^\/nowhere/);
  expect(more).toEqual(rest);
});

test.each([
  [1, 1],
  [2, 2],
  [130, 1],
])("a script that ends with %d ends the command with %d and no words of its own", async (code, exitCode) => {
  const effects = fakeEffects({ spawnInherited: async () => code });
  await expect(main(["doctor"], effects)).rejects.toMatchObject({ name: "CliError", message: "", exitCode });
});

test("every stage is in the table of commands, with its own words", () => {
  const titles = commandTable.map(({ name, about }) => [name, about]);
  const experiments = [experimentPlanStage, experimentSplitStage, experimentReadoutStage];
  for (const { name, about } of [...stages, ...experiments])
    expect(titles).toContainEqual([name.replace("-", " "), about]);
  expect(commandTable.find(({ name }) => name === "run")?.about).toBe(
    `Run all stages: ${stages.map(({ name }) => name).join(", ")}`,
  );
});

test("the help of a switch that is on says what the flag does, its description what the option does", async () => {
  for (const { name, options } of [...stages, experimentReadoutStage]) {
    for (const { option, flag, about } of optionFlags(options)) {
      const { description = "" } = options.properties[option] as { description?: string };
      expect(description, `${name}.${option}`).not.toMatch(/^(Skip|Do not|No|Without|Fail) /);
      if (flag.startsWith("no-")) expect(about, `${name} --${flag}`).not.toBe(description);
    }
  }
  expect(await outputOf("report", "--help")).toMatch(/--no-figures +Skip figures/);
});

test("the help of a choice lists its values", async () => {
  expect(await outputOf("segment", "--help")).toContain("--rules standard|strict|fitted ");
  for (const { name, options } of await loadCommands()) {
    for (const [flag, { value = "" }] of Object.entries(options)) expect(value, `${name} --${flag}`).not.toBe("<kind>");
  }
});

/** An import of a shop in a home of its own. */
async function withShop(body: (home: string) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "rekindle-main-"));
  try {
    await writeFile(
      join(home, "shop.csv"),
      "order_id,customer_id,ordered_at,amount\n1,a,2025-01-01,10\n2,b,2025-02-01,20\n",
    );
    await main(
      ["data", "add", "shop", "--from", "shop.csv", "--quiet"],
      fakeEffects({ cwd: home, env: { REKINDLE_HOME: home } }),
    );
    await body(home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

test.each([
  [["--horizon-days", "60"], 'Cannot run rekindle run: it has no option "--horizon-days"'],
  [
    ["--stages", "clean", "--set", "segment.nClusters=5"],
    "Cannot use --set segment.nClusters=5: the stage segment does not run",
  ],
  [
    ["--stages", "clean", "--returns", "net"],
    "Cannot use --returns: it is an option of features, segment, report, which do not run",
  ],
  [["--stages", "clean", "--no-figures"], "Cannot use --no-figures: it is an option of segment, report"],
  [["--set", "segment.weights=orders=2"], 'Cannot weight "orders": it is not a feature of the clusters'],
])("run %j is refused, for it would do nothing", async (args, message) => {
  const refused = main(["run", ...args], fakeEffects({ env: { REKINDLE_HOME: "/nowhere" } }));
  await expect(refused).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
});

test("run --set without a stage: the error gives an example that is valid", async () => {
  const effects = fakeEffects({ env: { REKINDLE_HOME: "/nowhere" } });
  const message = await main(["run", "--set", "nClusters=5"], effects).catch(({ message }) => String(message));
  const [, stage, option] = /write for example --set (\w+)\.(\w+)=/.exec(message as string) ?? [];
  expect(stages.find(({ name }) => name === stage)?.options.properties).toHaveProperty(option);
});

test.each([
  ["null", "the value is null; expected an object"],
  ["[1]", "the value is [1]; expected an object"],
  ['{ "segment": 5 }', '"segment" is 5; expected an object'],
  ['{ "segment": { "nCluster": 5 } }', '"segment" has an unknown key "nCluster"; did you mean "nClusters"?'],
  ['{ "segment": { "nClusters": 1 } }', '"segment.nClusters" is 1; expected a whole number, at least 2'],
  ['{ "returns": "maybe" }', '"returns" is "maybe"; expected drop or net'],
  [
    '{ "segment": { "rules": "fited" } }',
    '"segment.rules" is "fited"; expected standard, strict or fitted; did you mean "fitted"?',
  ],
  ['{ "dataset": "shop" }', '"dataset" is no key of a configuration; use --dataset'],
  ['{ "seed": 3 }', '"seed" is no key of a configuration; use --seed'],
  ['{ "as_of": "2025-01-01" }', '"as_of" is no key of a configuration; use --as-of'],
  ['{ "asOf": "2025-01-01" }', '"asOf" is no key of a configuration; use --as-of'],
  ['{ "tracking": false }', '"tracking" is no key of a configuration; use --no-tracking'],
  ['{ "n_clusters": 5 }', '"n_clusters" is an option of segment; write "segment": { "nClusters": ... }'],
  ['{ "horizonDays": 60 }', '"horizonDays" is an unknown key'],
  [
    '{ "segment": { "weights": { "monetary": 1e308 } } }',
    '"segment.weights.monetary" is 1e+308; expected a number from 0.000001 to 1000000',
  ],
  ['{ "segment": { "weights": { "monetary": 0 } } }', '"segment.weights.monetary" is 0; expected a number from'],
  ['{ "segment": { "weights": 2 } }', '"segment.weights" is 2; expected an object'],
  ["{", "not valid JSON"],
])("run --config with %s is refused", async (json, message) => {
  const home = await mkdtemp(join(tmpdir(), "rekindle-config-"));
  await writeFile(join(home, "c.json"), json);
  const refused = main(["run", "--config", "c.json"], fakeEffects({ cwd: home, env: { REKINDLE_HOME: home } }));
  await expect(refused).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining(`Cannot read the configuration "${join(home, "c.json")}": ${message}`),
  });
  await rm(home, { recursive: true });
});

test("run --set: a weight out of range is refused", async () => {
  const args = ["run", "--set", "segment.weights=monetary=1000001"];
  await expect(main(args, fakeEffects({ env: { REKINDLE_HOME: "/nowhere" } }))).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(
      /^Cannot use --set segment\.weights.monetary=1000001: "monetary" is "1000001"; expected a number from 0\.000001 to 1000000/,
    ),
  });
});

test("run --config: a file that does not exist is refused with its path", async () => {
  const effects = fakeEffects({ cwd: "/nowhere", env: { REKINDLE_HOME: "/nowhere" } });
  await expect(main(["run", "--config", "c.json"], effects)).rejects.toMatchObject({
    exitCode: 2,
    message: 'Cannot read the configuration: "/nowhere/c.json" does not exist; give the path of a file',
  });
});

test("run --config: options of a stage that does not run are refused, others are checked as well", async () => {
  const home = await mkdtemp(join(tmpdir(), "rekindle-config-"));
  await writeFile(join(home, "c.json"), '{ "segment": { "nClusters": 5 } }');
  const effects = fakeEffects({ cwd: home, env: { REKINDLE_HOME: home } });
  await expect(main(["run", "--stages", "clean", "--config", "c.json"], effects)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining("the stage segment does not run; add it to --stages or leave it out"),
  });
  await rm(home, { recursive: true });
});

test.each([
  [["segment", "--features", "rfmm"], 'Cannot segment by "rfmm": there is no such feature; did you mean "rfm"?'],
  [
    ["segment", "--features", "recency_day,frequency"],
    'Cannot segment by "recency_day": there is no such feature; did you mean "recency_days"?',
  ],
  [
    ["run", "--set", "segment.features=rfmm"],
    'Cannot segment by "rfmm": there is no such feature; did you mean "rfm"?',
  ],
  [["segment", "--strategies", "none.json"], "Cannot read the strategies: "],
  [["segment", "--fitted", "none.json"], "Cannot read the segmentation: "],
])("%j: a name or file that does not exist is refused before anything is made", async (args, message) => {
  await withShop(async (home) => {
    const effects = fakeEffects({ cwd: home, env: { REKINDLE_HOME: home } });
    await expect(main([...args, "--dataset", "shop"], effects)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(message),
    });
    expect(effects.said.err).toBe("");
    for (const folder of ["artifacts", "mlruns", join("datasets", "processed")])
      expect(existsSync(join(home, folder)), folder).toBe(false);
  });
});

test("that MLflow is not running is said once, at the end of a command that opened a run", async () => {
  await withShop(async (home) => {
    const said = async (...args: string[]) => {
      const effects = fakeEffects({ cwd: home, env: { REKINDLE_HOME: home } });
      await main(args, effects).catch(() => {});
      return effects.said.err.trimEnd().split("\n");
    };
    const done = await said("clean", "--dataset", "shop");
    expect(done.at(-1)).toMatch(/^MLflow is not running; .*npx rekindle mlflow starts it/);
    expect(done.filter((line) => line.includes("MLflow"))).toHaveLength(1);
    // Nothing is computed, so nothing is logged; a failure has its own message.
    expect((await said("clean", "--dataset", "shop")).join("\n")).not.toContain("MLflow");
    expect((await said("clean", "--dataset", "shop", "--force", "--no-tracking")).join("\n")).not.toContain("MLflow");
    expect((await said("segment", "--dataset", "shop", "--min-orders", "99")).join("\n")).not.toContain("MLflow");
  });
});

test("a category of the settings that no product has is refused with the nearest one", async () => {
  await withShop(async (home) => {
    const path = join(home, "datasets", "shop", "settings.json");
    const settings = JSON.parse(await readFile(path, "utf8")) as object;
    const segment = async (categories: string[]) => {
      await writeFile(path, JSON.stringify({ ...settings, categories }));
      const effects = fakeEffects({ cwd: home, env: { REKINDLE_HOME: home } });
      return main(["features", "--dataset", "shop", "--no-tracking"], effects);
    };
    await expect(segment(["Toys"])).rejects.toThrow(
      'Cannot use the category "Toys" of datasets/shop/settings.json: the dataset has no products.category; set categories to []',
    );
    await writeFile(
      join(home, "shop.csv"),
      "order_id,customer_id,ordered_at,amount,product_id,category\n1,a,2025-01-01,10,x,Toys\n2,b,2025-02-01,20,y,Garden\n",
    );
    await main(
      ["data", "add", "shop", "--from", "shop.csv", "--quiet"],
      fakeEffects({ cwd: home, env: { REKINDLE_HOME: home } }),
    );
    await expect(segment(["Toys", "Gardn"])).rejects.toThrow(
      'Cannot use the category "Gardn" of datasets/shop/settings.json: no product has it; did you mean "Garden"?',
    );
    await segment(["Toys", "Garden"]);
  });
});

test("data describe shows customers, orders, days, currency, columns, missing values and consent", async () => {
  await withShop(async (home) => {
    await mkdir(join(home, "own"));
    await writeFile(
      join(home, "own", "orders.csv"),
      "no,who,at,paid\n1,a,2025-01-01 23:30:00,10\n1,a,2025-01-01 23:30:00,5\n2,b,2025-02-01 09:00:00,\n3,,2025-02-03 09:00:00,4\n",
    );
    await writeFile(join(home, "own", "customers.csv"), "id,mail\na,yes\nb,no\nc,\nd,\n");
    await writeFile(
      join(home, "map.json"),
      JSON.stringify({
        orders: {
          file: "orders.csv",
          columns: { order_id: "no", customer_id: "who", ordered_at: "at", amount: "paid" },
          timezone: "UTC",
        },
        customers: { file: "customers.csv", columns: { customer_id: "id", consent_marketing: "mail" } },
        settings: { currency: "USD", timezone: "Europe/Berlin" },
      }),
    );
    const run = async (...args: string[]) => {
      const effects = fakeEffects({ cwd: home, env: { REKINDLE_HOME: home } });
      await main(args, effects);
      return effects.said.out;
    };
    await run("data", "add", "own", "--from", "own", "--mapping", "map.json", "--quiet");
    const text = await run("data", "describe", "own");
    // The day is that of the dataset's time zone.
    expect(text).toContain(
      "Orders as imported: 4 rows, 3 orders, 2 customers, from 2025-01-02 to 2025-02-03\nConsent: 1 of 4 customers agreed, 1 opted out, 2 without recorded consent\n",
    );
    expect(text).toContain("Settings: USD, en-GB, Europe/Berlin");
    const rows = text.split("\n").map((line) => line.trim().replace(/ {2,}/g, " | "));
    expect(rows).toContain("table | column | mapped from | missing");
    expect(rows).toContain("orders | customer_id | who | 25.0%");
    expect(rows).toContain("orders | amount | paid | 25.0%");
    expect(rows).toContain("customers | consent_marketing | mail | 50.0%");
    const { content } = JSON.parse(await run("data", "describe", "own", "--json"));
    expect(content).toMatchObject({ rows: 4, orders: 3, customers: 2, consent: { yes: 1, no: 1, unknown: 2 } });
    // An absent one has no content, and says how to get it.
    expect(await run("data", "describe", "cdnow")).toContain("To get it: ");
  });
});

test("data add and data describe print no e-mail address and no telephone number, as JSON or as text", async () => {
  await withShop(async (home) => {
    const rows = ["1,anna@example.com,01709990001,2025-01-01,10", "2,zoe@example.com,01709990002,2025-02-01,5"];
    await writeFile(join(home, "own.csv"), `order_id,customer_id,tel,ordered_at,amount\n${rows.join("\n")}\n`);
    const run = async (...args: string[]) => {
      const effects = fakeEffects({ cwd: home, env: { REKINDLE_HOME: home } });
      await main(args, effects);
      return effects.said.out;
    };
    const add = ["data", "add", "own", "--from", "own.csv", "--quiet"];
    const described = ["data", "describe", "own"];
    for (const args of [[...add, "--json"], add, [...described, "--json"], described]) {
      expect(await run(...args), args.join(" ")).not.toMatch(/@example|1709990/);
    }
    const { provenance } = JSON.parse(await run(...described, "--json"));
    const ranges = provenance.sources[0].profile.columns.map(({ name, min, max, sum }: Record<string, unknown>) => [
      name,
      min,
      max,
      sum,
    ]);
    expect(ranges).toEqual([
      ["order_id", 1, 2, "3"],
      ["customer_id", "a…m", "z…m", undefined],
      ["tel", "1…1", "1…2", undefined],
      ["ordered_at", "2025-01-01", "2025-02-01", undefined],
      ["amount", 5, 10, "15"],
    ]);
  });
});

test("clean logs the rules that touched rows, and the others in one line", async () => {
  await withShop(async (home) => {
    const effects = fakeEffects({ cwd: home, env: { REKINDLE_HOME: home } });
    await main(["clean", "--dataset", "shop", "--no-tracking"], effects);
    expect(effects.said.err).not.toMatch(/: 0 of /);
    expect(effects.said.err).toMatch(
      /^ {2}no rows: missing_customer_id, missing_order_time, cancellation, not_a_sale$/m,
    );
  });
});

test("an option of the context that a stage does not heed is said in one line", async () => {
  await withShop(async (home) => {
    const effects = fakeEffects({ cwd: home, env: { REKINDLE_HOME: home } });
    await main(["clean", "--dataset", "shop", "--as-of", "2025-01-31", "--seed", "3", "--no-tracking"], effects);
    expect(effects.said.err).toContain("clean: --as-of has no effect, the whole import is read\n");
    expect(effects.said.err).toContain("clean: --seed has no effect, nothing is drawn at random\n");
  });
});
