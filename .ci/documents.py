"""The papers of an exercise, read as other people's programs read them. Called with their folder.

Needs python-docx.
"""

import pathlib
import sys

import docx

folder = pathlib.Path(sys.argv[1])
names = ["situation-manual", "facilitator-guide", "evaluation-guides", "hot-wash", "participant-feedback", "after-action-report"]
assert sorted(path.stem for path in folder.glob("*.docx")) == sorted(names)
tables = 0
for name in names:
    paper = docx.Document(folder / f"{name}.docx")
    assert "simulated, exercise data" in paper.core_properties.subject, name
    assert paper.paragraphs[1].style.name == "Title" and paper.paragraphs[1].text, name
    headings = [paragraph for paragraph in paper.paragraphs if paragraph.style.name.startswith("Heading")]
    assert len(headings) >= 4, name
    for section in paper.sections:
        for place in (section.header, section.footer):
            said = "".join(paragraph.text for paragraph in place.paragraphs)
            assert "TLP:" in said and "simulated, exercise data" in said, (name, said)
    for table in paper.tables:
        assert table.style.name == "Table Grid", name
        assert len({len(row.cells) for row in table.rows}) == 1, name
    tables += len(paper.tables)
print(f"{len(names)} papers, {tables} tables")
