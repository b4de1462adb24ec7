"""`scenarios/starter-results-site.toml`, all four plans, written by hand in SimPy: from the scenario's file and `docs/model.md`, without
Canvass's code. It shares nothing with Canvass but the numbers in that file, so that odds which agree say that both do what the
page says.

    python results_night.py RUNS SEED FOLDER     writes runs.csv, contingencies.csv and series.csv, as a batch of Canvass does
    python results_night.py RUNS SEED            only makes the runs

and prints the processor time they took. Times are hours from the start of the scenario, 19:00.
"""

import csv
import math
import pathlib
import sys
import time

import numpy as np
import simpy
from scipy import optimize, stats

MINUTE = 1 / 60
END = 6.0
POLLS_CLOSE = 1.0
TICK = 5 * MINUTE
PEOPLE = 250_000
STEPS = 60  # of a series
INSTANT = 1e-9

PLANS = {
    "nothing-prepared": {"handout"},
    "statement": {"handout", "statement"},
    "mirror": {"handout", "mirror"},
    "protected": {"handout", "statement", "mirror", "shield"},
}
COSTS = {"mirror": 2, "shield": 3, "statement": 1, "handout": 0}

# ---- laws ----------------------------------------------------------------------------------------------------------------

Z_95 = stats.norm.ppf(0.95)
Z_90 = stats.norm.ppf(0.90)


def between(low, high):
    """The lognormal law with 5 % below and 5 % above, as its two parameters."""
    return (math.log(low) + math.log(high)) / 2, (math.log(high) - math.log(low)) / (2 * Z_95)


def share_between(low, high):
    """The beta law with 5 % below and 5 % above, as its two parameters."""

    def misses(logs):
        law = stats.beta(*np.exp(logs))
        return law.cdf(low) - 0.05, law.cdf(high) - 0.95

    return tuple(np.exp(optimize.fsolve(misses, (1.0, 1.0))))


DETECT = between(1 * MINUTE, 10 * MINUTE)
RECOVER = math.log(55 * MINUTE), math.log(2 / (55 * MINUTE)) / Z_90
CORRECT = between(10 * MINUTE, 60 * MINUTE)
FLOOD_SUCCEEDS = share_between(0.30, 0.70)
PRINT = between(10 * MINUTE, 30 * MINUTE)


class Page:
    """The results page: up or down, right or wrong, and who knows."""

    def __init__(self):
        self.down_since = None
        self.outages = 0
        self.longest = 0.0
        self.spells = []  # from, to
        self.wrong_since = None
        self.wrong_spells = []
        self.outage_known = False
        self.error_known = False
        self.stops = 0.0
        self.shortens = 0.0
        self.end_of_outage = None
        self.end_of_error = None

    @property
    def down(self):
        return self.down_since is not None

    @property
    def known(self):
        return self.outage_known or self.error_known


