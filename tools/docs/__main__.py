"""Writes the pages of docs/ that are made from tables: python3 tools/docs [--check]

`--check` writes nothing and fails when a page is not what the tables say.
"""

import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROW = re.compile(r"^(OPERATION|UNSUPPORTED)\((\w+)", re.MULTILINE)
SERVICES = {"states": "AWS Step Functions", "lambda": "AWS Lambda", "logs": "Amazon CloudWatch Logs", "iam": "AWS Identity and Access Management", "sts": "AWS Security Token Service"}


def operations(service: str) -> list[tuple[str, bool]]:
    """Name, and whether it is built, in the order of the table."""
    table = ROOT / "src" / "services" / service / "operations.def"
    if not table.exists():
        return []
    return [(name, kind == "OPERATION") for kind, name in ROW.findall(table.read_text())]


def operations_page() -> str:
    lines = ["# Operations", "", "Made from the tables `src/services/*/operations.def` by `python3 tools/docs`.", ""]
    for service, title in SERVICES.items():
        rows = operations(service)
        if not rows:
            continue
        built = sum(done for _, done in rows)
        lines += [f"## {title}", "", f"{built} of {len(rows)} are built. The others answer `NotImplemented` (501) and name themselves.", ""]
        lines += ["| operation | built |", "| --- | --- |"]
        lines += [f"| {name} | {'yes' if done else 'not yet'} |" for name, done in rows] + [""]
    return "\n".join(lines)


def pages() -> dict[pathlib.Path, str]:
    return {ROOT / "docs" / "operations.md": operations_page()}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 tools/docs", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text() != text]
    for path in stale:
        if check:
            print(f"{path.relative_to(ROOT)} is not what the tables say: run python3 tools/docs", file=sys.stderr)
        else:
            path.write_text(pages()[path])
            print(path.relative_to(ROOT))
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
