#!/usr/bin/env python3
"""What a batch costs as it grows: runs, events, platforms, narratives, counties.

    benches/size.py            # builds, counts, fits, prints the table
    benches/size.py --write    # puts the table into docs/performance.md

Scenarios are made at doubling or tripling sizes, and their instructions are counted as in `benches/instructions.py`. The exponent is the
slope of a straight line through the logarithms of size and cost, over the upper half of the sizes: 1 is a cost in proportion, less is
better, and more than the limit fails.
"""

import math
import pathlib
import sys
import tempfile

import instructions

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- size: begin -->", "<!-- size: end -->"
LIMIT = 1.1

HEAD = """[scenario]
title = "A size"
question = "What does it cost?"
start = 2026-11-03T19:00:00Z
end = 2026-11-04T19:00:00Z
population = 1_000_000
"""


def platform(number, other=0):
    return f'[platform.p{number}]\nreach = "20 %"\nreviewers = 3\nreview = "exponential(mean 1min)"\nother-reports = "{other}/h"\n'


def narrative(number, shares):
    on = ", ".join(f'p{platform} = "{100 * share} %"' for platform, share in shares.items())
    return (
        f'[narrative.n{number}]\nabout = "story {number}"\nat = "start"\nposts = 2_000\non = {{ {on} }}\n'
        f'[measure.m{number}]\ntitle = "Posts {number}"\nvalue = "narrative.n{number}.posts"\n'
        f'[contingency.k{number}]\ntitle = "Story {number} is large"\nwhen = "narrative.n{number}.posts > 1_500"\n'
    )


def of_runs(_):
    return HEAD + platform(0, 60) + narrative(0, {0: 1})


def of_events(reports):
    return HEAD + platform(0, reports) + narrative(0, {0: 1})


def of_platforms(number):
    return HEAD + "".join(map(platform, range(number))) + "".join(narrative(each, {each: 1}) for each in range(number))


def of_narratives(number):
    return HEAD + platform(0) + "".join(narrative(each, {0: 1}) for each in range(number))


def of_counties(number):
    return (
        HEAD + '[contest.race]\ncandidates = ["first", "second"]\n[jurisdiction.land]\ncontest = "race"\nballots = 3_000_000\n'
        'margin = "1 %"\ncloses = "start"\nmodes = { early = "20 %", mail = "30 %" }\n'
        f'counties = {{ number = {number}, size-spread = "1.35" }}\n'
        '[measure.share]\ntitle = "Share published"\nvalue = "count.land.share"\n'
    )


# What grows, the sizes, the scenario of a size, and the runs of the smaller and the larger batch; none where runs themselves grow.
GROWING = [
    ("runs", [100, 300, 1_000, 3_000], of_runs, None),
    ("reports an hour, two events each", [10, 100, 1_000, 3_000], of_events, (2, 4)),
    ("platforms, each with a narrative", [2, 8, 32, 64], of_platforms, (2, 6)),
    ("narratives on one platform", [2, 8, 32, 64], of_narratives, (2, 6)),
    ("counties", [10, 100, 1_000, 3_000], of_counties, (2, 4)),
]


def exponent(sizes, costs):
    """Slope of the line of least squares through the logarithms."""
    points = [(math.log(size), math.log(cost)) for size, cost in zip(sizes, costs)]
    x, y = (sum(column) / len(points) for column in zip(*points))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def main():
    program = instructions.build()
    lines = ["| what grows | sizes | million instructions a run | exponent |", "|---|---|---|---|"]
    steep = 0
    for name, sizes, text, batch in GROWING:
        costs = []
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                file = pathlib.Path(folder) / "size.toml"
                file.write_text(text(size), encoding="utf-8")
                if batch:
                    costs.append(instructions.per_run(program, file, *batch)[0])
                else:
                    start = instructions.count(program, file, 1)
                    costs.append(instructions.count(program, file, size + 1) - start)
        half = len(sizes) // 2
        slope = exponent(sizes[half:], costs[half:])
        steep += slope > LIMIT
        unit = " in all" if not batch else ""
        row = [name, " / ".join(f"{size:,}" for size in sizes), " / ".join(f"{cost / 1e6:.3g}" for cost in costs) + unit]
        lines.append(f"| {' | '.join(row)} | {slope:.2f} |")
        print(lines[-1], flush=True)
    if "--write" in sys.argv[1:]:
        before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        after = rest.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")
    return int(steep > 0)


if __name__ == "__main__":
    sys.exit(main())
