"""Loads models of Rekindle for mlflow.pyfunc: logistic regression, models of purchases, segments, and calibrated models.

rekindle.json names the kind and the file of the model, and holds the calibrator, the transform or the horizon.
"""

import json
import os

import numpy as np


def _load_pyfunc(path):
    with open(os.path.join(path, "rekindle.json"), encoding="utf-8") as file:
        card = json.load(file)
    predict = LOADERS[card["kind"]](os.path.join(path, card["data"]), card)
    return _Model(predict, card.get("calibrator"))


class _Model:
    def __init__(self, predict, calibrator):
        self._predict = predict
        self._calibrator = calibrator

    def predict(self, frame, params=None):
        values = self._predict(frame)
        return values if self._calibrator is None else calibrate(self._calibrator, np.asarray(values, dtype=float))


def load_xgboost(path, card):
    import xgboost

    booster = xgboost.Booster(model_file=path)
    return lambda frame: booster.predict(xgboost.DMatrix(frame))


def load_lightgbm(path, card):
    import lightgbm

    booster = lightgbm.Booster(model_file=path)
    return lambda frame: booster.predict(frame)


def load_logistic(path, card):
    model = read_json(path)
    coefficients = np.array([term["coefficient"] for term in model["terms"]])
    names = model["featureNames"]
    prepare = signed_log1p if card.get("transform") == "signed-log1p" else lambda values: values
    return lambda frame: logistic(prepare(frame[names].to_numpy(float)) @ coefficients + model["intercept"])


def signed_log1p(values):
    return np.nan_to_num(np.sign(values) * np.log1p(np.abs(values)), nan=0.0)


def load_purchases(path, card):
    p = read_json(path)["parameters"]
    customers = pareto_nbd if card["kind"] == "pareto-nbd" else beta_geo
    # MBG/NBD customers may also drop out at time zero: one more chance to leave than purchases.
    chances = 1 if card["kind"] == "modified-beta-geo" else 0

    def predict(frame):
        x, t_x, T = (frame[name].to_numpy(float) for name in ("x", "t_x", "T"))
        alive, expected, silent = customers(p, x, t_x, T, card["horizon"], chances)
        return 1 - alive * (1 - silent) if card.get("predicts") == "no-order" else alive * expected

    return predict


def beta_geo(p, x, t_x, T, t, chances):
    from scipy.special import hyp2f1

    r, alpha, a, b = p["r"], p["alpha"], p["a"], p["b"]
    n = x + chances
    z = t / (alpha + T + t)
    silent = ((alpha + T) / (alpha + T + t)) ** (r + x)
    future = (a + b + n - 1) / (a - 1) * (1 - silent * hyp2f1(r + x, b + n, a + b + n - 1, z))
    left = np.where(n > 0, a / (b + np.maximum(n, 1) - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x), 0)
    return 1 / (1 + left), future, silent


def pareto_nbd(p, x, t_x, T, t, chances):
    r, alpha, s, beta = p["r"], p["alpha"], p["s"], p["beta"]
    least = min(alpha, beta)

    # Powers by log1p: where r and alpha grow together, a ratio near 1 would lose its digits.
    def stays(power, base, y):
        return np.exp(-power * np.log1p(y / base))

    def gone(y):
        return s / (beta + y) * stays(s, beta + T, y - T) * stays(r + x, alpha + T, y - T)

    alive = 1 / (1 + integrate(gone, t_x, T, least))
    span = np.log1p(t / (beta + T))
    u = (s - 1) * span
    share = np.where(u == 0, 1, -np.expm1(-u) / np.where(u == 0, 1, u))
    expected = (r + x) / (alpha + T) * (beta + T) * span * share

    def stopped(y):
        return s / (beta + T + y) * stays(s, beta + T, y) * stays(r + x, alpha + T, y)

    silent = stays(s, beta + T, t) * stays(r + x, alpha + T, t)
    return alive, expected, silent + integrate(stopped, np.zeros_like(T), np.full_like(T, t), least + T)


def integrate(density, low, high, scale, panels=40):
    """By Gauss-Legendre on the logarithm of scale + y, row by row."""
    nodes, weights = np.polynomial.legendre.leggauss(16)
    start = np.log1p(low / scale)
    width = (np.log1p(high / scale) - start) / panels
    total = np.zeros_like(low)
    for panel in range(panels):
        for node, weight in zip(nodes, weights):
            y = scale * np.expm1(start + (panel + (1 + node) / 2) * width)
            total += weight / 2 * width * (scale + y) * density(y)
    return total


def load_column(path, card):
    model = read_json(path)
    return lambda frame: frame[model["column"]].to_numpy(float) * model["factor"]


def load_segmentation(path, card):
    import pandas as pd

    model = read_json(path)
    centroids = np.array(model["centroids"])
    names = np.array(model["names"], dtype=object)

    def predict(frame):
        distances = np.zeros((len(frame), len(centroids)))
        for feature, centres in zip(model["scaler"], centroids.T):
            distances += (scaled(feature, frame)[:, None] - centres) ** 2
        nearest = distances.argmin(axis=1)
        return pd.DataFrame({"segment": nearest, "segment_name": names[nearest]}, index=frame.index)

    return predict


def scaled(feature, frame):
    name = feature["name"]
    values = frame[name].to_numpy(float)
    if not np.isfinite(values).all():
        raise ValueError(f'Cannot scale features: "{name}" is missing or infinite for a customer; replace it by a number')
    if feature["transform"] == "log1p":
        values = np.sign(values) * np.log1p(np.abs(values))
    return (values - feature["mean"]) * (feature["weight"] / feature["standardDeviation"])


LOADERS = {
    "xgboost": load_xgboost,
    "lightgbm": load_lightgbm,
    "logistic": load_logistic,
    "beta-geo": load_purchases,
    "modified-beta-geo": load_purchases,
    "pareto-nbd": load_purchases,
    "column": load_column,
    "segmentation": load_segmentation,
}


def calibrate(calibrator, scores):
    kind = calibrator["kind"]
    if kind == "isotonic":
        x, y = np.array(calibrator["x"]), np.array(calibrator["y"])
        outside = (scores < x[0]) | (scores > x[-1])
        if calibrator["outOfRange"] == "raise" and outside.any():
            raise ValueError(f"Cannot calibrate: a score is outside [{x[0]}, {x[-1]}], on which it was fitted")
        fitted = np.interp(scores, x, y)
        return np.where(outside, np.nan, fitted) if calibrator["outOfRange"] == "nan" else fitted
    if kind == "sigmoid":
        return logistic(-(calibrator["A"] * scores + calibrator["B"]))
    inside = np.clip(scores, TINY, 1 - TINY)
    if kind == "beta":
        return logistic(calibrator["a"] * np.log(inside) - calibrator["b"] * np.log1p(-inside) + calibrator["c"])
    odds = np.log(inside) - np.log1p(-inside)
    if kind == "temperature":
        return logistic(odds / calibrator["temperature"])
    return logistic(odds + calibrator["shift"])


TINY = np.finfo(float).eps


def logistic(value):
    return 1 / (1 + np.exp(-value))


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)
