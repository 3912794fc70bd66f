import { describe, expect, test } from "vitest";
import { type Matrix, matrixFromColumns, matrixFromRows } from "../../src/matrix/index.js";
import { fitLogisticRegression, logisticRegressionFromJSON } from "../../src/models/logistic-regression.js";
import { bernoulli, createRandom, normal } from "../../src/numeric/random.js";
import { logistic } from "../../src/numeric/stats.js";

const random = createRandom(4);
const N = 4000;
const columns = {
  recency_days: Array.from({ length: N }, () => 40 + 25 * normal(random)),
  frequency: Array.from({ length: N }, () => 5 + 2 * normal(random)),
};
const X = matrixFromColumns(columns);
const y = columns.recency_days.map((days, i): number =>
  bernoulli(random, logistic(0.5 - 0.03 * days + 0.4 * columns.frequency[i])) ? 1 : 0,
);

describe("fitLogisticRegression", () => {
  const model = fitLogisticRegression(X, y, { C: Number.POSITIVE_INFINITY });

  test("finds the coefficients that made the labels, within three standard errors", () => {
    expect(model.featureNames).toEqual(["recency_days", "frequency"]);
    [-0.03, 0.4].forEach((truth, j) => {
      const { coefficient, standardError } = model.terms[j];
      expect(Math.abs(coefficient - truth)).toBeLessThan(3 * standardError);
    });
    expect(Math.abs(model.intercept - 0.5)).toBeLessThan(3 * model.interceptStandardError);
  });

  test("its probabilities add up to the positives (the intercept is not penalized)", () => {
    for (const C of [1e-3, 1, Number.POSITIVE_INFINITY]) {
      const total = fitLogisticRegression(X, y, { C })
        .predictProba(X)
        .reduce((a, b) => a + b);
      expect(total).toBeCloseTo(
        y.reduce((a, b) => a + b),
        6,
      );
    }
  });

  test("odds ratios, their limits and the standardized coefficient follow from the coefficient", () => {
    const { coefficient, standardError, oddsRatio, oddsRatioLower, oddsRatioUpper, standardizedCoefficient } =
      model.terms[0];
    expect(oddsRatio).toBeCloseTo(Math.exp(coefficient), 12);
    expect(Math.log(oddsRatioUpper / oddsRatioLower) / 2).toBeCloseTo(1.959964 * standardError, 6);
    expect(standardizedCoefficient / coefficient).toBeCloseTo(25, 0);
  });

  test("a stronger penalty draws coefficients to 0", () => {
    const size = (C: number) => Math.abs(fitLogisticRegression(X, y, { C }).terms[1].coefficient);
    expect(size(1e-4)).toBeLessThan(size(1e-2));
    expect(size(1e-2)).toBeLessThan(size(1));
  });

  test("the unit of a column changes nothing but its own coefficient", () => {
    const inYears = matrixFromColumns({ ...columns, recency_days: columns.recency_days.map((days) => days / 365) });
    const other = fitLogisticRegression(inYears, y, { C: 0.1 });
    const own = fitLogisticRegression(X, y, { C: 0.1 });
    expect(other.terms[0].coefficient / own.terms[0].coefficient).toBeCloseTo(365, 6);
    expect(other.terms[1].coefficient).toBeCloseTo(own.terms[1].coefficient, 10);
  });

  test("a weight of k equals k copies of a row, a weight of 0 none", () => {
    const rows = Array.from({ length: 300 }, (_, i) => [columns.recency_days[i], columns.frequency[i]]);
    const labels = y.slice(0, 300);
    const repeat = <T>(values: readonly T[]) => values.flatMap((value, i): T[] => new Array(i % 3).fill(value));
    const weighted = fitLogisticRegression(matrixFromRows(rows), labels, { sampleWeight: rows.map((_, i) => i % 3) });
    const repeated = fitLogisticRegression(matrixFromRows(repeat(rows)), repeat(labels));
    expect(weighted.intercept).toBeCloseTo(repeated.intercept, 9);
    weighted.terms.forEach((term, j) => {
      expect(term.coefficient).toBeCloseTo(repeated.terms[j].coefficient, 9);
      expect(term.standardError).toBeCloseTo(repeated.terms[j].standardError, 9);
    });
  });

  test("a JSON round trip is exact", () => {
    for (const fitted of [model, fitLogisticRegression(X, y)]) {
      const read = logisticRegressionFromJSON(JSON.parse(JSON.stringify(fitted)));
      expect([...read.predictProba(X)]).toEqual([...fitted.predictProba(X)]);
      expect(read.toJSON()).toEqual(fitted.toJSON());
    }
  });
});

