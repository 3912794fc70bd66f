"""Prints the iris data of scikit-learn as JSON rows."""

import json
import sys

from sklearn.datasets import load_iris
from sklearn.preprocessing import StandardScaler

asked = json.load(sys.stdin)
X = load_iris().data
json.dump((StandardScaler().fit_transform(X) if asked["standardized"] else X).tolist(), sys.stdout)
