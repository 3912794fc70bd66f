import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Driver,
  kernelEnvironment,
  type Output,
  requireBuilt,
  startDriver,
} from "../../notebooks/kernel-driver.js";

// Long work on the real kernel: it shows how far it is, and an interruption ends it.

let folder: string;
let kernel: Driver;

beforeAll(async () => {
  requireBuilt();
  folder = await mkdtemp(join(tmpdir(), "rekindle-kernel-"));
  kernel = await startDriver(await kernelEnvironment(folder));
  const { reply } =
    await kernel.execute(`import { gridSearch, kFold, randomSearch, searchProgressBar } from "rekindle/evaluation";
import { fitLightGbmClassifier, fitXGBoostClassifier, boostingProgressBar } from "rekindle/models";
import { newDisplay } from "tslab";
const n = 4000;
const data = Float64Array.from({ length: 4 * n }, (_, i) => Math.sin(i * i));
const X = { nRows: n, nCols: 4, data: data };
const y = Float64Array.from({ length: n }, (_, i) => (data[4 * i] + data[4 * i + 1] > 0 ? 1 : 0));
const seen = { n: 0 };`);
  expect(reply.evalue).toBeUndefined();
});

afterAll(async () => {
  await kernel?.close();
  await rm(folder, { recursive: true, force: true });
});

const run = async (code: string) => {
  const { reply, outputs } = await kernel.execute(code);
  expect(reply.evalue).toBeUndefined();
  return outputs;
};
const textOf = ({ content }: Output) => content.data?.["text/plain"] ?? content.text;

describe("progress", () => {
  test.each([
    [
      "a search",
      `await gridSearch({ a: [1, 2, 3] }, async ({ a }) => { await new Promise((done) => { setTimeout(done, 60); }); return a; },
  { folds: kFold(n, { seed: 1 }), direction: "maximize", onProgress: searchProgressBar({ draw: draw, now: Date.now }) });`,
      /^Search █░+ 1\/15, /,
      /^Search █+ 15\/15, in \d\.\d s, best 3$/,
    ],
    [
      "a fit",
      "await fitXGBoostClassifier(X, y, { seed: 1, nRounds: 1000, onRound: boostingProgressBar({ draw: draw, now: Date.now }) });",
      /^Rounds ░+ 1\/1000, /,
      /^Rounds █+ 1000\/1000, in [\d.]+ s, train-logloss 0\.\d+$/,
    ],
  ])("%s draws one bar over and over in one output", async (_, code, first, last) => {
    const outputs = await run(`{ const bar = newDisplay(); const draw = (line: string) => bar.text(line);
${code} }`);
    expect(outputs[0].type).toBe("display_data");
    const updates = outputs.slice(1);
    expect(updates.length).toBeGreaterThan(1);
    expect(updates.map(({ type }) => type)).toEqual(updates.map(() => "update_display_data"));
    const ids = outputs.map(
      ({ content }) => (content as { transient?: { display_id?: string } }).transient?.display_id,
    );
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^\w+$/);
    expect(textOf(outputs[0])).toMatch(first);
    expect(textOf(updates.at(-1)!)).toMatch(last);
  });
});

describe("an interruption", () => {
  const options = "{ seed: 1, nRounds: 1_000_000, onRound: () => { ++seen.n; } }";
  test.each([
    ["XGBoost", `await fitXGBoostClassifier(X, y, ${options});`],
    [
      "rounds of half a second and more",
      `await fitXGBoostClassifier(X, y, { ...${options}, parameters: { num_parallel_tree: 800 } });`,
    ],
    ["LightGBM", `await fitLightGbmClassifier(X, y, ${options});`],
    [
      "a search",
      "await gridSearch({ a: [...Array(100_000).keys()] }, async ({ a }) => { await new Promise((done) => { setTimeout(done, 1); }); return ++seen.n + a; }, { folds: kFold(n, { seed: 1 }), direction: 'maximize' });",
    ],
    [
      "SHAP values",
      `{ const model = await fitXGBoostClassifier(X, y, { seed: 1, nRounds: 60 });
const many = { nRows: 100 * n, nCols: 4, data: Float64Array.from({ length: 400 * n }, (_, i) => data[i % data.length]) };
await model.contributions(many).finally(() => { seen.n = -1; }); }`,
    ],
  ])("stops %s, says so, and the kernel continues", async (what, code) => {
    await run("seen.n = 0;");
    const { reply, outputs } = await kernel.execute(code, { interruptAfter: what.startsWith("rounds") ? 5 : 1.5 });
    expect(reply).toMatchObject({ status: "error", ename: "Interrupted", evalue: "The cell was interrupted" });
    expect(outputs.at(-1)).toMatchObject({ type: "error", content: { ename: "Interrupted" } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const nSeen = async () => Number(textOf((await run("seen.n"))[0]));
    const after = await nSeen();
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (what === "SHAP values") expect(after).toBe(-1);
    else {
      // Nothing goes on behind the kernel's back.
      expect(after).toBeGreaterThan(0);
      expect(await nSeen()).toBe(after);
    }
    const outputsAfter = await run("(await fitXGBoostClassifier(X, y, { seed: 1, nRounds: 3 })).nRounds");
    expect(textOf(outputsAfter[0])).toBe("3\n");
  });
});
