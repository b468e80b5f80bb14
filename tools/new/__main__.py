"""Writes a new feature: see ./dev new --help and families.json."""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent)]

import create  # noqa: E402


def main(arguments: list[str]) -> int:
    families = json.loads((HERE / "families.json").read_text(encoding="utf-8"))
    try:
        family, values = create.understand(families, arguments)
        for path in create.create(ROOT, family, values):
            print(path)
    except create.Refused as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print("Fill in the file, and the case that fails until then; ./dev check runs what there is.")
    return 0


sys.exit(main(sys.argv[1:]))
