"""Compares two folders of tables run by run: odds, means and whole distributions must agree within chance.

    python agree.py FOLDER OTHER

Every odds and every mean is a two-sample z, every distribution a two-sample Kolmogorov-Smirnov test. The limits are wide and stand for
all comparisons together: a z beyond 4.5 or a p below 1e-5 is a disagreement, and would come by chance once in hundreds of calls.
"""

import pathlib
import sys

import numpy as np
import pandas as pd
from scipy import stats

Z_LIMIT = 4.5
P_LIMIT = 1e-5


def read(folder):
    """The runs, what happened in them, and the bands of the measures over time."""
    folder = pathlib.Path(folder)
    runs = pd.read_csv(folder / "runs.csv")
    runs.columns = [name.removeprefix("m_").replace("_", "-") for name in runs.columns]
    return runs, pd.read_csv(folder / "contingencies.csv"), pd.read_csv(folder / "series.csv")


def odds(one, n_one, other, n_other):
    """z of two shares."""
    pooled = (one + other) / (n_one + n_other)
    if pooled in (0, 1):
        return 0.0
    return (one / n_one - other / n_other) / np.sqrt(pooled * (1 - pooled) * (1 / n_one + 1 / n_other))


def means(one, other):
    """z of two means."""
    spread = np.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    difference = one.mean() - other.mean()
    # Equal but for rounding counts as equal where nothing varies.
    return 0.0 if abs(difference) <= 1e-9 or spread == 0 and abs(difference) <= 1e-9 else difference / spread


def compare(one, other):
    """Yields plan, what, kind, both figures, and z or p."""
    (runs, onsets, series), (other_runs, other_onsets, other_series) = one, other
    for plan in other_runs["plan"].unique():
        mine, theirs = runs[runs["plan"] == plan], other_runs[other_runs["plan"] == plan]
        for name in other_runs.columns[2:]:
            a, b = mine[name].dropna(), theirs[name].dropna()
            if len(a) != len(mine) or len(b) != len(theirs):
                yield plan, name, "has a value", len(a) / len(mine), len(b) / len(theirs), odds(len(a), len(mine), len(b), len(theirs)), None
            if len(a) < 2 or len(b) < 2:
                continue
            yield plan, name, "mean", a.mean(), b.mean(), means(a, b), None
            if a.nunique() > 1:
                yield plan, name, "distribution", a.median(), b.median(), None, ks(a, b)
        for name in sorted(set(onsets["contingency"]) | set(other_onsets["contingency"])):
            a = onsets[(onsets["plan"] == plan) & (onsets["contingency"] == name)]
            b = other_onsets[(other_onsets["plan"] == plan) & (other_onsets["contingency"] == name)]
            yield plan, name, "odds", len(a) / len(mine), len(b) / len(theirs), odds(len(a), len(mine), len(b), len(theirs)), None
            if len(a) < 30 or len(b) < 30:
                continue
            for column in ("onset_h", "duration_h", "severity"):
                yield plan, name, f"{column} mean", a[column].mean(), b[column].mean(), means(a[column], b[column]), None
                yield plan, name, f"{column} distribution", a[column].median(), b[column].median(), None, ks(a[column], b[column])
        yield from compare_series(plan, series, other_series, len(mine), len(theirs))


def compare_series(plan, one, other, n_one, n_other):
    """The means of every sixth step, and how many runs have a value there. Means are compared where at least one run in twenty differs from
    the rest: of fewer a mean is not normal. The spread is that of the other folder."""
    keys = ["measure", "step"]
    bands = []
    for table in (one, other):
        table = table[table["plan"] == plan].assign(step=lambda rows: (rows["time_h"] * 10).round())
        bands.append(table[table["step"] % 6 == 0].set_index(keys))
    for (measure, step), row in bands[1].iterrows():
        mine = bands[0].loc[(measure, step)]
        name = f"{measure} at {step / 10:g} h"
        yield plan, name, "has a value", mine["n"] / n_one, row["n"] / n_other, odds(mine["n"], n_one, row["n"], n_other), None
        if min(mine["n"], row["n"]) >= 30 and row["p5"] != row["p95"]:
            difference, spread = mine["mean"] - row["mean"], row["sd"] * np.sqrt(1 / mine["n"] + 1 / row["n"])
            yield plan, name, "mean", mine["mean"], row["mean"], difference / spread, None


def ks(one, other):
    """p of one law behind both. Rounded to a millisecond and below, so that what is equal is equal."""
    return stats.ks_2samp(one.round(7), other.round(7), method="asymp").pvalue


def main():
    one, other = read(sys.argv[1]), read(sys.argv[2])
    worst_z, worst_p, count, bad = 0.0, 1.0, 0, 0
    for plan, name, kind, a, b, z, p in compare(one, other):
        count += 1
        misses = (z is not None and not abs(z) <= Z_LIMIT) or (p is not None and p < P_LIMIT)
        bad += misses
        worst_z = max(worst_z, abs(z or 0.0))
        worst_p = min(worst_p, 1.0 if p is None else p)
        if misses or "-v" in sys.argv:
            how = f"z {z:6.2f}" if z is not None else f"p {p:.2g}"
            print(f"{plan:18} {name:20} {kind:24} {a:12.6g} {b:12.6g}  {how}{'  DISAGREES' if misses else ''}")
    print(f"{count} comparisons, {bad} beyond the limits; the greatest |z| is {worst_z:.2f}, the least p {worst_p:.2g}")
    sys.exit(1 if bad else 0)


main()
