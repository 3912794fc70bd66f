import { describe, expect, test } from "vitest";
import { applyCalibrator, fitSigmoid } from "../../src/calibration/index.js";
import { brierScoreLoss, calibrationCurve, rocAucScore } from "../../src/evaluation/index.js";

describe("scikit-learn, sklearn/tests/test_calibration.py", () => {
  test("test_sigmoid_calibration: LibSVM's A and B", () => {
    const { A, B } = fitSigmoid([5, -4, 1], [1, 0, 0]);
    // LibSVM stops early; scikit-learn's own test asks for three digits.
    expect(A).toBeCloseTo(-0.20261354391187855, 4);
    expect(B).toBeCloseTo(0.6523631498001051, 4);
  });

  test("test_sigmoid_calibration: probabilities to six digits", () => {
    const probabilities = applyCalibrator(fitSigmoid([5, -4, 1], [1, 0, 0]), [5, -4, 1]);
    [5, -4, 1].forEach((score, i) => {
      const libSvm = 1 / (1 + Math.exp(-0.20261354391187855 * score + 0.6523631498001051));
      expect(probabilities[i]).toBeCloseTo(libSvm, 5);
    });
  });

  test("test_calibration_curve: two uniform bins", () => {
    const curve = calibrationCurve([0, 0, 0, 1, 1, 1], [0, 0.1, 0.2, 0.8, 0.9, 1], { nBins: 2, strategy: "uniform" });
    expect([...curve.observedRate]).toEqual([0, 1]);
    expect(curve.meanPredicted[0]).toBeCloseTo(0.1, 12);
    expect(curve.meanPredicted[1]).toBeCloseTo(0.9, 12);
    expect([...curve.counts]).toEqual([3, 3]);
  });

  test("test_calibration_curve: two quantile bins", () => {
    const curve = calibrationCurve([0, 0, 0, 0, 1, 1], [0, 0.1, 0.2, 0.5, 0.9, 1], { nBins: 2, strategy: "quantile" });
    expect([...curve.observedRate]).toEqual([0, 2 / 3]);
    expect(curve.meanPredicted[0]).toBeCloseTo(0.1, 12);
    expect(curve.meanPredicted[1]).toBeCloseTo(0.8, 12);
  });

  test("test_calibration_curve: a probability below 0 is refused", () => {
    expect(() => calibrationCurve([1], [-0.1])).toThrow("yProb[0] is -0.1; expected a number in [0, 1]");
  });
});

describe("scikit-learn, sklearn/metrics", () => {
  test("test_brier_score_loss_binary (test_classification.py): 0.0254166667", () => {
    expect(brierScoreLoss([0, 1, 1, 0, 1, 1], [0.1, 0.8, 0.9, 0.3, 1, 0.95])).toBeCloseTo(0.0254166667, 10);
  });

  test("the example of roc_auc_score's page: 0.75", () => {
    expect(rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(0.75);
  });
});
