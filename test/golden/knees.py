"""Finds the knees of 300 falling curves that are not convex, by kneed at sensitivity 1.

    pip install kneed==0.9.0
    python test/golden/knees.py > test/golden/knees.json && npm run format

The first step of each curve falls faster than the straight line: kneed takes the first point itself for a knee where it
does not.
"""

import json
import random

from kneed import KneeLocator

draw = random.Random(7)
curves = []
while len(curves) < 300:
    n = draw.randint(5, 15)
    steps = [draw.expovariate(1) * draw.choice([1, 1, 6]) * (0.75 if draw.random() < 0.7 else -0.2) for _ in range(n - 1)]
    y = [0.0]
    for step in steps:
        y.append(round(y[-1] - step, 4))
    x = list(range(2, n + 2))
    if not y[0] - y[1] > (y[0] - y[-1]) / (n - 1) > 0 or min(y) < y[-1] or max(y) > y[0]:
        continue
    knee = KneeLocator(x, y, S=1, curve="convex", direction="decreasing").knee
    curves.append({"y": y, "knee": None if knee is None else int(knee)})
print(json.dumps(curves))
