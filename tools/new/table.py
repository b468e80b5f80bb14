"""Rows of a .def table, kept sorted."""

from house_rules.rules.tables import ROW, key


class AlreadyThere(Exception):
    pass


def next_number(text: str) -> int:
    numbers = [int(match[2]) for line in text.splitlines() if (match := ROW.match(line)) and match[2].isdigit()]
    return max(numbers, default=-1) + 1


def insert(text: str, row: str) -> str:
    """The table with the row at its place; a row of that name that says it is unsupported is replaced."""
    column = ROW.match(row)[2]
    lines = text.splitlines()
    at = len(lines)
    for index, line in enumerate(lines):
        match = ROW.match(line)
        if not match:
            continue
        if key(match[2]) == key(column):
            if "unsupported" not in line.lower():
                raise AlreadyThere(f"{column} is there already: {line}")
            lines[index] = row
            return "\n".join(lines) + "\n"
        if key(match[2]) > key(column):
            at = index
            break
    lines.insert(at, row)
    return "\n".join(lines) + "\n"
