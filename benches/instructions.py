#!/usr/bin/env python3
"""How many instructions standard runs take, held against the recorded counts.

    benches/instructions.py            # builds, counts, compares; exit code 1 beyond the tolerance
    benches/instructions.py --write    # records the counts of this build

Instructions are counted by valgrind, which no neighbour on the machine disturbs. A batch of few runs and one of more are counted; the
difference is the cost of a run of all plans, drawn, tallied and written, and what is left of the smaller one is the cost of starting.
"""

import csv
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "benches" / "instructions.csv"
FIELDS = ["scenario", "per_run", "start"]
# Counts of one build differ by some ten thousandths, since hash maps of the readers are seeded; another compiler moves them by some hundredths.
TOLERANCE = 0.03
# Runs of the smaller and of the larger batch: enough that a run's usual course is met, few enough for half a minute in all.
STANDARD = {
    "starter-results-site": (20, 120),
    "certification": (2, 6),
    "election-night-delay": (1, 4),
}


def count(program, scenario, runs, options=()):
    """Instructions of a batch from its start to its last table."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
        command += [str(program), "batch", str(scenario), "--runs", str(runs), "--threads", "1", "-q", "-o", f"{folder}/out"]
        done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    # A check of the scenario may fail with so few runs.
    if done.returncode not in (0, 3) or not found:
        sys.exit(f"{scenario}: {done.stderr}")
    return int(found.group(1).replace(",", ""))


def per_run(program, scenario, few, more, options=()):
    """Instructions of a run and of the start."""
    small, large = (count(program, scenario, runs, options) for runs in (few, more))
    run = (large - small) / (more - few)
    return round(run), round(small - few * run)


def build():
    """The program as it is measured, with lines for whoever looks closer."""
    subprocess.run(["cargo", "build", "--locked", "--quiet", "--profile", "profiling"], cwd=ROOT, check=True)
    return ROOT / "target" / "profiling" / "canvass"


def main():
    program = build()
    found = {name: per_run(program, f"scenarios/{name}.toml", *runs) for name, runs in STANDARD.items()}
    if "--write" in sys.argv[1:]:
        with TABLE.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(FIELDS)
            writer.writerows([name, *counts] for name, counts in found.items())
        return 0
    if not TABLE.exists():
        print("\n".join(f"{name}: {counts[0]:,} a run, {counts[1]:,} to start" for name, counts in found.items()))
        sys.exit("nothing is recorded yet to hold them against: benches/instructions.py --write")
    with TABLE.open(encoding="utf-8") as file:
        recorded = {row["scenario"]: [int(row[field]) for field in FIELDS[1:]] for row in csv.DictReader(file)}
    worse = 0
    for name, counts in found.items():
        for field, now, before in zip(FIELDS[1:], counts, recorded[name]):
            change = now / before - 1
            beyond = abs(change) > TOLERANCE
            worse += beyond
            print(f"{name:24} {field:8} {before:>14,} -> {now:>14,}  {change:+7.1%}{'  <--' if beyond else ''}")
    if worse:
        print("beyond the tolerance; if that is meant, record it: benches/instructions.py --write")
    return int(worse > 0)


if __name__ == "__main__":
    sys.exit(main())
