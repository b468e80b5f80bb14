"""python3 tools/models SERVICE…: writes src/services/elsewhere/models/SERVICE.json, the API of a service that runs elsewhere.

What AWS's public service model says (from botocore, package python3-botocore) of operations, shapes and limits, without its
prose; src/wire/api_model.h describes the form. Services that speak AWS JSON only.
"""

import json
import pathlib
import re
import sys

import botocore.loaders

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "src/services/elsewhere/models"
BEYOND = (r"\uD800\uDC00-\uDBFF\uDFFF", r"\x{10000}-\x{10FFFF}")  # the same characters, as surrogates and by their numbers
UNCHECKED = re.compile(r"\(\?!|\\p\{(ASCII|Print)\}|\{\d*,?\d{4,}\}|\[\\P\{M\}\\p\{M\}\]")  # what RE2 has no words for: the service itself checks it
LIMITED = ("string", "list", "map", "integer", "long", "float", "double", "blob")


def shape_of(shape: dict) -> dict:
    kind = "string" if shape["type"] == "character" else shape["type"]
    made = {"type": kind}
    if shape.get("exception"):
        made["exception"] = shape.get("error", {}).get("httpStatusCode", 500 if shape.get("fault") else 400)
    made |= {key: int(shape[key]) for key in ("min", "max") if key in shape and kind in LIMITED}
    made |= {key: shape[key] for key in ("pattern", "enum") if key in shape and kind == "string"}
    if "pattern" in made:
        made["pattern"] = made["pattern"].replace(*BEYOND)
        if UNCHECKED.search(made["pattern"]):
            del made["pattern"]
    if shape.get("sensitive"):
        made["sensitive"] = True
    if kind == "structure":
        if shape.get("required"):
            made["required"] = shape["required"]
        made["members"] = {name: member["shape"] for name, member in shape["members"].items()}
    elif kind == "list":
        made["member"] = shape["member"]["shape"]
    elif kind == "map":
        made |= {"key": shape["key"]["shape"], "value": shape["value"]["shape"]}
    return made


def operation_of(operation: dict) -> dict:
    made = {"input": operation["input"]["shape"] if "input" in operation else "Unit"}
    if "output" in operation:
        made["output"] = operation["output"]["shape"]
    if operation.get("errors"):
        made["errors"] = [error["shape"] for error in operation["errors"]]
    return made


def model_of(name: str) -> str:
    model = botocore.loaders.Loader().load_service_model(name, "service-2")
    about = model["metadata"]
    if about["protocol"] != "json":
        raise SystemExit(f"{name} speaks {about['protocol']}, not AWS JSON")
    head = {"service": about.get("signingName", about["endpointPrefix"]), "protocol": "json"}
    head |= {key: about[key] for key in ("targetPrefix", "jsonVersion")}
    tables = {
        "operations": {key: operation_of(value) for key, value in model["operations"].items()},
        "shapes": {key: shape_of(value) for key, value in model["shapes"].items()},
    }
    if any(operation["input"] == "Unit" for operation in tables["operations"].values()):
        tables["shapes"]["Unit"] = {"type": "structure", "members": {}}
    lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    for title, table in tables.items():
        rows = [f"  {json.dumps(key)}: {json.dumps(table[key])}" for key in sorted(table)]
        lines.append(f' "{title}": {{\n' + ",\n".join(rows) + "\n }")
    return "{\n" + ",\n".join(lines) + "\n}\n"


for service in sys.argv[1:]:
    (FOLDER / f"{service}.json").write_text(model_of(service))
