"""The rows of a .def table are in the order that its first comment tells, each once.

"sorted by name" means by the first column, "sorted by service and action" by the first two; numbers sort as numbers, names
byte by byte. A table whose order has a meaning says "The order is …". Rows of a file belong to one family: one macro, and
UNSUPPORTED for what is not there yet.
"""

import re

from house_rules.repository import Finding, Repository, Source

NAME = "tables"
COLUMN = r'"(?:[^"\\]|\\.)*"|[^,()"]+'
ROW = re.compile(rf"^([A-Z][A-Z0-9_]*)\(\s*({COLUMN})\s*(?:,\s*({COLUMN})\s*)?[,)]")
SORTED = re.compile(r"sorted by ([\w ]+)", re.IGNORECASE)
MEANT = re.compile(r"the order is", re.IGNORECASE)
OTHER = "UNSUPPORTED"


def key(column: str | None):
    """A sort key: numbers before names."""
    text = (column or "").strip().strip('"')
    return (0, int(text), "") if text.isdigit() else (1, 0, text)


def check(repository: Repository) -> list[Finding]:
    findings = []
    for source in repository.below("src/"):
        if source.path.endswith(".def"):
            findings += check_table(source)
    return findings


def check_table(source: Source) -> list[Finding]:
    comment = " ".join(line.removeprefix("//").strip() for line in source.lines if line.startswith("//"))
    order = SORTED.search(comment)
    if not order and not MEANT.search(comment):
        return [Finding(source.path, 1, "the comment on top does not tell the order of the rows: “sorted by …” or “The order is …”")]
    columns = 1 + order[1].split().count("and") if order else 1
    findings, macros, seen, last = [], set(), set(), None
    for number, line in enumerate(source.lines, 1):
        if not line.strip() or line.startswith(("//", " ")):
            continue
        if not (match := ROW.match(line)):
            findings.append(Finding(source.path, number, "not a row MACRO(name, …), a comment or a continued row"))
            continue
        macros.add(match[1])
        if len(macros - {OTHER}) > 1:
            findings.append(Finding(source.path, number, f"{match[1]} among rows of another macro: one family a file"))
        this = tuple(key(column) for column in match.groups()[1 : 1 + columns])
        name = match[2].strip()
        if this in seen:
            findings.append(Finding(source.path, number, f"{name} is there twice"))
        elif order and last is not None and this < last:
            findings.append(Finding(source.path, number, f"{name} stands too late: rows are {order[0].strip()}"))
        seen.add(this)
        last = this
    return findings
