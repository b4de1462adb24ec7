"""Measures Canvass and its peers in turn, checks every answer, and prints a table. Called by `benches/run`.

Every figure is processor time. Engines take turns (A B C, A B C, …), so that a busy machine is as busy for one as for the other, and a
ratio is the median of the ratios of single rounds.
"""

import argparse
import json
import math
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
PYTHON = sys.executable
PEERS = ROOT / "target/peers/release/peers"
CANVASS = ROOT / "target/release/canvass"
PAGE = ROOT / "docs/performance.md"

# ---- what is measured ----------------------------------------------------------------------------------------------------

# Erlang's second formula for three servers and 2.7 customers in the mean time of one service.
WAIT = 2.72354
# The standard error of a mean wait over n customers is about this by the root of n: a third of the one server's that is three times as
# fast, whose variance is known (Daley 1968).
WAIT_SPREAD = 63.0
# The mean wait in a run of 100 customers, and its spread over runs, from 300,000 runs of Kiefer and Wolfowitz's recursion.
SHORT_WAIT, SHORT_SPREAD = 1.2453, 1.03
# The mean of the weighted sum of the experiment, and its spread.
SUM, SUM_SPREAD = 2.25, 0.94
# A fixed seed a round makes these checks repeat; the limit is wide all the same.
Z_LIMIT = 4.5


