"""Brings what an example is made of onto a server, new or over what is there."""

import base64
import io
import json
import os
import pathlib
import urllib.parse
import zipfile

from examples.manifest import Api, Example, Function, Queue, Rule, Topic
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
    if example.job_definitions:
        _make_job_queue(client, "default")
    for file in example.job_definitions:
        client.jobs("RegisterJobDefinition", **json.loads((example.folder / file).read_text(encoding="utf-8")))
    for queue in example.queues:
        values[f"{queue.name}Arn"] = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue.name}"
        values[f"{queue.name}Url"] = _put_queue(client, queue)
    for topic in example.topics:
        values[f"{topic.name}Arn"] = _put_topic(client, topic, values)
    for machine in example.state_machines:
        definition = fill((example.folder / machine.definition).read_text(encoding="utf-8"), values)
        values[f"{machine.name}Arn"] = _put_state_machine(client, machine.name, machine.type, definition)
    for rule in example.rules:
        _put_rule(client, rule, values)
    for api in example.apis:
        values[f"{api.name}Url"] = _put_api(client, api, values)
    return values


def _make_job_queue(client: Client, name: str) -> None:
    if not client.jobs("DescribeComputeEnvironments", computeEnvironments=[name])["computeEnvironments"]:
        client.jobs("CreateComputeEnvironment", computeEnvironmentName=name, type="UNMANAGED")
    if not client.jobs("DescribeJobQueues", jobQueues=[name])["jobQueues"]:
        order = [{"order": 1, "computeEnvironment": name}]
        client.jobs("CreateJobQueue", jobQueueName=name, priority=1, computeEnvironmentOrder=order)


def _put_api(client: Client, api: Api, values: dict[str, str]) -> str:
    """The URL of the API; one of that name gets these routes in place of its own."""
    there = next((item for item in client.gateway("GET", "/v2/apis?maxResults=500")["items"] if item["name"] == api.name), None)
    made = there or client.gateway("POST", "/v2/apis", {"name": api.name, "protocolType": "HTTP"})
    folder = f"/v2/apis/{made['apiId']}"
    if there is None:
        client.gateway("POST", f"{folder}/stages", {"stageName": "$default", "autoDeploy": True})
    for kind, id in (("routes", "routeId"), ("integrations", "integrationId")):
        for item in client.gateway("GET", f"{folder}/{kind}?maxResults=500")["items"]:
            client.gateway("DELETE", f"{folder}/{kind}/{item[id]}")
    for route in api.routes:
        parameters = json.loads(fill(json.dumps(route.parameters), values))
        integration = {"integrationType": "AWS_PROXY", "integrationSubtype": route.subtype, "credentialsArn": ROLE, "requestParameters": parameters}
        target = client.gateway("POST", f"{folder}/integrations", integration | {"payloadFormatVersion": "1.0"})["integrationId"]
        client.gateway("POST", f"{folder}/routes", {"routeKey": route.key, "target": f"integrations/{target}"})
    return made["apiEndpoint"]


def _put_queue(client: Client, queue: Queue) -> str:
    try:
        return client.queues("CreateQueue", QueueName=queue.name, Attributes=queue.attributes)["QueueUrl"]
    except ApiError as error:
        if error.code != "QueueNameExists":
            raise
    url = client.queues("GetQueueUrl", QueueName=queue.name)["QueueUrl"]
    client.queues("SetQueueAttributes", QueueUrl=url, Attributes=queue.attributes)
    return url


def _put_topic(client: Client, topic: Topic, values: dict[str, str]) -> str:
    arn = client.topics("CreateTopic", Name=topic.name)["TopicArn"]
    for subscription in topic.subscriptions:
        endpoint = values[f"{subscription.queue}Arn"]
        made = client.topics("Subscribe", TopicArn=arn, Protocol="sqs", Endpoint=endpoint, ReturnSubscriptionArn="true")
        for name, value in subscription.attributes.items():
            text = value if isinstance(value, str) else json.dumps(value)
            client.topics("SetSubscriptionAttributes", SubscriptionArn=made["SubscriptionArn"], AttributeName=name, AttributeValue=text)
    return arn


def _put_rule(client: Client, rule: Rule, values: dict[str, str]) -> None:
    client.events("PutRule", Name=rule.name, EventPattern=json.dumps(rule.pattern))
    target = {"Id": "state-machine", "Arn": values[f"{rule.state_machine}Arn"], "RoleArn": ROLE, "InputPath": rule.input_path}
    client.events("PutTargets", Rule=rule.name, Targets=[target])


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