describe("separated classes", () => {
  const separable = matrixFromColumns({ a: [1, 2, 3, 4], b: [1, 0, 1, 0] });

  test("are an error without a penalty, which names the columns", () => {
    const fit = () => fitLogisticRegression(separable, [0, 0, 1, 1], { C: Number.POSITIVE_INFINITY });
    expect(fit).toThrow('the classes are separated by "a"; use a finite C');
  });

  test("are reported with a penalty", () => {
    const model = fitLogisticRegression(separable, [0, 0, 1, 1]);
    expect(model.separatingFeatures).toEqual(["a"]);
    expect(model.separated).toBe(true);
    const usual = fitLogisticRegression(X, y);
    expect([usual.separated, usual.separatingFeatures]).toEqual([false, []]);
  });

  test("separated only by a sum of columns are an error too", () => {
    const together = matrixFromColumns({ a: [0, 3, 1, 4, 2, 5], b: [3, 0, 2.5, -0.5, 2, -1] });
    const labels = [1, 1, 0, 0, 1, 0].map((_, i) => (together.data[2 * i] + together.data[2 * i + 1] > 3.6 ? 1 : 0));
    expect(new Set(labels).size).toBe(2);
    const fit = () => fitLogisticRegression(together, labels, { C: Number.POSITIVE_INFINITY });
    expect(fit).toThrow("separated by the columns together");
  });

  test("separated by one level of a binary column are reported too", () => {
    const rare = matrixFromColumns({ rare: [1, 1, 0, 0, 0, 0], other: [2, 3, 1, 3, 1, 2] });
    expect(fitLogisticRegression(rare, [1, 1, 1, 0, 0, 1]).separatingFeatures).toEqual(["rare"]);
  });
});

describe("bad input", () => {
  const refused = (changed: Partial<Matrix> | null, labels: readonly number[], options = {}) => {
    const small = matrixFromColumns({ a: [1, 2, 3, 5], b: [0, 1, 1, 0] });
    return () => fitLogisticRegression({ ...small, ...changed }, labels, options);
  };
  test.each([
    ["one class", refused(null, [1, 1, 1, 1]), "4 positives and 0 negatives"],
    ["a missing label", refused(null, [0, 1, Number.NaN, 1]), "y[2] is NaN"],
    ["lengths", refused(null, [0, 1]), "X has 4 rows and y has 2"],
    [
      "a missing cell",
      refused({ data: Float64Array.of(1, 0, 2, 1, 3, NaN, 5, 0) }, [0, 1, 0, 1]),
      'column "b"[2] is NaN',
    ],
    [
      "a constant column",
      refused({ data: Float64Array.of(1, 7, 2, 7, 3, 7, 5, 7) }, [0, 1, 0, 1]),
      'constant columns "b"',
    ],
    ["C of 0", refused(null, [0, 1, 0, 1], { C: 0 }), "C is 0; expected a number greater than 0"],
    ["names", refused(null, [0, 1, 0, 1], { featureNames: ["a"] }), "there are 1 feature names for 2 columns"],
    ["an empty table", refused({ nRows: 0, data: new Float64Array() }, []), "there are no rows"],
  ])("%s is refused", (_, fit, message) => {
    expect(fit).toThrow(message);
  });

  test("rejects collinear columns without a penalty", () => {
    const twice = matrixFromColumns({ ...columns, doubled: columns.frequency.map((value) => 2 * value) });
    expect(() => fitLogisticRegression(twice, y, { C: Number.POSITIVE_INFINITY })).toThrow("no unique maximum");
    expect(fitLogisticRegression(twice, y).converged).toBe(true);
  });

  test("a table whose columns differ from the model's is refused, with the names that differ", () => {
    const model = fitLogisticRegression(X, y);
    const named = (...columnNames: string[]) => ({ ...matrixFromRows([[1, 2]]), columnNames });
    expect(() => model.predictProba(named("recency_days", "monetary"))).toThrow(
      'X lacks "frequency" and X has unknown columns "monetary"',
    );
    expect(() => model.predictProba(named("frequency", "recency_days"))).toThrow(
      "the columns of X are in the wrong order",
    );
    expect(() => model.predictProba(matrixFromRows([[1]]))).toThrow("X has 1 columns; expected 2");
    expect(() => model.predictProba(matrixFromRows([[1, Number.NaN]]))).toThrow("X[1] is NaN");
  });

  test.each([
    [{ kind: "xgboost", version: 1 }, 'kind is "xgboost"'],
    [null, "kind is undefined"],
    [{ ...fitLogisticRegression(X, y).toJSON(), terms: [] }, "its intercept or a coefficient is missing"],
  ])("a file of another kind, or an incomplete one, is refused: %#", (value, message) => {
    expect(() => logisticRegressionFromJSON(value)).toThrow(message);
    expect(() => logisticRegressionFromJSON(value)).toThrow(SyntaxError);
  });
});

