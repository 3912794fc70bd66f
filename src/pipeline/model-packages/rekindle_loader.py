"""Loads models of Rekindle for mlflow.pyfunc: logistic regression, BG/NBD and MBG/NBD, segments, and whatever is calibrated.

rekindle.json names the kind and the file of the model, and holds the calibrator or the horizon.
"""

import json
import os

import numpy as np


def _load_pyfunc(path):
    with open(os.path.join(path, "rekindle.json"), encoding="utf-8") as file:
        told = json.load(file)
    predict = LOADERS[told["kind"]](os.path.join(path, told["data"]), told)
    return _Model(predict, told.get("calibrator"))


class _Model:
    def __init__(self, predict, calibrator):
        self._predict = predict
        self._calibrator = calibrator

    def predict(self, frame, params=None):
        values = self._predict(frame)
        return values if self._calibrator is None else calibrate(self._calibrator, np.asarray(values, dtype=float))


def load_xgboost(path, told):
    import xgboost

    booster = xgboost.Booster(model_file=path)
    return lambda frame: booster.predict(xgboost.DMatrix(frame))


def load_lightgbm(path, told):
    import lightgbm

    booster = lightgbm.Booster(model_file=path)
    return lambda frame: booster.predict(frame)


def load_logistic(path, told):
    model = read_json(path)
    coefficients = np.array([term["coefficient"] for term in model["terms"]])
    names = model["featureNames"]
    return lambda frame: logistic(frame[names].to_numpy(float) @ coefficients + model["intercept"])


def load_purchases(path, told):
    from scipy.special import hyp2f1

    p = read_json(path)["parameters"]
    r, alpha, a, b = p["r"], p["alpha"], p["a"], p["b"]
    t = told["horizon"]
    # MBG/NBD customers may also drop out at time zero: one more chance to leave than purchases.
    chances = 1 if told["kind"] == "modified-beta-geo" else 0

    def predict(frame):
        x, t_x, T = (frame[name].to_numpy(float) for name in ("x", "t_x", "T"))
        n = x + chances
        z = t / (alpha + T + t)
        shrunk = ((alpha + T) / (alpha + T + t)) ** (r + x) * hyp2f1(r + x, b + n, a + b + n - 1, z)
        future = (a + b + n - 1) / (a - 1) * (1 - shrunk)
        left = np.where(n > 0, a / (b + np.maximum(n, 1) - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x), 0)
        return future / (1 + left)

    return predict


def load_segmentation(path, told):
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
        raise ValueError(f'Cannot scale features: "{name}" is missing or infinite for a customer, a number is needed')
    if feature["transform"] == "log1p":
        values = np.sign(values) * np.log1p(np.abs(values))
    return (values - feature["mean"]) * (feature["weight"] / feature["standardDeviation"])


LOADERS = {
    "xgboost": load_xgboost,
    "lightgbm": load_lightgbm,
    "logistic": load_logistic,
    "beta-geo": load_purchases,
    "modified-beta-geo": load_purchases,
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