def call(command, **options):
    """What a program printed as its last line, and the processor time it and its children took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    took = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return (done.stdout.strip().splitlines() or [""])[-1], took


def rust(what, engine, size):
    def run(seed):
        answer = json.loads(call([PEERS, what, engine, str(size), str(seed)])[0])
        return answer["cpu"], answer["events"], answer["wait"]

    return run


def python(script, what, size):
    def run(seed):
        command = [PYTHON, "-W", "ignore", HERE / "python" / f"{script}.py", what, str(size), str(seed)]
        answer = json.loads(call(command)[0])
        return answer["cpu"], answer["events"], answer["wait"]

    return run


def batch(scenario, runs, seed, folder, *options):
    """Processor time of a batch, its start and its tables included."""
    command = [CANVASS, "batch", scenario, "--runs", str(runs), "--seed", str(seed), "-q", "-o", folder, *options]
    return call(command)[1]


def column(folder, name):
    lines = (folder / "runs.csv").read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index(name)
    return [float(line.split(",")[place]) for line in lines[1:]]


def waiting_line(runs):
    """The queue as a scenario file: the mean line by the mean number of arrivals is the mean wait (Little)."""

    def run(seed):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            cpu = batch(HERE / "scenarios/waiting-line.toml", runs, seed, folder / "out", "--threads", "1")
            reviewed = sum(column(folder / "out", "m_reviewed"))
            wait = statistics.mean(column(folder / "out", "m_line")) / 2.7
        return cpu, 2 * reviewed, wait

    return run


def experiment(runs):
    def run(seed):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            cpu = batch(HERE / "scenarios/experiment.toml", runs, seed, folder / "out", "--threads", "1")
            return cpu, runs, statistics.mean(column(folder / "out", "m_sum"))

    return run


# ---- turns ---------------------------------------------------------------------------------------------------------------


class Contest:
    """Engines that do the same work, in turn; the first is the yardstick unless another is named."""

    def __init__(self, title, unit, engines, check, yardstick=None):
        self.title, self.unit, self.engines, self.check = title, unit, engines, check
        self.yardstick = yardstick or next(iter(engines))
        self.rates = {name: [] for name in engines}
        self.answers = {name: [] for name in engines}

    def round(self, number):
        for name, run in self.engines.items():
            cpu, amount, answer = run(number + 1)
            self.rates[name].append(amount / cpu)
            self.answers[name].append((amount, answer))

    def ratios(self, name, by=None):
        return [rate / other for rate, other in zip(self.rates[name], self.rates[by or self.yardstick])]

    def wrong(self):
        """Engines whose answer is not what it must be."""
        for name, answers in self.answers.items():
            if self.check and answers[0][1] is not None:
                z = self.check(answers)
                if not abs(z) <= Z_LIMIT:
                    yield f"{self.title}: {name} answers {answers}, z = {z:.1f}"

    def table(self, scale, digits):
        lines = [
            f"| {self.title} | {self.unit} min / median / max | ratio to {self.yardstick} (min to max) | z of its answer |",
            "| --- | --- | --- | --- |",
        ]
        for name, rates in sorted(self.rates.items(), key=lambda item: -statistics.median(self.ratios(item[0]))):
            low, middle, high = (f"{rate / scale:,.{digits}f}" for rate in (min(rates), statistics.median(rates), max(rates)))
            ratios = self.ratios(name)
            ratio = f"**{figure(statistics.median(ratios))}** ({figure(min(ratios))} to {figure(max(ratios))})"
            answers = self.answers[name]
            z = f"{self.check(answers):+.1f}" if self.check and answers[0][1] is not None else ""
            lines.append(f"| {name} | {low} / {middle} / {high} | {ratio} | {z} |")
        return "\n".join(lines)


def figure(ratio):
    return f"{ratio:.2g}" if ratio < 0.1 else f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"


def pooled(expected, spread, weight):
    """z of the mean of all rounds, a round weighing what it did."""

    def z(answers):
        total = sum(amount for amount, _ in answers)
        mean = sum(amount * answer for amount, answer in answers) / total
        return (mean - expected) / (spread / math.sqrt(total / weight))

    return z


def contests(quick):
    tenth = 10 if quick else 1
    size = 300_000 // (3 if quick else 1)
    slow = size // 10
    queue = Contest("M/M/3", "million events/s", {
        "minimal loop": rust("queue", "minimal", size),
        "**Canvass, kernel**": rust("queue", "kernel", size),
        "**Canvass, kernel with its staffed queue**": rust("queue", "kernel-staffed", size),
        "**Canvass, a scenario file**": waiting_line(20 if quick else 100),
        "ixa 4": rust("queue", "ixa", size),
        "simcore 0.1": rust("queue", "simcore", size),
        "odem-rs 0.4": rust("queue", "odem-rs", size),
        "NeXosim 1, source and station": rust("queue", "nexosim", size),
        "Cimba 3 by cimba 0.9": python("cimba_queue", "queue", size),
        "SimPy 4.1, store and servers": python("simpy_queue", "store", slow),
        "SimPy 4.1, a process a customer": python("simpy_queue", "customers", slow),
        "Ciw 3.2": python("ciw_queue", "ciw", slow),
        "salabim 26": python("salabim_queue", "salabim", slow // 10),
    }, pooled(WAIT, WAIT_SPREAD, 2))
    short = Contest("runs of 200 events, 20 streams, 20 outputs", "thousand runs/s", {
        "SimPy 4.1": per_run(python("simpy_queue", "short", 500)),
        "minimal loop": per_run(rust("short", "minimal", 100_000 // tenth)),
        "**Canvass, kernel**": per_run(rust("short", "kernel", 100_000 // tenth)),
        "Cimba 3 by cimba 0.9": per_run(python("cimba_queue", "short", 20_000)),
    }, pooled(SHORT_WAIT, SHORT_SPREAD, 1))
    overhead = Contest("experiments on four numbers", "thousand experiments/s", {
        "EMA Workbench 2.5": python("ema_experiment", "ema", 2_000),
        "**Canvass, batch with its tables**": experiment(200_000 // tenth),
    }, pooled(SUM, SUM_SPREAD, 1))
    return queue, short, overhead


def per_run(run):
    def in_runs(seed):
        cpu, events, wait = run(seed)
        return cpu, events / 200, wait

    return in_runs


# ---- the same night by hand ----------------------------------------------------------------------------------------------

NIGHT = ROOT / "scenarios/starter-results-site.toml"
PLANS = 4


def by_hand(runs, *folder):
    def run(seed):
        cpu = float(call([PYTHON, HERE / "simpy/results_night.py", str(runs), str(seed), *folder])[0])
        return cpu, PLANS * runs, None

    return run


def night_batch(runs):
    def run(seed):
        with tempfile.TemporaryDirectory() as folder:
            return batch(NIGHT, runs, seed, pathlib.Path(folder) / "out", "--threads", "1"), PLANS * runs, None

    return run


def night_model(runs):
    def run(seed):
        answer = json.loads(call([PEERS, "night", NIGHT, str(runs), str(seed)])[0])
        return answer["cpu"], PLANS * runs, None

    return run


def night_contests(quick, folder):
    slow, fast = (300, 10_000) if quick else (1_000, 50_000)
    return (
        Contest("a night, tables included", "thousand runs/s", {
            "SimPy 4.1, by hand": by_hand(slow, folder / "hand"),
            "**Canvass, batch**": night_batch(fast),
        }, None),
        Contest("a night, the model alone", "thousand runs/s", {
            "SimPy 4.1, by hand": by_hand(slow),
            "**Canvass, one thread of its library**": night_model(fast),
        }, None),
    )


def agreement(quick, folder):
    """Whether the odds of both are the same, in words."""
    runs = 5_000 if quick else 20_000
    call([PYTHON, HERE / "simpy/results_night.py", str(runs), "8", folder / "by-hand"])
    batch(NIGHT, runs, 8, folder / "batch")
    done = subprocess.run(
        [PYTHON, HERE / "simpy/agree.py", folder / "batch", folder / "by-hand"], capture_output=True, text=True, check=False
    )
    return done.returncode == 0, f"{runs:,} nights a plan on either side: {done.stdout.strip().splitlines()[-1]}.", done.stdout


def scaling(runs, rounds):
    """Times of the clock on one core by times on two; nothing where a program cannot be held to some cores."""
    if not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2:
        return []
    every = os.sched_getaffinity(0)
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            taken = []
            # A batch of one thread writes its tables on another, so that the cores are counted and not the threads.
            for cores in (1, 2):
                os.sched_setaffinity(0, sorted(every)[:cores])
                begun = time.perf_counter()
                batch(NIGHT, runs, number + 1, pathlib.Path(folder) / "out", "--threads", str(cores))
                taken.append(time.perf_counter() - begun)
            ratios.append(taken[0] / taken[1])
    os.sched_setaffinity(0, every)
    return ratios


# ---- the page ------------------------------------------------------------------------------------------------------------


def write_section(text):
    """Puts the results between the marks of the page."""
    page = PAGE.read_text(encoding="utf-8")
    begin, end = "<!-- peers: begin -->", "<!-- peers: end -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(page):
        sys.exit(f"{PAGE} has no marks for the results")
    PAGE.write_text(pattern.sub(lambda _: f"{begin}\n\n{text}\n\n{end}", page), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(prog="benches/run", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="less work a round, for a look")
    parser.add_argument("--rounds", type=int, default=5, help="how often each engine has its turn (5)")
    parser.add_argument("--write", action="store_true", help="write the results into docs/performance.md")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    queue, short, overhead = contests(options.quick)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        night, model = night_contests(options.quick, folder)
        agrees, words, details = agreement(options.quick, folder)
        every = (queue, short, night, model, overhead)
        for number in range(options.rounds):
            for contest in every:
                print(f"round {number + 1} of {options.rounds}: {contest.title}", file=sys.stderr)
                contest.round(number)
    ratios = scaling(20_000 if options.quick else 100_000, min(options.rounds, 3))
    cores = os.cpu_count()
    parts = [
        f"{options.rounds} rounds on {cores} cores, load {load:.1f} before the start" + (", quick." if options.quick else "."),
        queue.table(1e6, 3),
        short.table(1e3, 2),
        night.table(1e3, 2),
        model.table(1e3, 2),
        "The same odds? " + words,
        f"Two cores by one: {statistics.median(ratios):.2f} times as fast by the clock ({min(ratios):.2f} to {max(ratios):.2f})."
        if ratios
        else "Two cores by one: not measured on this system.",
        overhead.table(1e3, 2),
    ]
    print("\n\n".join(parts))
    if options.write:
        write_section("\n\n".join(parts))
    wrong = [line for contest in every for line in contest.wrong()]
    if not agrees:
        wrong.append(details)
    if wrong:
        sys.exit("\n".join(["These answers are wrong:", *wrong]))


main()
