import { describe, expect, test } from "vitest";
import { silhouetteSamples, silhouetteScore } from "../../src/evaluation/index.js";
import { type Matrix, matrixFromRows } from "../../src/matrix/index.js";

// Rousseeuw 1987, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis": Table 1
// (dissimilarities of twelve countries) and Figures 2 and 3.

const COUNTRIES = ["BEL", "BRA", "CHI", "CUB", "EGY", "FRA", "IND", "ISR", "USA", "USS", "YUG", "ZAI"];
const LOWER_TRIANGLE = [
  [5.58],
  [7.0, 6.5],
  [7.08, 7.0, 3.83],
  [4.83, 5.08, 8.17, 5.83],
  [2.17, 5.75, 6.67, 6.92, 4.92],
  [6.42, 5.0, 5.58, 6.0, 4.67, 6.42],
  [3.42, 5.5, 6.42, 6.42, 5.0, 3.92, 6.17],
  [2.5, 4.92, 6.25, 7.33, 4.5, 2.25, 6.33, 2.75],
  [6.08, 6.67, 4.25, 2.67, 6.0, 6.17, 6.17, 6.92, 6.17],
  [5.25, 6.83, 4.5, 3.75, 5.75, 5.42, 6.08, 5.83, 6.67, 3.67],
  [4.75, 3.0, 6.08, 6.67, 5.0, 5.58, 4.83, 6.17, 5.67, 6.5, 6.92],
];

const FIGURE_2 = {
  labels: [1, 1, 2, 2, 1, 1, 2, 1, 1, 2, 2, 1],
  mean: 0.28,
  meanToSixDigits: 0.279666,
  silhouettes: [0.39, 0.22, 0.33, 0.4, 0.2, 0.35, -0.04, 0.3, 0.43, 0.34, 0.26, 0.19],
};
const FIGURE_3 = {
  labels: [1, 2, 3, 3, 1, 1, 2, 1, 1, 3, 3, 2],
  mean: 0.33,
  meanToSixDigits: 0.330102,
  silhouettes: [0.42, 0.25, 0.31, 0.48, 0.02, 0.44, 0.17, 0.37, 0.47, 0.44, 0.31, 0.28],
};

function distances(): Matrix {
  const at = (i: number, j: number) => (i === j ? 0 : LOWER_TRIANGLE[Math.max(i, j) - 1][Math.min(i, j)]);
  return matrixFromRows(COUNTRIES.map((_, i) => COUNTRIES.map((_, j) => at(i, j))));
}

describe.each([
  ["Figure 2, two clusters", FIGURE_2],
  ["Figure 3, three clusters", FIGURE_3],
])("%s", (_, { labels, mean, meanToSixDigits, silhouettes }) => {
  const options = { metric: "precomputed" } as const;

  test("the mean silhouette", () => {
    const score = silhouetteScore(distances(), labels, options);
    expect(Math.abs(score - mean)).toBeLessThan(0.005);
    expect(score).toBeCloseTo(meanToSixDigits, 6);
  });

  test.each(COUNTRIES.map((country, i) => [country, i] as const))("%s, to the printed two digits", (_, i) => {
    const own = silhouetteSamples(distances(), labels, options)[i];
    expect(Math.abs(own - silhouettes[i])).toBeLessThanOrEqual(0.005 + 1e-9);
  });
});

test("scikit-learn, test_silhouette_score_integer_precomputed: 1/6", () => {
  const X = matrixFromRows([
    [0, 1, 2],
    [1, 0, 1],
    [2, 1, 0],
  ]);
  expect(silhouetteScore(X, [0, 0, 1], { metric: "precomputed" })).toBeCloseTo(1 / 6, 12);
});

test("scikit-learn, test_silhouette_score_integer_precomputed: a row away from itself is refused", () => {
  const X = matrixFromRows([
    [1, 1, 2],
    [1, 0, 1],
    [2, 1, 0],
  ]);
  expect(() => silhouetteScore(X, [0, 0, 1], { metric: "precomputed" })).toThrow(
    "row 0 has distance 1 to itself; expected 0",
  );
});
