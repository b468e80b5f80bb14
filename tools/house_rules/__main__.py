"""Checks the house rules: python3 tools/house_rules [--list] [--sizes] [FILE…]

Without files the whole project is checked. Exit status 1 when a rule is broken. --sizes also lists long files and
functions, which breaks nothing.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from house_rules import repository, rules, sizes  # noqa: E402


def main(arguments: list[str]) -> int:
    known = {"--list", "--sizes"}
    options = {a for a in arguments if a.startswith("-")}
    files = [a for a in arguments if not a.startswith("-")]
    if options - known:
        print(__doc__.strip())
        return 0 if options & {"-h", "--help"} else 2
    if "--list" in options:
        for rule in rules.ALL:
            print(f"{rule.NAME:16} {rule.__doc__.strip().splitlines()[0]}")
        return 0
    project = repository.Repository.of_this_project(files or None)
    broken = 0
    for rule in rules.ALL:
        for finding in rule.check(project):
            broken += 1
            print(f"{finding}  [{rule.NAME}]")
    if "--sizes" in options:
        for line in sizes.report(project):
            print(line)
    return 1 if broken else 0


sys.exit(main(sys.argv[1:]))
