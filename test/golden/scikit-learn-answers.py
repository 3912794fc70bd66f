"""Answers what scikit-learn and scipy say to problems read as JSON from standard input."""

import json
import sys

import numpy as np
from scipy import optimize, special, stats
from sklearn import metrics
from sklearn._loss.loss import HalfBinomialLoss
from sklearn.calibration import _SigmoidCalibration, calibration_curve
from sklearn.datasets import load_iris
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.linear_model._linear_loss import LinearModelLoss
from sklearn.preprocessing import StandardScaler


def labels(problem):
    y = np.array(problem["yTrue"])
    score = np.array(problem["yScore"])
    prob = np.array(problem["yProb"])
    pred = np.array(problem["yPred"])
    w = np.array(problem["sampleWeight"]) if problem["weighted"] else None
    roc = metrics.roc_curve(y, score, sample_weight=w, drop_intermediate=False)
    pr = metrics.precision_recall_curve(y, score, sample_weight=w)
    confusion = metrics.confusion_matrix(y, pred, sample_weight=w)
    answers = {
        "rocAucScore": metrics.roc_auc_score(y, score, sample_weight=w),
        "averagePrecisionScore": metrics.average_precision_score(y, score, sample_weight=w),
        "logLoss": metrics.log_loss(y, prob, sample_weight=w),
        "brierScoreLoss": metrics.brier_score_loss(y, prob, sample_weight=w),
        "accuracyScore": metrics.accuracy_score(y, pred, sample_weight=w),
        "balancedAccuracyScore": metrics.balanced_accuracy_score(y, pred, sample_weight=w),
        "precisionScore": metrics.precision_score(y, pred, sample_weight=w),
        "recallScore": metrics.recall_score(y, pred, sample_weight=w),
        "specificityScore": metrics.recall_score(y, pred, sample_weight=w, pos_label=0),
        "fScore": metrics.f1_score(y, pred, sample_weight=w),
        "fHalfScore": metrics.fbeta_score(y, pred, beta=0.5, sample_weight=w),
        "matthewsCorrelation": metrics.matthews_corrcoef(y, pred, sample_weight=w),
        "confusion": confusion.ravel(),
        "roc": {"falsePositiveRate": roc[0], "truePositiveRate": roc[1], "thresholds": roc[2][1:]},
        "pr": {"precision": pr[0], "recall": pr[1], "thresholds": pr[2]},
        "normalizedGiniOfLabels": 2 * metrics.roc_auc_score(y, score) - 1,
        "ksScore": stats.ks_2samp(score[y == 1], score[y == 0]).statistic,
        "uniform": calibration_curve(y, prob, n_bins=7, strategy="uniform"),
        "quantile": calibration_curve(y, prob, n_bins=7, strategy="quantile"),
    }
    return answers


def recalibration(problem):
    y, w = np.array(problem["yTrue"]), np.array(problem["sampleWeight"])
    w = w if problem["weighted"] else np.ones(len(y))
    log_odds = special.logit(np.clip(problem["yProb"], 1e-6, 1 - 1e-6))
    model = LogisticRegression(solver="newton-cholesky", tol=1e-12, C=np.inf, max_iter=1000)
    slope = model.fit(log_odds[:, None], y, sample_weight=w).coef_[0, 0]

    # It takes no offset, but the loss that it minimizes does: the log-odds are a feature whose coefficient stays 1.
    def score(intercept):
        loss = LinearModelLoss(HalfBinomialLoss(), fit_intercept=True)
        coefficients = np.array([1.0, intercept])
        return loss.gradient(coefficients, log_odds[:, None], y.astype(float), sample_weight=w)[1]

    return {"calibrationSlope": slope, "calibrationInTheLarge": optimize.brentq(score, -20, 20, xtol=1e-14)}