class Night:
    """One run of one plan."""

    def __init__(self, plan, draws):
        self.environment = simpy.Environment()
        self.draws = draws
        self.responses = PLANS[plan]
        self.page = Page()
        self.staff = simpy.Resource(self.environment, capacity=2)
        self.cost = 0
        self.done = set()
        self.underway = set()
        self.answered = None
        self.posts = 0
        self.reach = 0.0
        self.rumour = []  # (time, reach) whenever it grew
        self.fed_since = []  # from, to
        self.trust = 0.0
        self.series = []

    def lasts(self, law):
        return self.draws.lognormal(*law)

    # ---- the page --------------------------------------------------------------------------------------------------------

    def disrupt(self):
        """An outage of its own begins. While there is one, there cannot be another."""
        if self.page.down:
            return
        page = self.page
        page.down_since = self.environment.now
        page.outages += 1
        page.end_of_outage = self.environment.event()
        self.environment.process(self.mend())
        self.environment.process(self.feed())
        self.environment.process(self.wait_to_hand_out())
        if page.known:
            self.learn()

    def mend(self):
        page, over = self.page, self.page.end_of_outage
        yield self.environment.timeout(self.lasts(DETECT)) | over
        if over.triggered:
            return
        page.outage_known = True
        self.learn()
        yield self.environment.timeout(self.lasts(RECOVER) * (1 - page.shortens)) | over
        if not over.triggered:
            self.restore()

    def restore(self):
        page = self.page
        if not page.down:
            return
        page.spells.append((page.down_since, self.environment.now))
        page.down_since = None
        page.outage_known = False
        page.end_of_outage.succeed()

    def alter(self):
        page = self.page
        if page.wrong_since is not None:
            return
        page.wrong_since = self.environment.now
        yield self.environment.timeout(self.lasts(DETECT))
        page.error_known = True
        if page.down:
            self.learn()
        yield self.environment.timeout(self.lasts(CORRECT))
        page.wrong_spells.append((page.wrong_since, self.environment.now))
        page.wrong_since = None
        page.error_known = False

    # ---- what goes wrong -------------------------------------------------------------------------------------------------

    def withstands(self):
        return self.draws.random() < self.page.stops

    def flood(self):
        yield self.environment.timeout(POLLS_CLOSE + self.draws.triangular(0, 30 * MINUTE, 2))
        if self.draws.random() < self.draws.beta(*FLOOD_SUCCEEDS) and not self.withstands():
            self.disrupt()

    def deface(self):
        yield self.environment.timeout(POLLS_CLOSE + self.draws.uniform(30 * MINUTE, 3))
        if self.draws.random() < 0.02 and not self.withstands():
            yield from self.alter()

    def overload(self):
        yield self.environment.timeout(POLLS_CLOSE + self.draws.uniform(10 * MINUTE, 60 * MINUTE))
        if self.draws.random() < 0.10:
            self.disrupt()

    # ---- the rumour ------------------------------------------------------------------------------------------------------

    def feed(self):
        """Feeds the rumour while the page has been dark for ten minutes, and counts its posts by ticks from then on."""
        over = self.page.end_of_outage
        yield self.environment.timeout(10 * MINUTE) | over
        if over.triggered:
            return
        self.fed_since.append([self.environment.now, math.inf])
        if len(self.fed_since) == 1:
            self.environment.process(self.spread())
        yield over
        self.fed_since[-1][1] = self.environment.now

    def spread(self):
        branching, memory, dispersion, views, kappa = 0.82, 0.30, 3.0, 60.0, 0.15
        excitement = 0.0
        tick = math.floor(self.environment.now / TICK)
        while True:
            begins, tick = tick * TICK, tick + 1
            yield self.environment.timeout(tick * TICK - self.environment.now)
            now = self.environment.now
            fed = sum(max(0.0, min(end, now) - max(begin, begins)) for begin, end in self.fed_since)
            left = 1.0
            if self.answered is not None:
                left -= 0.40 * 0.5 ** ((now - self.answered) / 12)
            mean = 40 * fed + left * branching * (1 - memory) * excitement
            posts = 0
            if mean > 0:
                posts = int(self.draws.negative_binomial(dispersion, dispersion / (dispersion + mean)))
            excitement = memory * excitement + posts
            if posts:
                self.posts += posts
                self.reach = 1 - (1 + views * self.posts / PEOPLE / kappa) ** -kappa
                self.rumour.append((now, self.reach))

    # ---- the county ------------------------------------------------------------------------------------------------------

    def learn(self):
        """The county knows that the page is down."""
        if "mirror" in self.responses and "mirror" not in self.underway:
            self.environment.process(self.mirror())
        if "statement" in self.responses and "statement" not in self.underway | self.done:
            self.environment.process(self.statement())

    def work(self, response, takes):
        with self.staff.request() as free:
            yield free
            yield self.environment.timeout(takes)
        self.cost += COSTS[response]
        self.done.add(response)

    def mirror(self):
        self.underway.add("mirror")
        yield from self.work("mirror", self.draws.uniform(2 * MINUTE, 8 * MINUTE))
        self.underway.discard("mirror")
        self.restore()

    def statement(self):
        self.underway.add("statement")
        yield self.environment.timeout(self.draws.uniform(2 * MINUTE, 6 * MINUTE))
        if self.page.down and self.page.known:
            yield from self.work("statement", self.draws.uniform(5 * MINUTE, 10 * MINUTE))
            self.answered = self.environment.now
            self.trust += 0.15 * 0.03
        self.underway.discard("statement")

    def wait_to_hand_out(self):
        over = self.page.end_of_outage
        yield self.environment.timeout(20 * MINUTE) | over
        if over.triggered or "handout" in self.done | self.underway:
            return
        # The reporter in the lobby tells whoever has not noticed.
        self.underway.add("handout")
        yield from self.work("handout", self.lasts(PRINT))
        self.trust += 0.05 * 0.02

    # ---- the whole night -------------------------------------------------------------------------------------------------

    def watch(self):
        """Notes the measures at equal steps, as they stand when everything of that moment has happened."""
        for step in range(STEPS + 1):
            yield self.environment.timeout(step * END / STEPS + INSTANT - self.environment.now)
            held = math.nan
            if self.page.outages:
                held = self.environment.now - INSTANT - self.page.down_since if self.page.down else 0.0
            self.series.append((held, 0.0, self.reach, self.confidence(), self.cost))

    def confidence(self):
        return 0.60 + self.trust - 0.03 * self.reach

    def run(self, with_series):
        if with_series:
            self.environment.process(self.watch())
        if "shield" in self.responses:
            self.page.stops = self.page.shortens = 0.9
            self.cost += COSTS["shield"]
        for process in (self.flood, self.deface, self.overload):
            self.environment.process(process())
        # What falls on the last moment is still of the night.
        self.environment.run(until=END + 2 * INSTANT)
        page = self.page
        if page.down:
            page.spells.append((page.down_since, END))
        if page.wrong_since is not None:
            page.wrong_spells.append((page.wrong_since, END))
        return {
            "measures": {
                "outage": max((end - begin for begin, end in page.spells), default=None),
                "count-wrong": 0.0,
                "reach": self.reach,
                "confidence": self.confidence(),
                "cost": self.cost,
            },
            "contingencies": {
                "dark-page": dark_for(page.spells, 15 * MINUTE),
                "long-outage": dark_for(page.spells, 1.0),
                "false-figures": dark_for(page.wrong_spells, 0.0),
                "rumour-spreads": self.rumour_spreads(),
            },
        }

    def rumour_spreads(self):
        above = [(when, reach) for when, reach in self.rumour if reach > 0.05]
        if not above:
            return None
        onset = above[0][0]
        return onset, END - onset, above[-1][1]


