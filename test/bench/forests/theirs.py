"""Mean Brier scores of some of scikit-learn's random forests on the problems that run.mjs wrote. Prints one JSON object."""

import json
import sys

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import brier_score_loss

problem = json.loads(sys.argv[1])
brier, means = [], []
for seed in problem["seeds"]:
    names = ["trainX", "trainY", "testX", "testY"]
    table = {name: np.fromfile(f"{problem['folder']}/{seed}-{name}", dtype="<f8") for name in names}
    X, judged = (table[name].reshape(-1, problem["nCols"]) for name in ["trainX", "testX"])
    scores, levels = [], []
    # One forest's score differs from the next one's by as much as 0.001.
    for repeat in range(problem["repeats"]):
        options = {"n_estimators": 200, "max_depth": 8, "max_features": "sqrt", "n_jobs": 2}
        model = RandomForestClassifier(**options, random_state=1000 * seed + repeat)
        p = model.fit(X, table["trainY"]).predict_proba(judged)[:, 1]
        scores.append(brier_score_loss(table["testY"], p))
        levels.append(p.mean())
    brier.append(float(np.mean(scores)))
    means.append(float(np.mean(levels)))
print(json.dumps({"brier": brier, "means": means}))
