"""Spellings of a name: AWS's in data, snake case in code."""

import re


def snake(name: str) -> str:
    """ListTags → list_tags, UUID → uuid, sqs:sendMessage → sqs_send_message."""
    parts = re.split(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", name)
    return "_".join(part.lower() for part in parts if part)


def is_name(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*([.:-][A-Za-z0-9_]+)*", text) is not None
