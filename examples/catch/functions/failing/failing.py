"""Fails in the way that its input asks for."""

import time


class CustomError(Exception):
    pass


def handler(event, context):
    wish = event.get("raise", "CustomError")
    if wish == "CustomError":
        raise CustomError("this is a custom error")
    if wish == "ValueError":
        raise ValueError("this is another error")
    time.sleep(1.5)
    return "too late"
