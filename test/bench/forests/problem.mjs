// A problem of two classes, the same for the same seed on both sides.

/** Rates of positives of the problems, in turn. */
export const RATES = [0.03, 0.15, 0.5];

const N_COLS = 6;

/**
 * Rows with six columns, a class that follows from three of them, and its true probability.
 *
 * @param {number} seed
 * @param {number} nRows Rows to train on, and as many to judge by.
 */
export function makeForestProblem(seed, nRows) {
  let state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    // The low digits of such a generator repeat soon.
    return ((state >>> 8) + 0.5) / 2 ** 24;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const rate = RATES[seed % RATES.length];
  const draw = () => {
    const data = Float64Array.from({ length: nRows * N_COLS }, normal);
    const probabilities = Float64Array.from({ length: nRows }, (_, i) => {
      const [a, b, c] = data.subarray(i * N_COLS);
      const logOdds = Math.log(rate / (1 - rate)) - 0.5 * (1 - 2 * rate) + a + 0.5 * b * c;
      return 1 / (1 + Math.exp(-logOdds));
    });
    const y = probabilities.map((p) => (uniform() < p ? 1 : 0));
    return { X: { nRows, nCols: N_COLS, data }, y, probabilities };
  };
  return { rate, train: draw(), test: draw() };
}
