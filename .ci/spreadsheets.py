"""What a batch leaves for spreadsheets and analysts, read as their programs read it. Called with the folder of a batch.

Needs the packages of requirements.txt.
"""

import csv
import json
import pathlib
import sys

import frictionless
import openpyxl

folder = pathlib.Path(sys.argv[1])

report = frictionless.validate(str(folder / "datapackage.json"))
assert report.valid, report.flatten(["title", "type", "message"])

broken = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
broken["resources"][0]["schema"]["fields"][0]["type"] = "number"
(folder / "broken.json").write_text(json.dumps(broken), encoding="utf-8")
assert not frictionless.validate(str(folder / "broken.json")).valid, "the referee finds nothing wrong with anything"
(folder / "broken.json").unlink()

book = openpyxl.load_workbook(folder / "report.xlsx")
assert book.sheetnames[:3] == ["Read me", "Summary", "Odds"], book.sheetnames
tables, charts, bars = {}, 0, 0
for sheet in book:
    tables |= {name: sheet.title for name in sheet.tables}
    charts += len(sheet._charts)
    bars += sum(rule.type == "dataBar" for group in sheet.conditional_formatting for rule in group.rules)
    assert "simulated, exercise data" in sheet.oddHeader.right.text, sheet.title
    assert not sheet._hyperlinks, sheet.title
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f", (sheet.title, cell.coordinate, cell.value)
for name in ["Summary", "Odds", "Percentiles", "Timeline", "Worst", "Assumptions", "Dictionary", "Halves", "Settling", "Files"]:
    assert name in tables, (name, tables)
for name in ["Odds", "Percentiles", "Timeline data", "Runs", "Worst cases", "Assumptions", "Data dictionary"]:
    sheet = book[name]
    assert sheet.freeze_panes, name
    assert sheet.print_title_rows, name
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0, name
assert book["Runs"].auto_filter.ref
assert charts >= 5 and bars >= 2, (charts, bars)

with (folder / "runs.csv").open(encoding="utf-8", newline="") as file:
    stored = list(csv.reader(file))
rows = list(book["Runs"].iter_rows(values_only=True))
top = next(place for place, row in enumerate(rows) if row[0] == "plan")
assert list(rows[top]) == stored[0]
assert len(rows) - top == len(stored), "the sheet has all runs of a small batch"
for shown, known in zip(rows[top + 1 :], stored[1:]):
    for cell, text in zip(shown, known):
        assert text == ("" if cell is None else cell if isinstance(cell, str) else text) and (
            not isinstance(cell, (int, float)) or cell == float(text)
        ), (cell, text)
print(f"{len(report.tasks)} tables are valid; {len(book.sheetnames)} sheets, {len(tables)} tables, {charts} charts")
