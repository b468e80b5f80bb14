"""Long files and functions: places to look at, not limits."""

import ast
import re

from house_rules.repository import Repository, Source

FILE_LINES = 500
FUNCTION_LINES = 70

# What stands before a `{` that opens something else than a function's body.
NOT_A_FUNCTION = re.compile(r"^\s*(?:inline\s+)?(?:namespace|class|struct|union|enum|extern|export|concept|requires)\b|[=,(\[]\s*$|\breturn\b")


def cpp_functions(source: Source) -> list[tuple[str, int, int]]:
    """(name, first line, lines) of the functions with a body, found by counting braces outside comments and strings."""
    functions = []
    code = re.sub(r"(?m)^\s*#(?:.*\\\n)*.*$", lambda m: "\n" * m[0].count("\n"), source.code)
    stack: list[tuple[str, int] | str] = []  # what each open brace opened: a function, "value" or "other"
    head_start = 0
    line = 1
    for at, c in enumerate(code):
        if c == "\n":
            line += 1
        elif c == "{":
            if code[at - 1 : at].isalnum() or code[at - 1 : at] in ("_", ">"):  # member_{value}: the head goes on behind it
                stack.append("value")
                continue
            head = code[head_start:at]
            inside = any(isinstance(opened, tuple) for opened in stack)
            name = re.search(r"([\w:~]+|operator\S+)\s*\(", head)
            is_function = not inside and ")" in head and name and not NOT_A_FUNCTION.search(head.strip())
            stack.append((name[1], line - head.lstrip().count("\n")) if is_function else "other")
            head_start = at + 1
        elif c == "}":
            opened = stack.pop() if stack else "other"
            if isinstance(opened, tuple):
                functions.append((*opened, line - opened[1] + 1))
            if opened != "value":
                head_start = at + 1
        elif c == ";":
            head_start = at + 1
    return functions


def python_functions(source: Source) -> list[tuple[str, int, int]]:
    tree = ast.parse(source.text)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(n.name, n.lineno, n.end_lineno - n.lineno + 1) for n in ast.walk(tree) if isinstance(n, kinds)]


def report(repository: Repository) -> list[str]:
    """One line for each place, longest first."""
    places = []
    for source in repository.sources:
        if not source.path.endswith((".cpp", ".h", ".py", ".ts", ".tsx", ".sh")):
            continue
        if len(source.lines) > FILE_LINES:
            places.append((len(source.lines), f"{source.path}:1: a file of {len(source.lines)} lines"))
        functions = []
        if source.path.endswith((".cpp", ".h")):
            functions = cpp_functions(source)
        elif source.path.endswith(".py"):
            functions = python_functions(source)
        for name, first, lines in functions:
            if lines > FUNCTION_LINES:
                places.append((lines, f"{source.path}:{first}: {name} has {lines} lines"))
    return [f"look at {text}" for _, text in sorted(places, reverse=True)]
