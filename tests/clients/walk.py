"""What every walk through the operations of a service shares, and boto3 as the client of one.

A client is called as `ask(operation, **parameters)`.
"""

import collections
from typing import Callable

import botocore.exceptions
from botocore import xform_name


class Unknown(Exception):
    """The client is older than the operation, or one of its parameters."""


class Refused(Exception):
    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Boto3:
    def __init__(self, target, keys: tuple[str, str], service: str = "stepfunctions"):
        self._client = target.client(service, keys=keys, parameter_validation=True)
        self.operations = set(self._client.meta.service_model.operation_names)

    def __call__(self, operation: str, **parameters) -> dict:
        if operation not in self.operations:
            raise Unknown(operation)
        try:
            return getattr(self._client, xform_name(operation))(**parameters)
        except botocore.exceptions.ParamValidationError as error:
            raise Unknown(str(error)) from None
        except botocore.exceptions.ClientError as error:
            raise Refused(error.response["Error"]["Code"]) from None

    def close(self) -> None:
        self._client.close()


class Walker:
    """Asks, and keeps what came of it."""

    def __init__(self, ask: Callable):
        self._ask = ask
        self.answered = collections.Counter()
        self.refused = collections.Counter()
        self.unknown = set()

    @property
    def driven(self) -> set[str]:
        return set(self.answered) | set(self.refused)

    def ask(self, operation: str, **parameters) -> dict:
        try:
            answer = self._ask(operation, **parameters)
        except Unknown:
            self.unknown.add(operation)
            raise
        except Refused:
            self.refused[operation] += 1
            raise
        self.answered[operation] += 1
        return answer or {}

    def expect(self, code: str, operation: str, **parameters) -> None:
        try:
            self.ask(operation, **parameters)
        except Refused as error:
            assert error.code == code, f"{operation}: {error.code}, not {code}"
        else:
            raise AssertionError(f"{operation} is not refused")
