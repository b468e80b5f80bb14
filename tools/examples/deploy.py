"""Brings an example's functions, activities, containers and state machines onto a server, new or over what is there."""

import base64
import io
import json
import os
import pathlib
import urllib.parse
import zipfile

from examples.manifest import Example, Function
from examples.placeholders import fill
from local import containers
from local.aws import ACCOUNT, REGION, ROLE, ApiError, Client

FUNCTIONS = "/2015-03-31/functions"


class Impossible(Exception):
    """The machine lacks what the example needs."""


def deploy(client: Client, example: Example) -> dict[str, str]:
    """The names that definitions and workers may use: {"HelloFunctionArn": "arn:…", …}."""
    values = {"Region": REGION, "AccountId": ACCOUNT}
    for function in example.functions:
        values[f"{function.name}Arn"] = _put_function(client, example.folder, function)
    for activity in example.activities:
        values[f"{activity}Arn"] = client.states("CreateActivity", name=activity)["activityArn"]
    if example.images and containers.problem():
        raise Impossible(containers.problem())
    for image in example.images:
        containers.make_image(image)
    if example.task_definitions:
        client.tasks("CreateCluster")
    for file in example.task_definitions:
        client.tasks("RegisterTaskDefinition", **json.loads((example.folder / file).read_text(encoding="utf-8")))
    for machine in example.state_machines:
        definition = fill((example.folder / machine.definition).read_text(encoding="utf-8"), values)
        values[f"{machine.name}Arn"] = _put_state_machine(client, machine.name, machine.type, definition)
    return values


def _put_state_machine(client: Client, name: str, kind: str, definition: str) -> str:
    try:
        return client.states("CreateStateMachine", name=name, type=kind, definition=definition, roleArn=ROLE)["stateMachineArn"]
    except ApiError as error:
        if error.code != "StateMachineAlreadyExists":
            raise
    arn = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{name}"
    client.states("UpdateStateMachine", stateMachineArn=arn, definition=definition)
    return arn


def _put_function(client: Client, folder: pathlib.Path, function: Function) -> str:
    package = base64.b64encode(pack(folder / function.folder)).decode()
    path = f"{FUNCTIONS}/{urllib.parse.quote(function.name)}"
    settings = {
        "Runtime": function.runtime,
        "Handler": function.handler,
        "Timeout": function.timeout_seconds,
        "MemorySize": function.memory_mb,
        "Environment": {"Variables": function.environment},
    }
    there = _find_function(client, path)
    if there is not None:
        # Code can be replaced under running executions; another configuration needs the function made anew.
        same = all(there.get(key) == settings[key] for key in ("Runtime", "Handler", "Timeout", "MemorySize"))
        if same and there.get("Environment", {}).get("Variables", {}) == function.environment:
            return client.functions("PUT", f"{path}/code", {"ZipFile": package})["FunctionArn"]
        client.functions("DELETE", path)
    body = {"FunctionName": function.name, "Role": ROLE, "Code": {"ZipFile": package}} | settings
    return client.functions("POST", FUNCTIONS, body)["FunctionArn"]


def _find_function(client: Client, path: str) -> dict | None:
    try:
        return client.functions("GET", path)["Configuration"]
    except ApiError as error:
        if error.status != 404:
            raise
        return None


def pack(folder: pathlib.Path) -> bytes:
    """A deployment package; the same files always give the same bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if os.access(file, os.X_OK) else 0o100644) << 16
            archive.writestr(entry, file.read_bytes())
    return data.getvalue()
