"""What messengers write to, and the state machines: made once, before the first kill.

A messenger sends to a queue, publishes to a topic with two queues and to a FIFO topic with a FIFO queue, puts events that rules
send to queues, one of them beside an event that is refused, and starts two executions, one of which it waits for.
"""

import json

from local.aws import ACCOUNT, REGION, ROLE, Client
from storm.kinds import ACTIVITY, EVENT_SOURCE, KINDS, ORDERED_TOPIC, TOPIC, queue_url

# The queues that a messenger's messages come to, and what of its output has their id; None: nothing has.
QUEUES = {"sent": "sent", "published": "published", "published-raw": None, "ordered.fifo": "ordered", "events": "event", "half": None}


def create(client: Client) -> None:
    client.states("CreateActivity", name=ACTIVITY.rsplit(":", 1)[1])
    for name in QUEUES:
        client.queues("CreateQueue", QueueName=name, Attributes={"FifoQueue": "true"} if name.endswith(".fifo") else {})
    for topic, queues in ((TOPIC, ("published", "published-raw")), (ORDERED_TOPIC, ("ordered.fifo",))):
        fifo = {"Attributes.entry.1.key": "FifoTopic", "Attributes.entry.1.value": "true"} if topic.endswith(".fifo") else {}
        client.topics("CreateTopic", Name=topic.rsplit(":", 1)[1], **fifo)
        for queue in queues:
            raw = {"Attributes.entry.1.key": "RawMessageDelivery", "Attributes.entry.1.value": str(queue.endswith("-raw")).lower()}
            client.topics("Subscribe", TopicArn=topic, Protocol="sqs", Endpoint=_arn_of_queue(queue), **raw)
    for kind, queue in (("told", "events"), ("half", "half")):
        client.events("PutRule", Name=kind, EventPattern=json.dumps({"source": [EVENT_SOURCE], "detail-type": [kind]}))
        client.events("PutTargets", Rule=kind, Targets=[{"Id": "queue", "Arn": _arn_of_queue(queue)}])
    for name in sorted(KINDS):
        kind = {"type": "EXPRESS"} if KINDS[name].express else {}
        client.states("CreateStateMachine", name=name, definition=json.dumps(KINDS[name].definition()), roleArn=ROLE, **kind)


def received(client: Client, queue: str) -> list[tuple[str, str]]:
    """The messages of a queue: the execution that is meant, and the message's id, or the notification's or the event's."""
    found = []
    while messages := client.queues("ReceiveMessage", QueueUrl=queue_url(queue), MaxNumberOfMessages=10, VisibilityTimeout=43200).get("Messages"):
        for message in messages:
            body = json.loads(message["Body"])
            if "Message" in body:  # a notification, not raw
                found.append((json.loads(body["Message"])["name"], body["MessageId"]))
            elif "detail" in body:
                found.append((body["detail"]["name"], body["id"]))
            else:
                found.append((body["name"], message["MessageId"]))
    return found


def _arn_of_queue(name: str) -> str:
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"
