import { describe, expect, test } from "vitest";
import { builtModels, limitObstacle, runWithThreads } from "../../checks/few-threads.js";

/** Fits, saves, loads and predicts; prints the threads before and what came of it. */
const program = (library: string, threads: number) => `
  const { createHash } = require("node:crypto");
  import(${builtModels}).then(async (models) => {
    const before = require("node:fs").readdirSync("/proc/self/task").length;
    const [nRows, nCols] = [5000, 5];
    const data = Float64Array.from({ length: nRows * nCols }, (_, i) => Math.sin(i * i));
    const y = Array.from({ length: nRows }, (_, i) => Number(data[i * nCols] > 0));
    const X = { nRows, nCols, data };
    const options = { seed: 7, nRounds: 5, threads: ${threads} };
    const fitted = await models.fit${library}Classifier(X, y, options);
    const loaded = models.load${library}Classifier(fitted.toBytes(), { threads: ${threads} });
    const { data: contributions } = await loaded.contributions(X);
    const hash = createHash("sha256").update(fitted.toBytes()).update(fitted.predictProba(X));
    console.log(JSON.stringify({ before, result: hash.update(loaded.predictProba(X)).update(contributions).digest("hex") }));
  });`;

async function run(code: string, limit?: number): Promise<{ before: number; result: string; stderr: string }> {
  const { stdout, stderr } = await runWithThreads(code, limit === undefined ? {} : { limit });
  return { ...JSON.parse(stdout), stderr };
}

const obstacle = limitObstacle();

describe(obstacle ? `where few threads can start: not here, ${obstacle}` : "where few threads can start", () => {
  for (const library of ["LightGbm", "XGBoost"]) {
    test.skipIf(obstacle)(`${library} models are the same, on one thread, with one line`, async () => {
      const free = await run(program(library, 8));
      expect(free.stderr).toBe("");
      for (const spare of [0, 1, 5, 9]) {
        const { result, stderr } = await run(program(library, 8), free.before + spare);
        expect(result).toBe(free.result);
        expect(stderr).toMatch(new RegExp(`^Models use 1 thread instead of 8 .* only ${spare} of 14 [^\n]+\n$`));
      }
    });

    test.skipIf(obstacle)(`${library} models on one thread start no other`, async () => {
      const free = await run(program(library, 1));
      expect(await run(program(library, 1), free.before)).toEqual({ ...free, stderr: "" });
    });

    test.skipIf(obstacle)(`${library} models use all threads where there is just room for them`, async () => {
      const free = await run(program(library, 4));
      expect(await run(program(library, 4), free.before + 6)).toEqual({ ...free, stderr: "" });
    });
  }
});
