"""The limits that an API model lays on an input, in words short enough for a table."""

LENGTHS = {"string": "characters", "list": "elements", "map": "entries", "blob": "bytes"}
NUMBERS = ("integer", "long", "float", "double")
MOST_VALUES = 6
LONGEST_PATTERN = 60


def span(shape: dict) -> str:
    low, high = shape.get("min"), shape.get("max")
    if low is None and high is None:
        return ""
    if low is None or (low == 0 and shape["type"] not in NUMBERS):
        text = f"up to {high:,}" if high is not None else ""
    elif high is None:
        text = f"from {low:,}"
    else:
        text = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    unit = "bytes in UTF-8" if shape.get("unit") == "bytes" else LENGTHS.get(shape["type"], "")
    return f"{text} {unit}".strip() if text else ""


def pattern(shape: dict) -> str:
    text = shape.get("pattern", "")
    if not text or text in (".*", "^.*$") or len(text) > LONGEST_PATTERN:
        return ""
    return "`" + text.replace("|", "\\|").replace("`", "\\`") + "`"


def values(shape: dict) -> str:
    allowed = shape.get("enum", [])
    if len(allowed) > MOST_VALUES:
        return f"one of {len(allowed)} values"
    return " or ".join(f"`{value}`" for value in allowed)


def limits(shapes: dict, name: str) -> str:
    shape = shapes[name]
    found = [values(shape), span(shape), pattern(shape)]
    if shape["type"] == "list" and (of_elements := limits(shapes, shape["member"])) and shapes[shape["member"]]["type"] != "structure":
        found.append(f"each {of_elements}")
    return ", ".join(part for part in found if part)


def members(shapes: dict, name: str) -> list[str]:
    """`name`* 1 to 80 characters; the star is for what must be there."""
    shape, rows = shapes[name], []
    for member, kind in shape["members"].items():
        text = limits(shapes, kind if isinstance(kind, str) else kind["shape"])
        star = "*" if member in shape.get("required", []) else ""
        rows.append(f"`{member}`{star}{' ' + text if text else ''}")
    return rows
