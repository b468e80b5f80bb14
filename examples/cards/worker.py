"""Checks cards: reads a queue, and answers the task that sent the message with the token in it.

Its environment names the queue (CardChecksUrl) and where SQS and Step Functions are (AWS_ENDPOINT_URL).
"""

import json
import os

import boto3

LIMIT = 1000

sqs = boto3.client("sqs", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
states = boto3.client("stepfunctions", endpoint_url=os.environ["AWS_ENDPOINT_URL"])


def is_number(card: str) -> bool:
    """By its check digit."""
    digits = [int(digit) for digit in reversed(card) if digit.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return len(digits) >= 12 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def answer(task: dict) -> None:
    token, card = task["token"], task["card"]
    try:
        if not is_number(card):
            states.send_task_failure(taskToken=token, error="BadCard", cause=f"{card} is no card's number")
        else:
            result = {"approved": task["amount"] <= LIMIT, "ends_with": card[-4:]}
            states.send_task_success(taskToken=token, output=json.dumps(result))
    except states.exceptions.TaskTimedOut:
        pass  # it was answered before: the message came twice, or too late


def main() -> None:
    queue = os.environ["CardChecksUrl"]
    while True:
        received = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=20)
        for message in received.get("Messages", []):
            answer(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])


if __name__ == "__main__":
    main()
