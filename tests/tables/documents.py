"""Reads the documents of an exercise as those who get them will: Word files with python-docx, workbooks
with openpyxl.

    python documents.py DIR...      every .docx and .xlsx below these directories
"""

import pathlib
import sys

import docx
import openpyxl

HEADS = [
    "No.", "Name", "Scenario time", "Event synopsis", "Inject text", "Delivery method", "From", "Intended player",
    "Responsible controller", "Expected action", "Objective", "Core capability", "Evaluator notes", "Max minutes", "Status",
]
# What no row may lack.
NEEDED = ["No.", "Name", "Scenario time", "Event synopsis", "Inject text", "Delivery method", "From", "Intended player", "Status"]
# Chapters that a document must have, by the beginning of its file's name.
CHAPTERS = {
    "situation-manual": ["Preface", "Exercise overview", "General information", "The situation at STARTEX", "Discussion modules"],
    "controller-evaluator-handbook": ["The truth", "Decisions", "Injects", "Conduct", "Evaluation"],
    "exercise-evaluation-guide": ["Ratings definitions"],
    "participant-feedback-form": ["Part I: Recommendations and corrective actions"],
    "after-action-report": ["Executive summary", "Analysis of core capabilities", "Appendix A: Improvement plan"],
}


def word(path):
    document = docx.Document(str(path))
    headings = [p.text for p in document.paragraphs if p.style.name.lower().startswith("heading")]
    for start, chapters in CHAPTERS.items():
        if path.name.startswith(start):
            missing = [c for c in chapters if c not in headings]
            assert not missing, f"{path}: no chapter {missing}"
    assert document.core_properties.title and document.core_properties.author == "hotwash", path
    assert document.tables, f"{path}: no tables"
    for table in document.tables:
        widths = {len(row.cells) for row in table.rows}
        assert len(widths) == 1, f"{path}: a table with rows of {widths} cells"
        head = [cell.text for cell in table.rows[0].cells]
        assert all(head) or len(head) == 2, f"{path}: a column without a title in {head}"
    footers = "".join(p.text for p in document.sections[0].footer.paragraphs)
    assert " of " in footers, f"{path}: no page numbers"
    return f"{len(headings)} headings, {len(document.tables)} tables"


def workbook(path):
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["MSEL", "Read me"], book.sheetnames
    sheet = book["MSEL"]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == HEADS, rows[0]
    assert len(rows) > 1, f"{path}: no rows"
    for row in rows[1:]:
        cells = dict(zip(HEADS, row))
        empty = [head for head in NEEDED if cells[head] in (None, "")]
        assert not empty, f"{path}: {cells['Name']} has no {empty}"
        if cells["Delivery method"] == "decision card":
            assert cells["Status"] != "planned" or cells["Max minutes"], f"{path}: {cells['Name']}"
    assert [row[0] for row in rows[1:]] == list(range(1, len(rows))), f"{path}: rows are not counted"
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line), f"{path}: a formula"
    assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref, path
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation}
    assert "decision card" in lists["F2"] and "cancelled" in lists["O2"], lists
    return f"{len(rows) - 1} rows"


def main(roots):
    found = 0
    for root in roots:
        for path in sorted(pathlib.Path(root).rglob("*")):
            read = {".docx": word, ".xlsx": workbook}.get(path.suffix)
            if read:
                print(f"{path}: {read(path)}")
                found += 1
    assert found, f"no documents in {roots}"


if __name__ == "__main__":
    main(sys.argv[1:])
