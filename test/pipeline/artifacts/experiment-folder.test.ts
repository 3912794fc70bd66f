import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  checkedExperimentName,
  chooseExperiment,
  experimentFolder,
  splitNames,
} from "../../../src/pipeline/artifacts/experiment-folder.js";

let out: string;
const choose = (name?: string) => chooseExperiment(out, name, { dataset: "shop" });
const addSplit = (name: string) => {
  mkdirSync(experimentFolder(out, name, "split"), { recursive: true });
  writeFileSync(join(experimentFolder(out, name, "split"), "split.json"), "{}");
};
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), "rekindle-experiments-"));
});
afterAll(() => rmSync(out, { recursive: true }));

test("an experiment is the named one, or the only one", async () => {
  await expect(choose()).rejects.toThrow(
    'Cannot read an experiment: "shop" has none; run npx rekindle experiment split --dataset shop --segment <name>',
  );
  // A plan alone is no experiment.
  mkdirSync(experimentFolder(out, "planned", "plan"), { recursive: true });
  addSplit("spring");
  expect(await choose()).toBe("spring");
  addSplit("autumn");
  expect(await splitNames(out)).toEqual(["autumn", "spring"]);
  await expect(choose()).rejects.toThrow('there are "autumn", "spring"; use --name');
  expect(await choose("autumn")).toBe("autumn");
  await expect(choose("sprang")).rejects.toThrow(
    'Cannot find the experiment "sprang": no experiment has that name; did you mean "spring"? experiments: "autumn", "spring"',
  );
});

test.each(["at-risk", "2026_spring"])("%j can be a name", (name) => {
  expect(checkedExperimentName(name)).toBe(name);
});

test.each(["", "At Risk", "../x", "-x", "a/b", "x".repeat(65)])("%j cannot", (name) => {
  expect(() => checkedExperimentName(name)).toThrow("expected lower-case letters, digits, - and _");
});
