import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerOf, dataFiles, lastLine, makeHome, mustRun, readJson, rekindle, stackFrame, start } from "./rekindle.js";

let home: string;

beforeAll(async () => {
  home = makeHome();
  await mustRun(["data", "make", "demo", "--customers", "400", "--quiet"], { home });
  await mustRun(["run", "--no-tracking", "--no-figures", "--quiet"], { home });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** All that a command may leave or spoil. */
const everything = async () => ({
  ...(await dataFiles(join(home, "artifacts"))),
  ...(await dataFiles(join(home, "reports"))),
  ...(await dataFiles(join(home, "datasets"))),
});

describe("a command that cannot be", () => {
  const cases: readonly (readonly [string, readonly string[], number, string])[] = [
    [
      "an unknown command",
      ["rnu"],
      2,
      'Cannot run rekindle rnu: there is no such command; did you mean "run"?; npx rekindle --help lists them',
    ],
    [
      "an unknown command that is near to none",
      ["xylophone"],
      2,
      "Cannot run rekindle xylophone: there is no such command; npx rekindle --help lists them",
    ],
    [
      "an unknown command of a group",
      ["data", "ad"],
      2,
      "Cannot run rekindle data ad: there is no such command; use one of data list, data add, data fetch, data make, data describe",
    ],
    [
      "an unknown option",
      ["run", "--datset", "demo"],
      2,
      'Cannot run rekindle run: it has no option "--datset"; did you mean "--dataset"?',
    ],
    [
      "an option without its value",
      ["run", "--dataset"],
      2,
      "Cannot run rekindle run: --dataset needs a value: <name>",
    ],
    [
      "an operand where none belongs",
      ["run", "demo"],
      2,
      'Cannot run rekindle run: it takes no "demo"; npx rekindle run --help lists its arguments',
    ],
    [
      "a wrong stage",
      ["run", "--stages", "clean,featurs"],
      2,
      'Cannot run the stage "featurs": did you mean "features"?',
    ],
    [
      "a name that every object has",
      ["run", "--stages", "toString"],
      2,
      'Cannot run the stage "toString": expected clean, features, segment, report',
    ],
    [
      "a wrong policy on returns",
      ["features", "--returns", "keep"],
      2,
      "Cannot use --returns keep: expected drop or net",
    ],
    ["a wrong engine", ["clean", "--engine", "spark"], 2, "Cannot use --engine spark: expected duckdb"],
    ["no threads", ["clean", "--threads", "0"], 2, "Cannot use --threads 0: expected a whole number, at least 1"],
    [
      "a seed that is no number",
      ["clean", "--seed", "lucky"],
      2,
      "Cannot use --seed lucky: expected a whole number, at least 0",
    ],
    [
      "a day that is none",
      ["run", "--as-of", "2025-02-29"],
      2,
      "Cannot use --as-of 2025-02-29: expected a calendar day as YYYY-MM-DD",
    ],
    [
      "an unknown notebook",
      ["notebooks", "77"],
      2,
      'Cannot run notebook "77": there is no such number; use one of 00, 01, 02, 03',
    ],
    [
      "a dataset that cannot be made",
      ["data", "make", "online-retail"],
      2,
      'Cannot make "online-retail": only "demo" can be generated',
    ],
    ["no dataset at all", ["data", "describe"], 2, "Cannot choose a dataset: 0 names given; expected 1"],
    [
      "an unknown dataset",
      ["run", "--dataset", "my-shop"],
      1,
      'Cannot open dataset "my-shop": it is not imported; run npx rekindle data add my-shop --from <file or folder>',
    ],
    ["a misspelt dataset", ["run", "--dataset", "dmeo"], 1, 'did you mean "demo"?'],
    [
      "a known dataset that is not here",
      ["run", "--dataset", "cdnow"],
      1,
      'Cannot open dataset "cdnow": it is not imported; ',
    ],
    [
      "notebooks of an unknown dataset",
      ["notebooks", "01", "--dataset", "my-shop"],
      1,
      'Cannot open dataset "my-shop"',
    ],
    [
      "a report of a day that the features do not stand at",
      ["report", "--as-of", "2024-01-01", "--no-tracking", "--no-prerequisites"],
      1,
      'Cannot run report: features of "demo" is out of date (another day); run npx rekindle features --dataset demo',
    ],
    [
      "a folder that cannot be written to",
      ["run", "--out", join(import.meta.filename, "here")],
      2,
      "it is not writable (ENOTDIR",
    ],
    [
      "no queue to sync to",
      ["mlflow", "sync"],
      1,
      "Cannot sync: no MLflow server answers; start one with npx rekindle mlflow",
    ],
  ];

  test.each(cases)("is refused in one line without a trace: %s", async (_, args, code, message) => {
    const before = await everything();
    const answer = await rekindle(args, { home });
    expect(answer.stderr).toContain(message);
    expect(answer).toMatchObject({ code, stdout: "" });
    expect(answer.stderr).not.toMatch(stackFrame);
    expect(await everything()).toEqual(before);
  });

  test("a future day is refused before anything is written", async () => {
    const before = await everything();
    const { imported_at } = readJson<{ imported_at: string }>(home, "datasets", "raw", "demo", "provenance.json");
    const day = imported_at.slice(0, 10);
    const after = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    const { code, stderr } = await rekindle(["run", "--as-of", after, "--no-tracking"], { home });
    expect(stderr).toBe(
      `Cannot use the day ${after}: the data were imported on ${day}; use that day or an earlier one\n`,
    );
    expect(code).toBe(1);
    expect(await everything()).toEqual(before);
  });

  test("a day long after the last order is used, with a warning", async () => {
    const args = ["features", "--as-of", "2026-02-15", "--no-tracking", "--out", join(home, "late")];
    const { stderr } = await mustRun(args, { home });
    expect(stderr).toMatch(
      /warning: 2026-02-15 is \d\d days after the last order \(2025-12-\d\d\), so every customer looks lapsed/,
    );
    const near = await mustRun([...args.slice(0, 2), "2026-01-15", ...args.slice(3)], { home });
    expect(near.stderr).not.toContain("warning");
  });
});

test("DEBUG adds where it happened", async () => {
  const args = ["run", "--dataset", "my-shop"];
  const { code, stderr } = await rekindle(args, { home, env: { DEBUG: "1" } });
  expect(stderr).toMatch(/^Error: Cannot open dataset "my-shop": /);
  expect(stderr).toMatch(stackFrame);
  expect(code).toBe(1);
});

test.each<[string, object, string]>([
  ["an id that occurs twice", { customer_id: "mail", birth_year: "born" }, "customer_id"],
  ["a value of a wrong type", { customer_id: "born", birth_year: "mail" }, "birth_year"],
  ["SQL that cannot read a value", { customer_id: { sql: "CAST(mail AS INTEGER)" } }, "customer_id"],
])("DEBUG shows no person: %s", async (_, columns, place) => {
  const folder = join(home, "people");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "people.csv"), "mail,born\nanna@example.com,1980\nanna@example.com,1981\n");
  const mapping = join(folder, "mapping.json");
  writeFileSync(join(folder, "orders.csv"), "mail,day,price\nanna@example.com,2024-01-01,5\n");
  const orders = { file: "orders.csv", columns: { customer_id: "mail", ordered_at: "day", amount: "price" } };
  writeFileSync(mapping, JSON.stringify({ orders, customers: { file: "people.csv", columns } }));
  const args = ["data", "add", "people", "--from", folder, "--mapping", mapping];
  const { code, stdout, stderr } = await rekindle(args, { home, env: { DEBUG: "1" } });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain(place);
  expect(stderr).toMatch(stackFrame);
  expect(stderr).not.toContain("anna");
});

