import { expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.js";
import { main } from "../../src/cli/main.js";
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
  for (const { name, about } of commands) expect(help).toMatch(new RegExp(`^ {2}${name} .*${about.slice(0, 20)}`, "m"));
});

test.each(commands.map(({ name }) => name))("%s has a help of its own, asked for in either way", async (name) => {
  const help = await outputOf(...name.split(" "), "--help");
  expect(help).toMatch(new RegExp(`^npx rekindle ${name}`));
  expect(await outputOf("help", ...name.split(" "))).toBe(help);
});

test("a group of commands has a help, too", async () => {
  const help = await outputOf("data", "--help");
  expect(help.match(/^ {2}data \w+/gm)?.map((name) => name.trim())).toEqual(
    commands.map(({ name }) => name).filter((name) => name.startsWith("data ")),
  );
  expect(await outputOf("help", "data")).toBe(help);
});

test("the help fits a terminal of 120 characters", async () => {
  const helps = await Promise.all(commands.map(({ name }) => outputOf(...name.split(" "), "--help")));
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
  [["reprot"], 'Cannot run "reprot": there is no such command; did you mean "report"?; npx rekindle --help lists them'],
  [
    ["help", "reprot"],
    'Cannot run "reprot": there is no such command; did you mean "report"?; npx rekindle --help lists them',
  ],
  [["data"], 'Cannot run "data": there are data list, data add, data fetch, data make, data describe'],
  [["--dataset", "demo"], 'Cannot run "--dataset": there is no such command; npx rekindle --help lists them'],
  [["mlflow", "snyc"], 'Cannot run "mlflow": it takes no "snyc"; npx rekindle mlflow --help lists its arguments'],
  [
    ["segment", "--features", "monetary,frequency,monetary"],
    'Cannot use --features monetary,frequency,monetary: "monetary" is given twice',
  ],
  [["segment", "--n-clusters", "-3"], "Cannot use --n-clusters -3: expected a whole number from 2"],
  [["run", "--threads", "two"], "Cannot use --threads two: expected a whole number from 1"],
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
