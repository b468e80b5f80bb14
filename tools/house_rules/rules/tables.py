"""The rows of a .def table are sorted by their first column, each once.

Rows of a file belong to one family: one macro. Numbers sort as numbers, names byte by byte.
"""

import re

from house_rules.repository import Finding, Repository

NAME = "tables"
ROW = re.compile(r'^([A-Z][A-Z0-9_]*)\(\s*("(?:[^"\\]|\\.)*"|[^,()\s]+)\s*[,)]')


def key(column: str):
    """A sort key: numbers before names."""
    text = column.strip('"')
    return (0, int(text), "") if text.isdigit() else (1, 0, text)


def check(repository: Repository) -> list[Finding]:
    findings = []
    for source in repository.below("src/"):
        if not source.path.endswith(".def"):
            continue
        last = macro = None
        for number, line in enumerate(source.lines, 1):
            if not line.strip() or line.startswith(("//", " ")):
                continue
            if not (match := ROW.match(line)):
                findings.append(Finding(source.path, number, "not a row MACRO(name, …), a comment or a continued row"))
                continue
            if macro not in (None, match[1]):
                findings.append(Finding(source.path, number, f"{match[1]} among rows of {macro}: one family a file"))
            macro, column = match[1], match[2]
            if last is not None and key(column) == key(last):
                findings.append(Finding(source.path, number, f"{column} is there twice"))
            elif last is not None and key(column) < key(last):
                findings.append(Finding(source.path, number, f"{column} stands after {last}: rows are sorted"))
            last = column
    return findings