test("DEBUG=False adds nothing", async () => {
  const { code, stderr } = await rekindle(["run", "--dataset", "my-shop"], { home, env: { DEBUG: "False" } });
  expect(stderr).toMatch(/^Cannot open dataset "my-shop": .*\n$/);
  expect(code).toBe(1);
});

describe("a disk that is full", () => {
  // The first holds no table, the second no page of the report.
  test.each([
    ["cleaning", 8],
    ["the report", 200],
  ])("in the middle of %s leaves the old files and one line", async (_, fileBlocks) => {
    const before = await everything();
    const args = ["run", "--no-tracking", "--no-figures", "--quiet", "--force"];
    const { code, stdout, stderr } = await rekindle(args, { home, fileBlocks });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(/^Cannot write ".+": .*file too large/i);
    expect(stderr).not.toMatch(stackFrame);
    expect(await everything()).toEqual(before);
    expect(leftovers()).toEqual([]);
  });
});

describe("a run that is broken off", () => {
  // The line said last before each moment: within cleaning, and at the end of the stage before.
  test.each([
    ["clean", "\n  "],
    ["features", "clean: "],
    ["report", "segment: "],
  ])("is killed during %s: old files stay, the next run is fine", async (_, line) => {
    const before = await everything();
    const child = start(["run", "--no-tracking", "--no-figures", "--force"], { home });
    const answer = answerOf(child);
    await untilSaid(child, line);
    await setTimeout(120);
    child.kill("SIGKILL");
    await answer;
    expect(child.signalCode).toBe("SIGKILL");
    const kept = Object.entries(await everything()).filter(([path]) => !/\.tmp\//.test(path));
    expect(Object.fromEntries(kept)).toEqual(before);
    await mustRun(["run", "--no-tracking", "--no-figures", "--quiet", "--force"], { home });
    expect(await everything()).toEqual(before);
    expect(leftovers()).toEqual([]);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("ends at once when it is interrupted by %s, and says so", async (signal, code) => {
    const before = await everything();
    const child = start(["run", "--no-tracking", "--no-figures", "--force"], { home });
    const answer = answerOf(child);
    await untilSaid(child, "segment: ");
    const sent = performance.now();
    child.kill(signal);
    const { code: exitCode, stdout, stderr } = await answer;
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: "" });
    expect(lastLine(stderr)).toBe(`Interrupted by ${signal}: run the same command again to continue`);
    // Drawing holds the process for a moment; the rest of the report would take longer.
    expect(performance.now() - sent).toBeLessThan(5000);
    const kept = Object.entries(await everything()).filter(([path]) => !/\.tmp\//.test(path));
    expect(Object.fromEntries(kept)).toEqual(before);
  });
});

/** Temporary files and folders of a write that did not end. */
function leftovers(): string[] {
  return ["artifacts", "reports", "datasets"]
    .filter((folder) => existsSync(join(home, folder)))
    .flatMap((folder) => readdirSync(join(home, folder), { recursive: true, encoding: "utf8" }))
    .filter((path) => /\.(tmp|old)(\/|$)/.test(path));
}

async function untilSaid(child: ReturnType<typeof start>, line: string): Promise<void> {
  let said = "";
  while (!said.includes(line)) {
    if (child.exitCode !== null) throw new Error(`Cannot wait for "${line}": the command ended\n${said}`);
    const [text] = (await once(child.stderr as NodeJS.ReadableStream, "data")) as [string];
    said += text;
  }
}
