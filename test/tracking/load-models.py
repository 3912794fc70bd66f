"""Loads models that TypeScript logged and predicts with them. JSON in, JSON out."""

import json
import sys

import mlflow
import numpy as np
import pandas as pd

asked = json.load(sys.stdin)
mlflow.set_tracking_uri(asked["trackingUri"])


def predict(case):
    frame = pd.DataFrame(
        np.array([[np.nan if cell is None else cell for cell in row] for row in case["rows"]], dtype=float),
        columns=case["columns"],
    )
    answers = {"pyfunc": mlflow.pyfunc.load_model(case["uri"]).predict(frame)}
    if case["flavor"] == "xgboost":
        import xgboost

        booster = mlflow.xgboost.load_model(case["uri"])
        answers["native"] = booster.predict(xgboost.DMatrix(frame))
    if case["flavor"] == "lightgbm":
        answers["native"] = mlflow.lightgbm.load_model(case["uri"]).predict(frame)
    loaded = mlflow.pyfunc.load_model(case["uri"])
    try:
        loaded.predict(frame.drop(columns=case["columns"][0]))
        refusal = None
    except Exception as error:
        refusal = str(error)
    example = loaded.input_example
    names = None
    if isinstance(answers["pyfunc"], pd.DataFrame):
        names = answers["pyfunc"]["segment_name"].tolist()
        answers["pyfunc"] = answers["pyfunc"]["segment"]
    return {
        **{name: np.asarray(values, dtype=float).tolist() for name, values in answers.items()},
        "names": names,
        "refusal": refusal,
        "example": example.columns.tolist() if example is not None else None,
        "run": loaded.metadata.run_id,
    }


json.dump([predict(case) for case in asked["cases"]], sys.stdout)
