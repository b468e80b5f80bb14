"""Modules include only what arrows.txt allows.

Tests may include everything. Own headers are named by their path from src/.
"""

import dataclasses
import fnmatch
import pathlib
import re

from house_rules.repository import Finding, Repository

NAME = "arrows"
TABLE = pathlib.Path(__file__).resolve().parents[1] / "arrows.txt"
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


@dataclasses.dataclass
class Arrows:
    allowed: dict[str, list[str]]  # module (may hold a *) → modules it may include, "all", "-header"

    @classmethod
    def parse(cls, text: str) -> "Arrows":
        allowed = {}
        for line in text.splitlines():
            line = line.split("#")[0].strip()
            if line:
                module, _, targets = line.partition(":")
                allowed[module.strip()] = targets.split()
        return cls(allowed)

    def module_of(self, path: str) -> str | None:
        """The line whose folder holds `path` (relative to src/): the longest one, a plain name before one with a `*`."""
        parts = path.split("/")[:-1]
        for length in range(len(parts), 0, -1):
            folder = "/".join(parts[:length])
            if folder in self.allowed:
                return folder
            for pattern in self.allowed:
                if "*" in pattern and pattern.count("/") == folder.count("/") and fnmatch.fnmatchcase(folder, pattern):
                    return folder
        return None

    def targets_of(self, module: str) -> list[str]:
        if module in self.allowed:
            return self.allowed[module]
        return next(t for pattern, t in self.allowed.items() if fnmatch.fnmatchcase(module, pattern))

    def may_include(self, module: str, header: str) -> bool:
        target = self.module_of(header)
        if target == module:
            return True
        targets = self.targets_of(module)
        return f"-{header}" not in targets and ("all" in targets or target in targets)


def check(repository: Repository) -> list[Finding]:
    arrows = Arrows.parse(TABLE.read_text(encoding="utf-8"))
    findings = []
    for source in repository.below("src/"):
        if not source.is_cpp():
            continue
        module = arrows.module_of(source.path.removeprefix("src/"))
        if module is None:
            findings.append(Finding(source.path, 1, "this folder is not in tools/house_rules/arrows.txt: which arrows may it have?"))
            continue
        for number, line in enumerate(source.code_lines, 1):
            if not (match := INCLUDE.match(line)):
                continue
            header = match[1]
            if arrows.module_of(header) is None:
                findings.append(Finding(source.path, number, f'"{header}" is not a path from src/ to a module\'s header'))
            elif not arrows.may_include(module, header):
                findings.append(Finding(source.path, number, f'{module} may not include "{header}" (tools/house_rules/arrows.txt)'))
    return findings