describe("separation without a penalty", () => {
  const C = Number.POSITIVE_INFINITY;
  const draw = createRandom(12);
  const noise = Array.from({ length: 60 }, () => normal(draw));
  const label = noise.map((value) => Number(bernoulli(draw, logistic(value))));

  test("quasi-complete separation by columns together is refused, though neither column separates", () => {
    // Rows with a + b = 1 are positive, with a + b = -1 negative; where a + b = 0 both occur.
    const a = noise.map((value, i) => value + (i < 20 ? 1 : i < 40 ? -1 : 0));
    const b = noise.map((value) => -value);
    const y = label.map((own, i) => (i < 20 ? 1 : i < 40 ? 0 : own));
    expect(new Set(y.slice(40)).size).toBe(2);
    const X = matrixFromColumns({ a, b });
    expect(() => fitLogisticRegression(X, y, { C })).toThrow(
      "Cannot compute fitLogisticRegression: the classes are separated by the columns together; use a finite C",
    );
    expect(fitLogisticRegression(X, y, { C: 1 }).separated).toBe(false);
  });

  test("quasi-complete separation by columns together is refused where most rows are of one class", () => {
    // The separating direction has another mean than 0, which the intercept's step makes up for.
    const a = noise.map((value, i) => value + (i < 45 ? 1 : i < 48 ? -1 : 0));
    const b = noise.map((value) => -value);
    const y = label.map((own, i) => (i < 45 ? 1 : i < 48 ? 0 : own));
    expect(new Set(y.slice(48)).size).toBe(2);
    expect(() => fitLogisticRegression(matrixFromColumns({ a, b }), y, { C })).toThrow(
      "separated by the columns together",
    );
  });

  test("a column that varies only in a row of weight 0 has coefficient 0 and changes nothing else", () => {
    const a = [1, 2, 3, 4, 5, 6];
    const labels = [0, 1, 0, 1, 1, 0];
    const sampleWeight = [1, 1, 1, 1, 1, 0];
    const both = fitLogisticRegression(matrixFromColumns({ a, b: [7, 7, 7, 7, 7, 9] }), labels, { sampleWeight });
    const alone = fitLogisticRegression(matrixFromColumns({ a }), labels, { sampleWeight });
    expect(both.terms[1].coefficient).toBeCloseTo(0, 12);
    expect(both.terms[0].coefficient).toBeCloseTo(alone.terms[0].coefficient, 9);
    expect(both.intercept).toBeCloseTo(alone.intercept, 9);
  });

  test("a row of weight 0 hides no separation", () => {
    const X = matrixFromColumns({ coupon: [0, 0, 0, 0, 1, 1, 1], visits: [1, 5, 2, 4, 3, 2, 3] });
    const y = [0, 1, 0, 1, 1, 1, 0];
    const sampleWeight = [1, 1, 1, 1, 1, 1, 0];
    expect(() => fitLogisticRegression(X, y, { C, sampleWeight })).toThrow('separated by "coupon"');
    expect(fitLogisticRegression(X, y, { sampleWeight }).separatingFeatures).toContain("coupon");
    expect(fitLogisticRegression(X, y).separatingFeatures).toEqual([]);
  });

  test("a class with no weight is absent, with or without a penalty", () => {
    const X = matrixFromColumns({ visits: [1, 5, 2, 4] });
    for (const penalty of [1, C]) {
      expect(() => fitLogisticRegression(X, [0, 1, 0, 1], { C: penalty, sampleWeight: [1, 0, 1, 0] })).toThrow(
        "has 0 positives and 2 negatives; expected both classes",
      );
    }
  });

  test("strong effects that have a maximum are fitted", () => {
    const x = noise.map((value) => 4 * value);
    const y = x.map((value, i) => (i % 11 === 0 ? Number(value < 0) : Number(value > 0)));
    expect(fitLogisticRegression(matrixFromColumns({ x, noise: [...noise].reverse() }), y, { C }).converged).toBe(true);
  });
});
