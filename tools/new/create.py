"""Makes the files and the table row of a new feature: all of it, or nothing."""

import pathlib

import names
import table

TEMPLATES = pathlib.Path(__file__).resolve().parent / "templates"


class Refused(Exception):
    pass


def understand(families: dict, arguments: list[str]) -> tuple[dict, dict[str, str]]:
    """The family and the values of the placeholders in its paths, row and templates."""
    usage = "\n".join(f"  ./dev new {family['example']:34} {family['what']}" for family in families.values())
    if not arguments or arguments[0] not in families:
        raise Refused(f"say what to make:\n{usage}")
    kind, *rest = arguments
    family = families[kind]
    if len(rest) != len(family["arguments"]):
        raise Refused(f"{kind} takes {' and '.join(family['arguments'])}: ./dev new {family['example']}")
    for value in rest:
        if not names.is_name(value):
            raise Refused(f"{value!r} is not a name")
    values = dict(zip(family["arguments"], rest))
    name = values[family["arguments"][-1]].removeprefix("States.")
    values |= {"kind": kind, "Name": name, "name": names.snake(name), "Test": names.snake(name).title().replace("_", "")}
    return family, values


def create(root: pathlib.Path, family: dict, values: dict[str, str]) -> list[str]:
    """Paths of what was written, the table first."""
    table_path = fill(family["table"], values)
    if not (root / table_path).is_file():
        raise Refused(f"{table_path} does not exist")
    text = (root / table_path).read_text(encoding="utf-8")
    values = values | {"number": str(table.next_number(text))}
    files = {fill(path, values): fill((TEMPLATES / template).read_text(encoding="utf-8"), values) for path, template in family["files"].items()}
    for path in files:
        if (root / path).exists():
            raise Refused(f"{path} exists already")
    try:
        text = table.insert(text, fill(family["row"], values))
    except table.AlreadyThere as error:
        raise Refused(f"{table_path}: {error}") from None
    (root / table_path).write_text(text, encoding="utf-8")
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    return [table_path, *files]


def fill(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text
