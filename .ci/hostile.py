"""Copies a folder of results with a stranger's words in place of titles, questions and sources.

    hostile.py FOLDER COPY
"""

import csv
import json
import pathlib
import shutil
import sys

WORDS = [
    "<script>alert(1)</script>",
    "\"onmouseover=\"alert(1)",
    "'><img src=x onerror=alert(1)>",
    "</style></title></textarea><svg onload=alert(1)>",
    "http://example.invalid/?a=b",
    "javascript:alert(1)",
    "\u05de\u05d1\u05d7\u05df \u202e gpj.exe",
    "\U0001f5f3\ufe0f " * 40,
    "endless" * 6_000,
]

source, copy = map(pathlib.Path, sys.argv[1:])
shutil.rmtree(copy, ignore_errors=True)
shutil.copytree(source, copy)
count = 0


def word():
    global count
    count += 1
    return WORDS[count % len(WORDS)]


for table, columns in (("dictionary.csv", ("meaning", "source")), ("evidence.csv", ("path", "value", "grade", "source"))):
    with (copy / table).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update({column: word() for column in columns})
    with (copy / table).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
manifest["scenario"]["title"] = " ".join(WORDS)
manifest["scenario"]["question"] = "".join(WORDS)
(copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