def dark_for(spells, length):
    """Onset, time it held and severity of having lasted longer than this; None if it never did."""
    held = [(begin + length, end) for begin, end in spells if end - begin > length]
    if not held:
        return None
    total = sum(end - begin for begin, end in held)
    return held[0][0], total, total


# ---- many runs -----------------------------------------------------------------------------------------------------------

MEASURES = ("outage", "count-wrong", "reach", "confidence", "cost")


def nights(plan, runs, seed, with_series):
    """Each plan has nights of its own."""
    draws = np.random.Generator(np.random.PCG64([seed, list(PLANS).index(plan)]))
    for _ in range(runs):
        night = Night(plan, draws)
        yield night, night.run(with_series)


def write(runs, seed, folder):
    folder.mkdir(parents=True, exist_ok=True)

    def table(name, *columns):
        file = open(folder / name, "w", newline="", encoding="utf-8")
        rows = csv.writer(file)
        rows.writerow(columns)
        return file, rows

    of_runs, measures = table("runs.csv", "plan", "run", *MEASURES)
    of_onsets, happened = table("contingencies.csv", "plan", "run", "contingency", "onset_h", "duration_h", "severity")
    of_series, bands = table("series.csv", "plan", "measure", "time_h", "p5", "p25", "p50", "p75", "p95", "mean", "sd", "n")
    with of_runs, of_onsets, of_series:
        for plan in PLANS:
            series = np.empty((runs, STEPS + 1, len(MEASURES)))
            for run, (night, found) in enumerate(nights(plan, runs, seed, True)):
                series[run] = night.series
                measures.writerow([plan, run, *("" if value is None else value for value in found["measures"].values())])
                for name, what in found["contingencies"].items():
                    if what is not None:
                        happened.writerow([plan, run, name, *what])
            for place, measure in enumerate(MEASURES):
                for step in range(STEPS + 1):
                    values = series[:, step, place]
                    values = values[~np.isnan(values)]
                    summary = [""] * 7
                    if len(values) > 1:
                        summary = [*np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95)), values.mean(), values.std(ddof=1)]
                    bands.writerow([plan, measure, step * END / STEPS, *summary, len(values)])


def main():
    runs, seed = int(sys.argv[1]), int(sys.argv[2])
    begun = time.process_time()
    if len(sys.argv) > 3:
        write(runs, seed, pathlib.Path(sys.argv[3]))
    else:
        for plan in PLANS:
            for _ in nights(plan, runs, seed, False):
                pass
    print(time.process_time() - begun)


if __name__ == "__main__":
    main()
