import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  backtest,
  type Candidate,
  type FitContext,
  logLoss,
  meanAbsoluteError,
  simplestWithinNoise,
} from "../../../src/evaluation/index.js";
import { columnOf, matrixFromColumns } from "../../../src/matrix/index.js";
import { expectedPurchases, fitModifiedBetaGeo } from "../../../src/models/index.js";
import {
  type CandidateRows,
  columnCandidate,
  lightGbmClassifierCandidate,
  lightGbmRegressorCandidate,
  logisticCandidate,
  meanCandidate,
  openModelPackage,
  purchaseCandidate,
  writeModelPackage,
  xgboostClassifierCandidate,
  xgboostRegressorCandidate,
} from "../../../src/pipeline/index.js";
import type { ModelPackage } from "../../../src/tracking/index.js";
import { horizonDays, shopOrigin, shopRowsAt } from "./shop-rows.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rekindle-candidates-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const context: FitContext = { seed: 7, threads: 1, signal: undefined, onProgress: () => {} };
const facts = (name: string) => ({ name, complexity: 1 });
const silent = { predicts: "no-order", horizonDays } as const;
const boosting = { nRounds: 20, maxDepth: 3 };
const churn: readonly Candidate<CandidateRows, ModelPackage>[] = [
  logisticCandidate({ ...facts("recency"), features: ["recency_days"] }),
  logisticCandidate({ ...facts("all"), transform: "none", C: 10 }),
  purchaseCandidate({ ...facts("bg"), ...silent, model: "beta-geo" }),
  purchaseCandidate({ ...facts("mbg"), ...silent, model: "modified-beta-geo" }),
  purchaseCandidate({ ...facts("pareto"), ...silent, model: "pareto-nbd" }),
  xgboostClassifierCandidate({ ...facts("xgboost"), boosting }),
  lightGbmClassifierCandidate({ ...facts("lightgbm"), boosting }),
];
const orders: readonly Candidate<CandidateRows, ModelPackage>[] = [
  purchaseCandidate({ ...facts("mbg orders"), model: "modified-beta-geo", predicts: "orders", horizonDays }),
  xgboostRegressorCandidate({ ...facts("xgboost poisson"), boosting: { ...boosting, objective: "poisson" } }),
  lightGbmRegressorCandidate({ ...facts("lightgbm poisson"), boosting: { ...boosting, objective: "poisson" } }),
  columnCandidate({ ...facts("last 30 days"), column: "orders_30d" }),
];

/** X with the columns of the histories, as a package of a model of purchases needs them. */
function asColumns({ X, histories }: CandidateRows) {
  const own = Object.fromEntries((X.columnNames ?? []).map((name) => [name, columnOf(X, name)]));
  const { x, t_x, T } = histories!;
  return matrixFromColumns({ ...own, x, t_x, T });
}

describe("candidates", () => {
  const train = shopRowsAt(["2024-04-01", "2024-03-02"]);
  const current = shopRowsAt(["2024-05-01"]);
  const hidden = { ...current, y: current.y.map(() => Number.NaN) };

  test.each([...churn, ...orders].map((candidate) => [candidate.name, candidate] as const))(
    "%s: the package predicts what was fitted, number by number",
    async (name, candidate) => {
      const rows = orders.includes(candidate) ? shopRowsAt(["2024-04-01", "2024-03-02"], "orders") : train;
      const fitted = await candidate.fit(rows, hidden, context);
      const predicted = await fitted.predict(hidden);
      expect(predicted).toHaveLength(current.y.length);
      expect(predicted.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
      expect(new Set(predicted).size).toBeGreaterThan(5);
      const place = join(folder, name);
      await writeModelPackage(place, fitted.package!());
      const opened = await openModelPackage(place);
      expect(opened.predict(asColumns(current))).toEqual(predicted);
      opened.close();
      fitted.close?.();
    },
  );

  test("models of purchases learn from the histories of the predicted day", async () => {
    const [candidate] = orders;
    const fitted = await candidate.fit({ ...train, histories: { x: [], t_x: [], T: [] } }, hidden, context);
    const model = fitModifiedBetaGeo(current.histories!, { unit: "days" });
    const expected = expectedPurchases(model, current.histories!, { value: horizonDays, unit: "days" });
    expect(await fitted.predict(hidden)).toEqual(expected);
    const { histories: _, ...without } = hidden;
    expect(() => candidate.fit(train, without, context)).toThrow(
      "Cannot model purchases: there are no purchase histories; use rows with one history each",
    );
  });

  test("columns that are constant or missing are left out or refused by name", async () => {
    const fitOn = (features: string[]) => logisticCandidate({ ...facts("some"), features }).fit(train, hidden, context);
    const fitted = await fitOn(["constant", "frequency"]);
    expect(fitted.package!().signature.inputs).toEqual([{ name: "frequency", type: "double" }]);
    await expect(fitOn(["constant"])).rejects.toThrow("Cannot fit a candidate: no column varies among constant");
    await expect(fitOn(["age"])).rejects.toThrow('X lacks "age"');
  });

  test("progress of boosting reaches the backtest as a share", async () => {
    const shares: number[] = [];
    const watched = { ...context, onProgress: (share: number) => void shares.push(share) };
    const fitted = await xgboostClassifierCandidate({ ...facts("x"), boosting: { nRounds: 4 } }).fit(
      train,
      hidden,
      watched,
    );
    fitted.close?.();
    expect(shares).toEqual([0.25, 0.5, 0.75, 1]);
  });

  test("a backtest of churn and one of orders choose what follows the made customers", async () => {
    const origins = [shopOrigin("2024-06-30"), shopOrigin("2024-05-31")];
    const groups = ({ customerIds }: CandidateRows) => customerIds;
    const options = { origins, groups, seed: 7, threads: 1, nResamples: 200 };
    const base = meanCandidate({ name: "base rate", complexity: 0 });
    const table = await backtest([base, ...churn], (days) => shopRowsAt(days), { ...options, loss: logLoss });
    expect(table.failures).toEqual([]);
    expect(table.candidates.slice(1).every(({ test: { mean } }) => mean! < table.candidates[0].test.mean!)).toBe(true);
    expect(simplestWithinNoise(table).name).not.toBe("base rate");
    const ordered = await backtest([base, ...orders], (days) => shopRowsAt(days, "orders"), {
      ...options,
      loss: (yTrue, yPred) => meanAbsoluteError(yTrue, yPred),
    });
    expect(ordered.failures).toEqual([]);
  });
});
