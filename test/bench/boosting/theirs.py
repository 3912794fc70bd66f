"""Trains and predicts by Python's xgboost and lightgbm on the table that run.mjs wrote. Prints one JSON object."""

import json
import sys
import time

import lightgbm as lgb
import numpy as np
import pandas as pd
import xgboost as xgb

problem = json.loads(sys.argv[1])
X = np.fromfile(problem["table"], dtype="<f8").reshape(-1, problem["nCols"])
y = np.fromfile(problem["labels"], dtype="<f8")
threads = problem["threads"]
seconds = {}
means = {}


def measure(name, call):
    started = time.perf_counter()
    answer = call()
    seconds[name] = time.perf_counter() - started
    return answer


def measure_singles(name, predict, wrap=lambda row: row):
    rows = [wrap(X[i : i + 1].copy()) for i in range(problem["nSingles"])]
    for row in rows[:50]:
        predict(row)
    times = []
    for row in rows:
        started = time.perf_counter()
        predict(row)
        times.append(time.perf_counter() - started)
    # The median: what else the machine does falls on few calls, and on those heavily.
    seconds[name] = sorted(times)[len(times) // 2]


few, fewer = X[:100], y[:100]
xgb.train({"nthread": threads}, xgb.DMatrix(few, fewer), 1)
lgb.train({"num_threads": threads, "verbosity": -1}, lgb.Dataset(few, fewer), 1)
common = {"seed": 7, "learning_rate": 0.1}

parameters = {
    **common,
    "objective": "reg:squarederror",
    "seed_per_iteration": 1,
    "nthread": threads,
    "max_depth": 6,
    "subsample": 0.8,
    "colsample_bytree": 0.8,
}
booster = measure(
    "xgboost train", lambda: xgb.train(parameters, xgb.DMatrix(X, y, nthread=threads), problem["nRounds"])
)
predicted = measure("xgboost predict all", lambda: booster.inplace_predict(X))
means["xgboost"] = float(predicted.mean(dtype="f8"))
# Its fastest way, which hands the row over as it lies, and the way of its documentation.
measure_singles("xgboost predict one", booster.inplace_predict)
measure_singles("xgboost predict one by DMatrix", lambda row: booster.predict(xgb.DMatrix(row)))

regressor = xgb.XGBRegressor(n_jobs=threads)
regressor.load_model(booster.save_raw())
measure_singles("xgboost predict one by XGBRegressor", regressor.predict)
measure_singles("xgboost predict one of a data frame", regressor.predict, pd.DataFrame)

parameters = {
    **common,
    "objective": "regression",
    "num_threads": threads,
    "num_leaves": 31,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "feature_fraction": 0.8,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}
booster = measure(
    "lightgbm train", lambda: lgb.train(parameters, lgb.Dataset(X, y, params=parameters), problem["nRounds"])
)
predicted = measure("lightgbm predict all", lambda: booster.predict(X, num_threads=threads))
means["lightgbm"] = float(predicted.mean())
measure_singles("lightgbm predict one", lambda row: booster.predict(row, num_threads=1))

print(json.dumps({"seconds": seconds, "means": means}))
