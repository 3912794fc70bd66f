import { describe, expect, test } from "vitest";
import * as calibration from "../../src/calibration/index.js";
import { requireKnownOptions } from "../../src/errors.js";
import * as evaluation from "../../src/evaluation/index.js";
import * as matrix from "../../src/matrix/index.js";
import * as models from "../../src/models/index.js";
import * as numeric from "../../src/numeric/index.js";
import { CASES, METHODS } from "./option-cases.js";

const MODULES: Record<string, Record<string, unknown>> = { numeric, matrix, calibration, evaluation, models };
const ALL = [...Object.values(CASES).flatMap((cases) => Object.entries(cases)), ...Object.entries(METHODS)];

/** Names of the exported functions whose parameters hold options. */
function withOptions(exports: Record<string, unknown>): string[] {
  return Object.entries(exports).flatMap(([name, value]) => {
    if (typeof value !== "function" || /^class\b/.test(String(value))) return [];
    const [parameters] = /^[^{]*\((?:[^()]|\([^()]*\))*?\)\s*\{|^.*$/s.exec(String(value)) ?? [""];
    return /\boptions\b|\}\s*=\s*\{\}/.test(parameters) ? [name] : [];
  });
}

test.each(Object.keys(CASES))("%s: every exported function with options is tested here", (module) => {
  const names = withOptions(MODULES[module]!);
  expect(names.length).toBeGreaterThan(1);
  expect(names.filter((name) => !(name in CASES[module]!))).toEqual([]);
});

describe.each(ALL)("%s", (_, [call, valid, option]) => {
  const run = async (options: unknown) => call(options as never);

  test("runs with its own options", async () => {
    await run(valid);
  });

  test("an unknown option is an error that suggests the nearest known one", async () => {
    const misspelled = `${option}s`;
    await expect(run({ ...valid, [misspelled]: 1 })).rejects.toThrow(
      new RegExp(`^Cannot .+: unknown option "${misspelled}"; did you mean "${option}"\\?$`),
    );
    await expect(run({ ...valid, [misspelled]: 1 })).rejects.toThrow(TypeError);
  });
});

test("fitXGBoostClassifier: { maxdepth: 3 } is an error that suggests maxDepth", async () => {
  const options = { seed: 7, maxdepth: 3 };
  await expect(
    models.fitXGBoostClassifier({ nRows: 2, nCols: 1, data: Float64Array.of(1, 2) }, [0, 1], options),
  ).rejects.toThrow('Cannot fit XGBoost: unknown option "maxdepth"; did you mean "maxDepth"?');
});

test("requireKnownOptions: a name that is like no option lists the options", () => {
  const options = { quiet: true } as { seed?: number };
  expect(() => requireKnownOptions("split", options, { seed: true })).toThrow(
    'Cannot split: unknown option "quiet"; expected one of seed',
  );
});

test.each([
  [undefined, "the options are missing; expected an object"],
  [null, "the options are missing; expected an object"],
  [3, "the options are 3; expected an object"],
])("requireKnownOptions: %s is no options object", (options, message) => {
  expect(() => requireKnownOptions("split", options as never, {})).toThrow(new TypeError(`Cannot split: ${message}`));
});
