"""The project speaks of itself alone: no notes to self, no paths of somebody's machine, no ticket numbers.

What is left to do belongs into the tracker, not into the text.
"""

import re

from house_rules.repository import Finding, Repository

NAME = "words"

# Put together from parts so that the rule does not find itself.
BANNED = re.compile(
    "|".join(
        (
            r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b",
            r"/wo" + r"rk/",
            r"\bissue" + r" #\d",
            r"(?<![\w.])/ho" + r"me/\w+/",
        )
    )
)


def check(repository: Repository) -> list[Finding]:
    findings = []
    for source in repository.sources:
        for number, line in enumerate(source.lines, 1):
            if match := BANNED.search(line):
                findings.append(Finding(source.path, number, f"“{match[0]}” has no place here"))
    return findings
