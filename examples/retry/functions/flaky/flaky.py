"""Raises CustomError for as many attempts as its input says."""


class CustomError(Exception):
    pass


def handler(event, context):
    if event["attempt"] < event["failures"]:
        raise CustomError(f"attempt {event['attempt'] + 1} fails")
    return {"attempts": event["attempt"] + 1}
