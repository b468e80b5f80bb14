"""Small definitions that many cases use."""


def machine(*states: tuple[str, dict], comment: str = "") -> dict:
    """States one after the other; the last one ends unless it says otherwise."""
    chain = {}
    for (name, state), after in zip(states, [*states[1:], None]):
        ends = after is None and state["Type"] not in ("Succeed", "Fail", "Choice")
        chain[name] = state | ({"Next": after[0]} if after and state["Type"] not in ("Fail", "Choice") else {"End": True} if ends else {})
    return ({"Comment": comment} if comment else {}) | {"StartAt": states[0][0], "States": chain}


def passing(result=None, **more) -> dict:
    return machine(("Only", {"Type": "Pass"} | ({} if result is None else {"Result": result}) | more))


def waiting(seconds: int = 3600) -> dict:
    return machine(("Wait", {"Type": "Wait", "Seconds": seconds}))


def failing(error: str = "Sorry", cause: str = "it is not to be") -> dict:
    return machine(("No", {"Type": "Fail", "Error": error, "Cause": cause}))


def activity_task(arn: str, **more) -> dict:
    return machine(("Work", {"Type": "Task", "Resource": arn} | more))
