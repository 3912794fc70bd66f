"""Computes buy-till-you-die figures at extreme parameters with 36 digits, from the papers' definitions.

    pip install mpmath==1.4.1
    python test/golden/btyd-extremes.py 40 7 > test/golden/btyd-extremes.json && npm run format

The arguments are the number of cases per model and the seed. Integrals are taken over the logarithm of their variable,
by Gauss-Legendre panels that are halved until 20 digits agree. Sums of the BG/BB are summed term by
term. Parameters lie between 1e-4 and 1e6, histories go to 5,000 purchases.
As many more cases of the Pareto/NBD have s from 100 to 1e4, beta from 10 to 1000 times s, and between 0.01 and 100
discounted purchases: there lifetimes are nearly exponential, and z**(s - 1) leaves the range of a double.
"""

import json
import math
import random
import sys

from mpmath import exp, expm1, log, log1p, loggamma, mp, mpf

mp.dps = 36


def gauss_nodes(n):
    """Nodes and weights of the Gauss-Legendre rule on [-1, 1]."""
    nodes = []
    for i in range(n):
        x = mp.cos(mp.pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
        for _ in range(8):
            last, value = mpf(1), x
            for k in range(2, n + 1):
                last, value = value, ((2 * k - 1) * x * value - (k - 1) * last) / k
            slope = n * (x * value - last) / (x * x - 1)
            x -= value / slope
        nodes.append((x, 2 / ((1 - x * x) * slope * slope)))
    return nodes


RULE = gauss_nodes(24)


def log_integral(log_f, low, high):
    """Returns the logarithm of the integral of exp(log_f) over [low, high]; log_f has one peak."""
    a, b = mpf(low), mpf(high)
    for _ in range(400):
        if b - a < mpf(10) ** -12 * (1 + abs(a)):
            break
        third = (b - a) / 3
        if log_f(a + third) < log_f(b - third):
            a += third
        else:
            b -= third
    peak = max([(a + b) / 2, mpf(low), mpf(high)], key=log_f)
    top = log_f(peak)

    def edge(end):
        """Returns where log_f has fallen by 80 on the way to the end, or the end."""
        if log_f(end) > top - 80:
            return end
        near, far = peak, end
        for _ in range(60):
            middle = (near + far) / 2
            if log_f(middle) > top - 80:
                near = middle
            else:
                far = middle
        return far

    left, right = edge(mpf(low)), edge(mpf(high))

    def panel(start, stop):
        half, middle = (stop - start) / 2, (start + stop) / 2
        return half * sum(w * exp(log_f(middle + half * x) - top) for x, w in RULE)

    total, todo = mpf(0), []
    # Panels widen away from the peak: a long one would step over what happens next to it.
    for sign, end in ((-1, left), (1, right)):
        start, width = peak, mpf(1) / 4
        while sign * (end - start) > 0:
            stop = start + sign * width if sign * (end - start) > width else end
            todo.append((min(start, stop), max(start, stop), panel(min(start, stop), max(start, stop))))
            start, width = stop, 2 * width
    scale = sum(value for _, _, value in todo)
    while todo:
        start, stop, whole = todo.pop()
        middle = (start + stop) / 2
        halves = [(start, middle, panel(start, middle)), (middle, stop, panel(middle, stop))]
        now = sum(value for _, _, value in halves)
        scale = max(scale, now)
        if abs(now - whole) < mpf(10) ** -20 * scale:
            total += now
        else:
            todo += halves
    return top + log(total)


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def nbd_pmf(n, r, alpha, t):
    """P(n purchases in t) of one who never leaves."""
    return exp(
        loggamma(r + n) - loggamma(r) - loggamma(n + 1) + r * log(alpha / (alpha + t)) + (n * log(t / (alpha + t)) if n else 0)
    )


def nbd(p, h):
    r, alpha = p
    x, T, t = h["x"], h["T"], h["horizon"]
    return {
        "logLikelihood": loggamma(r + x) - loggamma(r) + r * log(alpha) - (r + x) * log(alpha + T),
        "expected": (r + x) / (alpha + T) * t,
        "probabilities": [nbd_pmf(n, r + x, alpha + T, t) for n in h["counts"]],
    }


def beta_geo(p, h, extra):
    r, alpha, a, b = p
    x, t_x, T, t = h["x"], h["t_x"], h["T"], h["horizon"]
    front = loggamma(r + x) - loggamma(r) + r * log(alpha)
    n = x + extra
    stay = front + log_beta(a, b + n) - log_beta(a, b) - (r + x) * log(alpha + T)
    left = front + log_beta(a + 1, b + n - 1) - log_beta(a, b) - (r + x) * log(alpha + t_x) if n else -mp.inf
    both = max(stay, left) + log1p(exp(min(stay, left) - max(stay, left)))
    alive = exp(stay - both)
    k, age, B = r + x, alpha + T, b + n
    span = t / age

    def log_f(y):
        log_p = -log1p(exp(-y))
        return a * log_p - B * log1p(exp(y)) - log_beta(a, B) + log(-expm1(-k * log1p(exp(log_p) * span))) - log_p

    low = -(200 + abs(log(span)) + abs(log(k))) / min(a, 1) - 50
    high = 200 / min(B, 1) + abs(log(span)) + abs(log(k)) + 50
    future = exp(log_integral(log_f, low, high))

    def pmf(n):
        value = exp(log_beta(a, B + n) - log_beta(a, B)) * nbd_pmf(n, k, age, t)
        if n:
            with mp.workdps(400):
                beyond = 1 - sum(nbd_pmf(j, k, age, t) for j in range(n))
            value += exp(log_beta(a + 1, B + n - 1) - log_beta(a, B)) * beyond
        return alive * value + (1 - alive if n == 0 else 0)

    return {
        "logLikelihood": both,
        "alive": alive,
        "expected": alive * future,
        "probabilities": [pmf(n) for n in h["counts"]],
    }


def pareto_nbd(p, h):
    r, alpha, s, beta = p
    x, t_x, T, t, d = h["x"], h["t_x"], h["T"], h["horizon"], h["discountRate"]
    front = loggamma(r + x) - loggamma(r) + r * log(alpha) + s * log(beta)
    stay = -(r + x) * log(alpha + T) - s * log(beta + T)
    both = stay
    if t_x < T:
        smaller = min(alpha, beta)

        def death(y):
            tau = exp(y) - smaller
            return y - (r + x) * log(alpha + tau) - (s + 1) * log(beta + tau) + log(s)

        gone = log_integral(death, log(smaller + t_x), log(smaller + T))
        both = max(stay, gone) + log1p(exp(min(stay, gone) - max(stay, gone)))
    alive = exp(stay - both)
    k, age, B = r + x, alpha + T, beta + T
    # ∫ exp(-s log(1 + τ / B)) dτ over 0 … t, in closed form, and discounted to infinity.
    lived = B * log1p(t / B) if s == 1 else B / (s - 1) * -expm1(-(s - 1) * log1p(t / B))
    discounted = exp(
        log_integral(lambda y: y - d * exp(y) - s * log1p(exp(y) / B), min(log(1 / d), log(B / (s + 1))) - 120, log(200 / d))
    )

    def pmf(n):
        def leaves(y):
            tau = exp(y)
            return (
                y
                + log(s)
                - log(B + tau)
                - s * log1p(tau / B)
                + loggamma(k + n)
                - loggamma(k)
                - loggamma(n + 1)
                - k * log1p(tau / age)
                + (n * log(tau / (age + tau)) if n else 0)
            )

        value = nbd_pmf(n, k, age, t) * exp(-s * log1p(t / B)) + exp(log_integral(leaves, log(t) - 120, log(t)))
        return alive * value + (1 - alive if n == 0 else 0)

    return {
        "logLikelihood": front + both,
        "alive": alive,
        "expected": alive * k / age * lived,
        "discounted": alive * k / age * discounted,
        "probabilities": [pmf(n) for n in h["counts"]],
    }


def beta_geo_beta_binomial(p, h):
    alpha, beta, gam, delta = p
    x, t_x, n, t = h["x"], h["t_x"], h["T"], h["horizon"]
    ratio = lambda a, b, c, d: exp(log_beta(a, b) - log_beta(c, d))  # noqa: E731
    # From the last opportunity back: the chance to have been alive to the end, and to have left at each.
    stay = log_beta(alpha + x, beta + n - x) - log_beta(alpha, beta) + log_beta(gam, delta + n) - log_beta(gam, delta)
    terms = [
        log_beta(alpha + x, beta + j - x) - log_beta(alpha, beta) + log_beta(gam + 1, delta + j) - log_beta(gam, delta)
        for j in range(t_x, n)
    ]
    top = max([stay, *terms])
    both = top + log(sum(exp(term - top) for term in [stay, *terms]))
    alive = exp(stay - both)
    D = delta + n
    survive = lambda j: ratio(gam, D + j, gam, D)  # noqa: E731
    a, b = alpha + x, beta + n - x
    expected = alive * a / (a + b) * sum(survive(j) for j in range(1, t + 1))

    def pmf(m):
        value = mpf(0)
        for lived in range(m, t + 1):
            chance = survive(t) if lived == t else ratio(gam + 1, D + lived, gam, D)
            value += chance * mp.binomial(lived, m) * ratio(a + m, b + lived - m, a, b)
        return alive * value + (1 - alive if m == 0 else 0)

    return {
        "logLikelihood": both,
        "alive": alive * D / (gam + D),
        "expected": expected,
        "probabilities": [pmf(m) for m in h["counts"]],
    }


def gamma_gamma(p, h):
    p_, q, v = p
    x, m = h["x"], h["m_x"]
    return {
        "logLikelihood": loggamma(p_ * x + q)
        - loggamma(p_ * x)
        - loggamma(q)
        + q * log(v)
        + (p_ * x - 1) * log(m)
        + p_ * x * log(x)
        - (p_ * x + q) * log(v + m * x),
        "spend": p_ * (v + x * m) / (p_ * x + q - 1),
    }


def shifted_beta_geometric(p, h):
    alpha, beta = p
    n, d = h["renewals"], h["discountRate"]
    B = beta + n

    def log_f(y):
        """Beta(alpha, B) times (1 - p) / (d + p), on y = log(p / (1 - p))."""
        log_p, log_q = -log1p(exp(-y)), -log1p(exp(y))
        return alpha * log_p + (B + 1) * log_q - log_beta(alpha, B) - log(d + exp(log_p))

    return {
        "retention": (beta + n) / (alpha + beta + n),
        "survival": exp(log_beta(alpha, beta + n) - log_beta(alpha, beta)),
        "discounted": (1 + d) * exp(log_integral(log_f, -200 / min(alpha, 1) - 50, 200 + 50)),
    }


def cases(n, seed):
    """Draws parameters and histories, the same for the same seed."""
    draw = random.Random(seed)
    between = lambda low, high: float(f"{math.exp(draw.uniform(math.log(low), math.log(high))):.3g}")  # noqa: E731

    def history():
        x = draw.choice([0, 1, 2, 7, 30, 200, 1000, 5000])
        T = between(1, 1e4)
        t_x = 0.0 if x == 0 else draw.choice([T, float(f"{T * draw.random():.3g}"), float(f"{T / 100:.3g}")])
        common = {"x": x, "t_x": t_x, "T": T, "horizon": between(0.1, 1e4)}
        return common | {"counts": [0, 1, draw.choice([3, 10, 40])], "discountRate": between(1e-6, 1)}

    def opportunities():
        T = draw.choice([1, 6, 60, 800])
        x = draw.randint(0, T)
        t_x = draw.randint(x, T) if x else 0
        return {"x": x, "t_x": t_x, "T": T, "horizon": draw.choice([1, 5, 40]), "counts": [0, 1]}

    def spend():
        return {"x": draw.choice([1, 2, 7, 30, 200, 1000, 5000]), "m_x": between(1e-2, 1e4)}

    def contract():
        return {"renewals": draw.choice([0, 1, 10, 500]), "discountRate": between(1e-5, 1)}

    models = {
        "nbd": (2, history, nbd),
        "beta-geo": (4, history, lambda p, h: beta_geo(p, h, 0)),
        "modified-beta-geo": (4, history, lambda p, h: beta_geo(p, h, 1)),
        "pareto-nbd": (4, history, pareto_nbd),
        "beta-geo-beta-binomial": (4, opportunities, beta_geo_beta_binomial),
        "gamma-gamma": (3, spend, gamma_gamma),
        "shifted-beta-geometric": (2, contract, shifted_beta_geometric),
    }
    only = sys.argv[3:] or models
    for kind, (size, make, answer) in models.items():
        for _ in range(n):
            parameters = [between(1e-4, 1e6) for _ in range(size)]
            given = make()
            if kind not in only:
                continue
            if kind == "gamma-gamma" and parameters[0] * given["x"] + parameters[1] <= 1.01:
                continue
            yield kind, parameters, given, answer
    if "pareto-nbd" not in only:
        return
    found = 0
    while found < n:
        r, alpha, s = between(0.1, 10), between(1, 100), between(100, 1e4)
        parameters = [r, alpha, s, float(f"{s * between(10, 1000):.3g}")]
        x = draw.choice([0, 1, 3, 7, 30, 200])
        T = between(10, 1000)
        t_x = float(f"{T * draw.random():.3g}") if x else 0.0
        given = {"x": x, "t_x": t_x, "T": T, "horizon": between(1, 1000), "counts": [0, 1, 3]}
        given["discountRate"] = between(1e-5, 0.1)
        if 0.01 <= pareto_nbd([mpf(p) for p in parameters], exact(given))["discounted"] <= 100:
            found += 1
            yield "pareto-nbd", parameters, given, pareto_nbd
    # Customers who are gone long before T: the integral ends where the rest adds nothing.
    for parameters, T in (([0.144, 4.6, 9430.0, 3990.0], 2560.0), ([0.0652, 0.0371, 75300.0, 255.0], 1350.0)):
        given = {"x": 0, "t_x": 0.0, "T": T, "horizon": 26.0, "counts": [0, 1, 3], "discountRate": 0.001}
        yield "pareto-nbd", parameters, given, pareto_nbd


def exact(value):
    return {name: exact(v) for name, v in value.items()} if isinstance(value, dict) else (
        [exact(v) for v in value] if isinstance(value, list) else mpf(value) if isinstance(value, float) else value
    )


def shown(value):
    return {name: shown(v) for name, v in value.items()} if isinstance(value, dict) else (
        [shown(v) for v in value] if isinstance(value, list) else float(mp.nstr(value, 17))
    )


rows = [
    {"model": kind, "parameters": parameters, **given, "wanted": shown(answer([mpf(p) for p in parameters], exact(given)))}
    for kind, parameters, given, answer in cases(int(sys.argv[1]), int(sys.argv[2]))
]
print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
