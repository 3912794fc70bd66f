"""ROC AUC and isotonic calibration by scikit-learn on the table that run.mjs wrote. Prints one JSON object."""

import json
import sys
import time

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import roc_auc_score

problem = json.loads(sys.argv[1])
scores = np.fromfile(problem["scores"], dtype="<f8")
labels = np.fromfile(problem["labels"], dtype="<f8")
seconds = {}


def measure(name, call):
    times = []
    for _ in range(problem["repeats"]):
        started = time.perf_counter()
        answer = call()
        times.append(time.perf_counter() - started)
    seconds[name] = sorted(times)[len(times) // 2]
    return answer


auc = measure("ROC AUC", lambda: roc_auc_score(labels, scores))
model = measure("isotonic fit", lambda: IsotonicRegression(out_of_bounds="clip").fit(scores, labels))
fitted = measure("isotonic apply", lambda: model.predict(scores))
print(json.dumps({"seconds": seconds, "figures": {"ROC AUC": auc, "mean of fitted": float(np.mean(fitted))}}))
