"""Answers what Python's xgboost and lightgbm make of the problems read as JSON from standard input.

Each problem names files: a table, labels, a model that we saved, and where Python's own model is to be saved.
"""

import json
import sys

import lightgbm as lgb
import numpy as np
import xgboost as xgb


def floats(path):
    return None if path is None else np.fromfile(path, dtype="<f8")


def table(problem, name="table"):
    return floats(problem[name]).reshape(-1, len(problem["featureNames"]))


def matrix(problem, rows, label=None, weight=None, base_margin=None):
    types = ["c" if name in problem["categorical"] else "float" for name in problem["featureNames"]]
    return xgb.DMatrix(
        rows,
        label=label,
        weight=weight,
        base_margin=base_margin,
        feature_names=problem["featureNames"],
        feature_types=types,
        enable_categorical=True,
    )


def ask_xgboost(problem):
    X = table(problem)
    base_margin = floats(problem["baseMargin"])
    train = matrix(problem, X, floats(problem["y"]), floats(problem["weight"]), base_margin)
    history = {}
    stopping = {}
    if problem["validation"]:
        validation = problem["validation"]
        rows = table({**problem, **validation})
        weight, margin = floats(validation["weight"]), floats(validation["baseMargin"])
        judged = matrix(problem, rows, floats(validation["y"]), weight, margin)
        stopping = {
            "evals": [(judged, "validation")],
            "evals_result": history,
            "early_stopping_rounds": validation["earlyStoppingRounds"],
            "verbose_eval": False,
        }
    theirs = xgb.train(problem["parameters"], train, problem["nRounds"], **stopping)
    n_rounds = theirs.best_iteration + 1 if stopping else theirs.num_boosted_rounds()
    theirs = theirs[:n_rounds] if stopping else theirs
    theirs.save_model(problem["theirModel"] + ".ubj")
    theirs.save_model(problem["theirModel"] + ".json")
    rows = matrix(problem, X, base_margin=base_margin)
    few = matrix(problem, X[:50])
    answers = {"theirs": theirs.predict(rows).tolist(), "nRounds": n_rounds, "history": history}
    for ending in ("ubj", "json"):
        ours = xgb.Booster(model_file=problem["ourModel"] + "." + ending)
        answers[ending] = ours.predict(rows).tolist()
    answers["featureNames"] = ours.feature_names
    answers["contributions"] = ours.predict(few, pred_contribs=True).ravel().tolist()
    answers["interactions"] = ours.predict(few, pred_interactions=True).ravel().tolist()
    answers["leaves"] = ours.predict(few, pred_leaf=True).ravel().tolist()
    answers["importance"] = {kind: ours.get_score(importance_type=kind) for kind in ("gain", "weight", "cover")}
    return answers


def ask_lightgbm(problem):
    X = table(problem)
    names = problem["featureNames"]
    parameters = {**problem["parameters"], "verbosity": -1}
    train = lgb.Dataset(
        X,
        floats(problem["y"]),
        weight=floats(problem["weight"]),
        feature_name=names,
        categorical_feature=[names.index(name) for name in problem["categorical"]],
        params=parameters,
    )
    history = {}
    stopping = {}
    if problem["validation"]:
        validation = problem["validation"]
        rows = table({**problem, **validation})
        weight = floats(validation["weight"])
        judged = lgb.Dataset(rows, floats(validation["y"]), reference=train, weight=weight)
        stopping = {
            "valid_sets": [judged],
            "valid_names": ["validation"],
            "callbacks": [
                lgb.early_stopping(validation["earlyStoppingRounds"], verbose=False),
                lgb.record_evaluation(history),
            ],
        }
    theirs = lgb.train(parameters, train, problem["nRounds"], **stopping)
    theirs.save_model(problem["theirModel"] + ".txt")
    ours = lgb.Booster(model_file=problem["ourModel"] + ".txt")
    return {
        "theirs": theirs.predict(X).tolist(),
        "text": ours.predict(X).tolist(),
        "nRounds": theirs.best_iteration if stopping else theirs.current_iteration(),
        "history": history,
        "featureNames": ours.feature_name(),
        "contributions": ours.predict(X[:50], pred_contrib=True).ravel().tolist(),
        "leaves": ours.predict(X[:50], pred_leaf=True).ravel().tolist(),
        "importance": {
            "weight": dict(zip(names, ours.feature_importance("split").tolist())),
            "total_gain": dict(zip(names, ours.feature_importance("gain").tolist())),
        },
    }


problems = json.load(sys.stdin)
answers = {
    "xgboost": {name: ask_xgboost(problem) for name, problem in problems["xgboost"].items()},
    "lightgbm": {name: ask_lightgbm(problem) for name, problem in problems["lightgbm"].items()},
}
json.dump(answers, sys.stdout)
