"""Time, chance and the environment are handed in; spawned work belongs to a group; tests do not sleep.

Only src/server and src/net stand at the edge of the program, where these come from.
"""

import re

from house_rules.repository import Finding, Repository

NAME = "calls"
EDGE = ("src/server/", "src/net/")

OUTSIDE_EDGE = (
    (r"\bsystem_clock\s*::\s*now\b", "the wall clock: take a Clock"),
    (r"\brandom_device\b", "a source of chance: take a Random"),
    (r"\bstd\s*::\s*rand\b|(?<![\w:.>])s?rand\s*\(", "a source of chance: take a Random"),
    (r"\b(?:secure_)?getenv\s*\(", "the environment: the server reads it and hands values in"),
    (r"\bdetach(?:ed)?\s*\(|\basio\s*::\s*detached\b", "work that nobody waits for: spawn it in a group"),
    (r"(?<![\w.>])(?:std\s*::\s*)?time\s*\(\s*(?:nullptr|NULL|0)\s*\)", "the wall clock: take a Clock"),
    (r"\b(?:gettimeofday|clock_gettime)\s*\(", "the wall clock: take a Clock"),
)
SLEEPS = (r"\bsleep_(?:for|until)\b|\b(?:u|nano)sleep\s*\(|(?<![\w.>])sleep\s*\(\s*\d", "sleep: wait for a condition")
PYTHON_SLEEP = re.compile(r"\btime\.sleep\s*\(|\bfrom time import .*\bsleep\b|\basyncio\.sleep\s*\(")


def check(repository: Repository) -> list[Finding]:
    findings = []
    for source in repository.cpp():
        banned = list(OUTSIDE_EDGE) if source.path.startswith("src/") and not source.path.startswith(EDGE) else []
        banned.append(SLEEPS)
        for number, line in enumerate(source.code_lines, 1):
            findings += [Finding(source.path, number, message) for pattern, message in banned if re.search(pattern, line)]
    for source in repository.below("tests/"):
        if source.path.endswith(".py"):
            for number, line in enumerate(source.lines, 1):
                if PYTHON_SLEEP.search(line):
                    findings.append(Finding(source.path, number, "sleep: wait for a condition (testkit.wait_until)"))
    return findings