def amounts(problem):
    y = np.array(problem["yTrue"])
    pred = np.array(problem["yPred"])
    positive = np.array(problem["positive"])
    w = np.array(problem["sampleWeight"]) if problem["weighted"] else None
    return {
        "meanAbsoluteError": metrics.mean_absolute_error(y, pred, sample_weight=w),
        "rootMeanSquaredError": metrics.root_mean_squared_error(y, pred, sample_weight=w),
        "r2Score": metrics.r2_score(y, pred, sample_weight=w),
        "meanAbsolutePercentageError": metrics.mean_absolute_percentage_error(positive, pred, sample_weight=w),
        "poissonDeviance": metrics.mean_poisson_deviance(y, pred, sample_weight=w),
        "gammaDeviance": metrics.mean_gamma_deviance(positive, pred, sample_weight=w),
        "tweedie": [
            metrics.mean_tweedie_deviance(y, pred, power=0, sample_weight=w),
            metrics.mean_tweedie_deviance(y, pred, power=1.3, sample_weight=w),
            metrics.mean_tweedie_deviance(positive, pred, power=2.5, sample_weight=w),
            metrics.mean_tweedie_deviance(y, pred, power=-1, sample_weight=w),
        ],
    }


def clusters(problem):
    X = np.array(problem["rows"])
    a = np.array(problem["labels"])
    return {
        "silhouetteSamples": metrics.silhouette_samples(X, a),
        "silhouetteScore": metrics.silhouette_score(X, a),
        "daviesBouldinIndex": metrics.davies_bouldin_score(X, a),
        "calinskiHarabaszScore": metrics.calinski_harabasz_score(X, a),
        "adjustedRandScore": metrics.adjusted_rand_score(a, problem["others"]),
    }


def isotonic(problem):
    bounds = problem.get("bounds") or [None, None]
    model = IsotonicRegression(
        y_min=bounds[0], y_max=bounds[1], increasing=problem["increasing"], out_of_bounds="clip"
    ).fit(problem["x"], problem["y"], sample_weight=problem["sampleWeight"])
    return {"x": model.X_thresholds_, "y": model.y_thresholds_, "predicted": model.predict(problem["asked"])}


def sigmoid(problem):
    weight = np.array(problem["sampleWeight"])
    model = _SigmoidCalibration().fit(np.array(problem["x"]), np.array(problem["y"]), sample_weight=weight)
    return {"predicted": model.predict(np.array(problem["x"]))}


def logistic(problem):
    X = np.array(problem["rows"])
    w = np.array(problem["sampleWeight"])
    scaler = StandardScaler().fit(X, sample_weight=w)
    scaled = scaler.transform(X) if problem["standardize"] else X
    C = np.inf if problem["C"] == "Infinity" else problem["C"]
    model = LogisticRegression(solver="newton-cholesky", tol=1e-12, C=C, max_iter=1000)
    model.fit(scaled, problem["y"], sample_weight=w)
    p = model.predict_proba(scaled)[:, 1]
    design = np.column_stack([scaled, np.ones(len(scaled))])
    hessian = design.T @ (design * (w * p * (1 - p))[:, None]) + np.diag([1 / C] * X.shape[1] + [0])
    errors = np.sqrt(np.diag(np.linalg.inv(hessian)))
    scale = scaler.scale_ if problem["standardize"] else np.ones(X.shape[1])
    center = scaler.mean_ if problem["standardize"] else np.zeros(X.shape[1])
    return {
        "coefficients": model.coef_[0] / scale,
        "intercept": model.intercept_[0] - np.sum(model.coef_[0] * center / scale),
        "standardErrors": errors[:-1] / scale,
        "predicted": p,
    }


def iris(_):
    data = load_iris()
    return {
        "rows": data.data,
        "labels": data.target,
        "silhouette": metrics.silhouette_score(data.data, data.target),
    }


def normal(problem):
    return {"cdf": stats.norm.cdf(problem["x"]), "quantile": stats.norm.ppf(problem["p"])}


def quantiles(problem):
    return np.quantile(problem["values"], problem["p"])


def bootstrap(problem):
    def interval(method):
        result = stats.bootstrap(
            (np.array(problem["values"]),), np.mean, n_resamples=20000, method=method, random_state=0
        )
        return [*result.confidence_interval, result.standard_error]

    return {"percentile": interval("percentile"), "bca": interval("BCa")}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, np.ndarray):
        return value.tolist()
    return value.item() if isinstance(value, np.generic) else value


ANSWERS = {
    f.__name__: f
    for f in [
        *[labels, recalibration, amounts, clusters, isotonic, sigmoid, logistic, iris, normal, quantiles, bootstrap],
    ]
}
problems = json.load(sys.stdin)
json.dump([plain(ANSWERS[problem["kind"]](problem)) for problem in problems], sys.stdout)
