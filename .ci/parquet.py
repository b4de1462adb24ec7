"""The Parquet tables against the CSV tables, as DuckDB, pandas and polars read them. Called with the folder of a batch."""

import csv
import json
import math
import pathlib
import sys

import duckdb
import pandas
import polars
import pyarrow.parquet

folder = pathlib.Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def same(cell, text):
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return text == ""
    if isinstance(cell, str):
        # A CSV table guards a text that a spreadsheet would take for a formula.
        return text in (cell, f"'{cell}")
    return float(cell) == float(text)


checked = 0
for file in manifest["files"]:
    if not file["name"].endswith(".csv"):
        continue
    path = (folder / file["name"]).with_suffix(".parquet")
    with (folder / file["name"]).open(encoding="utf-8", newline="") as stored:
        heading, *rows = csv.reader(stored)
    readers = {
        "duckdb": duckdb.sql(f"SELECT * FROM '{path}'").fetchall(),
        "pandas": [tuple(row) for row in pandas.read_parquet(path).astype(object).itertuples(index=False, name=None)],
        "polars": polars.read_parquet(path).rows(),
    }
    assert polars.read_parquet(path).columns == heading, file["name"]
    for reader, read in readers.items():
        assert len(read) == len(rows), (reader, file["name"], len(read))
        for cells, known in zip(read, rows):
            for cell, text in zip(cells, known):
                assert same(cell, text), (reader, file["name"], cell, text)
                checked += 1
    metadata = pyarrow.parquet.read_metadata(path).metadata
    assert metadata[b"scenario_sha256"].decode() == manifest["scenario"]["sha256"], metadata
    assert metadata[b"seed"].decode() == str(manifest["seed"]), metadata
    assert metadata[b"marking"] == b"simulated, exercise data", metadata
print(f"{checked} cells are the same in Parquet, as three programs read it")
