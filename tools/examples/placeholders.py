"""${Name} in definitions, inputs and expectations."""

import datetime
import json
import re

PLACEHOLDER = re.compile(r"\$\{([A-Za-z][\w.]*)\}")
NOW = re.compile(r"\$\{now\+(\d+)s\}")
ANY = "${any}"


class UnknownPlaceholder(Exception):
    pass


def fill(text: str, values: dict[str, str]) -> str:
    """`text` with every ${Name} replaced by its value; a JSON document stays one."""

    def value(match: re.Match) -> str:
        if match[1] not in values:
            raise UnknownPlaceholder(f"{match[0]} is not known; there are: {', '.join(sorted(values))}")
        return json.dumps(values[match[1]])[1:-1]

    return PLACEHOLDER.sub(value, text)


def fill_times(value, now: datetime.datetime):
    """Replaces ${now+3s} in the strings of a JSON value by that time."""
    if isinstance(value, str):
        return NOW.sub(lambda m: (now + datetime.timedelta(seconds=int(m[1]))).strftime("%Y-%m-%dT%H:%M:%SZ"), value)
    if isinstance(value, list):
        return [fill_times(item, now) for item in value]
    if isinstance(value, dict):
        return {key: fill_times(item, now) for key, item in value.items()}
    return value


def difference(expected, actual, path: str = "$") -> str | None:
    """None when equal, or where they part; the string ${any} equals anything."""
    if expected == ANY:
        return None
    if isinstance(expected, dict) and isinstance(actual, dict):
        if expected.keys() != actual.keys():
            return f"{path} has the members {sorted(actual)}, expected {sorted(expected)}"
        parts = (difference(expected[key], actual[key], f"{path}.{key}") for key in expected)
    elif isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return f"{path} has {len(actual)} elements, expected {len(expected)}"
        parts = (difference(e, a, f"{path}[{i}]") for i, (e, a) in enumerate(zip(expected, actual)))
    else:
        same = type(expected) is type(actual) or {type(expected), type(actual)} == {int, float}
        return None if same and expected == actual else f"{path} is {json.dumps(actual)}, expected {json.dumps(expected)}"
    return next((part for part in parts if part), None)
