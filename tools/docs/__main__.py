"""Writes the pages of docs/ that are made from tables: python3 tools/docs [--check]

`--check` writes nothing and fails when a page is not what the tables say.
"""

import argparse
import json
import pathlib
import re
import sys

from limits import members

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROW = re.compile(r"^(OPERATION|UNSUPPORTED)\((\w+)", re.MULTILINE)
DIFFERENCE = re.compile(r'^DIFFERENCE\((\w+), "(.*)"\)$', re.MULTILINE)
# The titles of services; one that is not named here is called as its folder.
TITLES = {"states": "AWS Step Functions", "lambda": "AWS Lambda", "logs": "Amazon CloudWatch Logs", "sqs": "Amazon SQS", "sns": "Amazon SNS", "iam": "AWS IAM", "sts": "AWS STS", "events": "Amazon EventBridge", "scheduler": "Amazon EventBridge Scheduler", "apigateway": "Amazon API Gateway (HTTP APIs)", "ecs": "Amazon ECS", "batch": "AWS Batch"}
HEAD = """# Operations

Made by `python3 tools/docs` from the tables and API models below `src/services`.

Inputs are listed with the limits that AWS's service model lays on them; \\* marks what must be there. Errors are those that the
model gives the operation; beside them stand everywhere those of the service framework (validation, signatures, throttling).
What is not built answers `NotImplemented` (501) and names itself.
"""


def services() -> list[str]:
    folders = [table.parent.name for table in (ROOT / "src/services").glob("*/operations.def")]
    order = list(TITLES)
    return sorted(folders, key=lambda name: (order.index(name) if name in order else len(order), name))


def operations(service: str) -> list[tuple[str, bool]]:
    """Name, and whether it is built, in the order of the table."""
    table = ROOT / "src" / "services" / service / "operations.def"
    return [(name, kind == "OPERATION") for kind, name in ROW.findall(table.read_text())]


def differences(service: str) -> dict[str, str]:
    table = ROOT / "src" / "services" / service / "differences.def"
    return dict(DIFFERENCE.findall(table.read_text())) if table.exists() else {}


def service_table(service: str) -> list[str]:
    rows, notes = operations(service), differences(service)
    if strangers := set(notes) - {name for name, _ in rows}:
        raise SystemExit(f"src/services/{service}/differences.def names no operation with {', '.join(sorted(strangers))}")
    model = json.loads((ROOT / "src/services" / service / "api.json").read_text())
    built = sum(done for _, done in rows)
    lines = [f"## {TITLES.get(service, service)}", "", f"{built} of {len(rows)} are built.", ""]
    lines += ["| operation | input | errors | not as on AWS |", "| --- | --- | --- | --- |"]
    for name, done in rows:
        operation = model["operations"][name]
        inputs = "<br>".join(members(model["shapes"], operation["input"])) if "input" in operation else ""
        errors = ", ".join(model["shapes"][error].get("code", error) for error in sorted(operation["errors"]))
        note = notes.get(name, "") if done else "Not built."
        lines.append(f"| {name} | {inputs} | {errors} | {note} |")
    return lines + [""]


def operations_page() -> str:
    return "\n".join([HEAD, *(line for service in services() for line in service_table(service))])


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
