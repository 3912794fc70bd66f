import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { parseCommand } from "../../src/cli/command.js";
import { loadCommands } from "../../src/cli/commands/index.js";
import { plannedStages } from "../../src/cli/commands/run.js";
import { readFlags } from "../../src/cli/schema-flags.js";
import {
  type AnyStage,
  cleanStage,
  contextOptions,
  experimentPlanStage,
  experimentReadoutStage,
  experimentSplitStage,
  featuresStage,
  reportStage,
  runCommandLine,
  segmentStage,
  stageCommandLine,
} from "../../src/pipeline/index.js";
import { fakeEffects } from "./fake-effects.js";

const commands = await loadCommands();

/** The words of a command line as a shell has them. */
function shellWords(line: string): string[] {
  return execFileSync("sh", ["-c", `printf '%s\\n' ${line}`], { encoding: "utf8" })
    .trimEnd()
    .split("\n");
}

/** A printed command as the real parser reads it. */
function readBack(line: string, name: string) {
  const words = shellWords(line);
  const command = commands.find((one) => one.name === name);
  expect(words.slice(0, 2)).toEqual(["npx", "rekindle"]);
  if (!command) throw new Error(`there is no command ${name}`);
  const parsed = parseCommand(command, words.slice(2 + name.split(" ").length));
  return { ...parsed, effects: fakeEffects({ cwd: "/work" }) };
}

const context = { dataset: "shop", asOf: "2025-12-31", seed: 7, out: "/data/my artifacts" };

test.each([
  [experimentSplitStage, { segment: "Champions · very high spend", by: "cluster", name: "spring" }],
  [
    experimentSplitStage,
    { segment: "everyone", testShare: 0.1, relativeEffect: 1e-7, alpha: 0.01, power: 0.9, winsorize: 1 },
  ],
  [experimentPlanStage, { segment: "At Risk", horizonDays: 30, beforeDays: 60, relativeEffect: 0.125 }],
  [experimentReadoutStage, { name: "at-risk", cuped: false, results: "/data/it's $5/results.csv" }],
  [segmentStage, { weights: { monetary: 2, frequency: 0.5 }, features: ["monetary", "frequency"], figures: false }],
  [segmentStage, { budget: 1234.5, plainIds: true, featureDir: '/data/my "groups"' }],
  [featuresStage, { returns: "net", featureDir: "/data/a b/c" }],
  [cleanStage, { deduplicate: true }],
] as readonly (readonly [AnyStage, Record<string, unknown>])[])(
  "stageCommandLine: the real parser reads the same options back: %#",
  (stage, options) => {
    const line = stageCommandLine({ stage, options }, context);
    const input = readBack(line, stage.name.replace("-", " "));
    expect(readFlags(stage.options, input), line).toEqual(options);
    expect(readFlags(contextOptions, input), line).toEqual(context);
  },
);

test("stageCommandLine: options at their defaults are left out", () => {
  const options = { returns: "drop", figures: true, budget: 50_000, features: ["rfm"], weights: {} };
  expect(stageCommandLine({ stage: segmentStage, options }, { dataset: "demo" })).toBe(
    "npx rekindle segment --dataset demo",
  );
});

test("runCommandLine: the real parser reads the same options back, shared ones as flags", async () => {
  const planned = [
    { stage: cleanStage, options: { deduplicate: true } },
    { stage: featuresStage, options: { returns: "net", featureDir: "/data/my groups" } },
    {
      stage: segmentStage,
      options: { returns: "net", featureDir: "/data/my groups", figures: true, weights: { monetary: 2 } },
    },
    { stage: reportStage, options: { returns: "net", figures: false } },
  ];
  const line = runCommandLine(planned, context);
  expect(line).toBe(
    'npx rekindle run --dataset shop --as-of 2025-12-31 --out "/data/my artifacts" --seed 7 --returns net --feature-dir "/data/my groups" --set clean.deduplicate=true --set segment.weights=monetary=2 --set report.figures=false',
  );
  const read = await plannedStages(readBack(line, "run"));
  expect(read.map(({ stage, options }) => [stage.name, options])).toEqual([
    ["clean", { deduplicate: true }],
    ["features", { returns: "net", featureDir: "/data/my groups" }],
    ["segment", { returns: "net", featureDir: "/data/my groups", weights: { monetary: 2 } }],
    ["report", { returns: "net", figures: false }],
  ]);
});

test("runCommandLine: shared options at their defaults are left out", () => {
  const planned = [
    { stage: featuresStage, options: { returns: "drop" } },
    { stage: reportStage, options: { returns: "drop", figures: true } },
  ];
  expect(runCommandLine(planned, { dataset: "demo" })).toBe("npx rekindle run --dataset demo");
});
