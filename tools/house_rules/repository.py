"""The files that the rules read, as text with and without comments."""

import dataclasses
import functools
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]

CPP = (".cpp", ".h", ".def")
SCRIPTS = (".py", ".sh")


@dataclasses.dataclass(frozen=True)
class Finding:
    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Source:
    """One text file; `code` is its C++ with comments and literals blanked out, line numbers kept."""

    def __init__(self, path: str, text: str):
        self.path = path
        self.text = text

    @functools.cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @functools.cached_property
    def code(self) -> str:
        return blank_cpp(self.text)

    @functools.cached_property
    def code_lines(self) -> list[str]:
        return self.code.split("\n")

    def is_cpp(self) -> bool:
        return self.path.endswith(CPP)


class Repository:
    def __init__(self, files: dict[str, str]):
        self.sources = [Source(path, text) for path, text in sorted(files.items())]

    def below(self, *folders: str) -> list[Source]:
        return [s for s in self.sources if s.path.startswith(folders)]

    def cpp(self) -> list[Source]:
        return [s for s in self.below("src/", "tests/") if s.is_cpp()]

    @classmethod
    def of_this_project(cls, only: list[str] | None = None) -> "Repository":
        paths = only if only is not None else project_files()
        return cls({path: text for path in paths if (text := read_text(ROOT / path)) is not None})


def project_files() -> list[str]:
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return sorted(set(filter(None, listing.split("\0"))))


def read_text(path: pathlib.Path) -> str | None:
    """None for what is gone, binary or not a file."""
    try:
        return path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return None


def blank_cpp(text: str) -> str:
    """Replaces comments, strings and character literals by spaces; the text of an #include stays."""
    out: list[str] = []
    at, end = 0, len(text)
    line_is_include = False

    def blank(upto: int) -> None:
        nonlocal at
        out.append("".join("\n" if c == "\n" else " " for c in text[at:upto]))
        at = upto

    while at < end:
        two = text[at : at + 2]
        c = text[at]
        if c == "\n":
            line_is_include = False
        elif c == "#":
            line_is_include = text[at + 1 : at + 16].lstrip().startswith("include")
        if two == "//":
            blank(_or_end(text.find("\n", at), end))
        elif two == "/*":
            blank(_or_end(text.find("*/", at + 2), end, 2))
        elif c == '"' and not line_is_include:
            if out and out[-1] == "R" and not (len(out) > 1 and out[-2].isalnum()):
                delimiter = text[at + 1 : text.find("(", at)]
                closing = ")" + delimiter + '"'
                blank(_or_end(text.find(closing, at), end, len(closing)))
            else:
                blank(_end_of_literal(text, at))
        elif c == "'" and not (out and out[-1].isalnum()):  # 1'000 is a number
            blank(_end_of_literal(text, at))
        else:
            out.append(c)
            at += 1
    return "".join(out)


def _or_end(position: int, end: int, plus: int = 0) -> int:
    return end if position < 0 else position + plus


def _end_of_literal(text: str, start: int) -> int:
    quote = text[start]
    at = start + 1
    while at < len(text) and text[at] not in (quote, "\n"):
        at += 2 if text[at] == "\\" else 1
    return min(at + 1, len(text))
