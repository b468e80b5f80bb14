"""Runs a Python handler: asks the Lambda Runtime API for events, calls the function, sends back what it gives.

Started with the variables that AWS documents (AWS_LAMBDA_RUNTIME_API, _HANDLER, LAMBDA_TASK_ROOT, …); its errors have
the shapes of AWS's own Python runtime.
"""

import decimal
import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback

HERE = os.path.abspath(__file__)
API = "/2018-06-01/runtime"
MAX_RESPONSE_BYTES = 6_291_556
# The bases of a traceback of ours: what lies below them is the function's.
FRAMES_OF_OURS = (HERE, os.path.dirname(os.path.abspath(importlib.__file__)), "<frozen importlib")


class RuntimeApi:
    """One connection that is kept; the long poll for the next event has no time-out."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address)

    def _request(self, method, path, body=None, headers=None):
        self.connection.request(method, API + path, body=body, headers=headers or {})
        response = self.connection.getresponse()
        return response, response.read()

    def next_event(self):
        response, body = self._request("GET", "/invocation/next")
        if response.status != 200:
            raise RuntimeError(f"the Runtime API answered {response.status}: {body!r}")
        return response.headers, body

    def respond(self, request_id, body):
        self._request("POST", f"/invocation/{request_id}/response", body, {"Content-Type": "application/json"})

    def report_error(self, path, error):
        headers = {"Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": error["errorType"]}
        self._request("POST", path, to_json(error), headers)


class CognitoIdentity:
    def __init__(self, values):
        self.cognito_identity_id = values.get("cognitoIdentityId")
        self.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")


class Client:
    def __init__(self, values):
        self.installation_id = values.get("installation_id")
        self.app_title = values.get("app_title")
        self.app_version_name = values.get("app_version_name")
        self.app_version_code = values.get("app_version_code")
        self.app_package_name = values.get("app_package_name")


class ClientContext:
    def __init__(self, values):
        self.custom = values.get("custom")
        self.env = values.get("env")
        self.client = Client(values["client"]) if values.get("client") else None


class LambdaContext:
    """What the handler gets beside the event."""

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        client_context = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = ClientContext(json.loads(client_context)) if client_context else None
        identity = headers.get("Lambda-Runtime-Cognito-Identity")
        self.identity = CognitoIdentity(json.loads(identity) if identity else {})
        self._deadline_ms = int(headers.get("Lambda-Runtime-Deadline-Ms", "0"))

    def get_remaining_time_in_millis(self):
        return max(self._deadline_ms - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))


class FunctionError(Exception):
    """A failure that has its words already."""

    def __init__(self, error_type, message, stack=()):
        super().__init__(message)
        self.shape = {"errorMessage": message, "errorType": error_type, "requestId": "", "stackTrace": list(stack)}


def to_json(value):
    return json.dumps(value, default=encode_other, ensure_ascii=False).encode("utf-8")


def encode_other(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def stack_of(error):
    """The function's frames, each as Python prints it."""
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [frame for frame in frames if not frame.filename.startswith(FRAMES_OF_OURS)]
    return traceback.format_list(theirs)


def error_shape(error):
    if isinstance(error, FunctionError):
        return error.shape
    return {"errorMessage": str(error), "errorType": type(error).__name__, "requestId": "", "stackTrace": stack_of(error)}


def log_error(error):
    """As AWS logs it: type, message and stack in one piece."""
    stack = "".join(error["stackTrace"])
    text = f"[ERROR] {error['errorType']}: {error['errorMessage']}"
    text += f"\nTraceback (most recent call last):\n{stack}" if stack else "\n"
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


class RequestFilter(logging.Filter):
    request_id = ""

    def filter(self, record):
        record.aws_request_id = self.request_id
        return True


def set_up_logging():
    handler = logging.StreamHandler(sys.stdout)
    form = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s"
    formatter = logging.Formatter(form, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    request = RequestFilter()
    handler.addFilter(request)
    logging.getLogger().addHandler(handler)
    return request


def load_handler(name):
    """ "file.function", the file with its folders: "src/orders.handler"."""
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise FunctionError("Runtime.MalformedHandlerName", f"Bad handler '{name}': {error}") from error
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = f"Unable to import module '{module_name}': {error}"
        raise FunctionError("Runtime.ImportModuleError", message, stack_of(error)) from error
    except SyntaxError as error:
        message = f"Syntax error in module '{module_name}': {error}"
        stack = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}\n']
        raise FunctionError("Runtime.UserCodeSyntaxError", message, stack) from error
    try:
        return getattr(module, function_name)
    except AttributeError as error:
        message = f"Handler '{function_name}' missing on module '{module_name}'"
        raise FunctionError("Runtime.HandlerNotFound", message) from error


def call_handler(handler, headers, body):
    """The answer as JSON."""
    try:
        event = json.loads(body)
    except ValueError as error:
        raise FunctionError("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from error
    result = handler(event, LambdaContext(headers))
    try:
        answer = to_json(result)
    except (TypeError, ValueError) as error:
        raise FunctionError("Runtime.MarshalError", f"Unable to marshal response: {error}") from error
    if len(answer) > MAX_RESPONSE_BYTES:
        message = f"Response payload size exceeded maximum allowed payload size ({MAX_RESPONSE_BYTES} bytes)."
        raise FunctionError("Function.ResponseSizeTooLarge", message)
    return answer


def run_one(api, handler, request):
    headers, body = api.next_event()
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    request.request_id = request_id
    os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id", "")
    try:
        answer = call_handler(handler, headers, body)
    except Exception as error:
        shape = error_shape(error)
        shape["requestId"] = request_id
        log_error(shape)
        flush()
        api.report_error(f"/invocation/{request_id}/error", shape)
    else:
        flush()
        api.respond(request_id, answer)


def flush():
    sys.stdout.flush()
    sys.stderr.flush()


def main():
    sys.stdout.reconfigure(line_buffering=True, encoding="utf-8", errors="backslashreplace")
    # The function's modules stand where this file's folder stood.
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    request = set_up_logging()
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        shape = error_shape(error)
        log_error(shape)
        flush()
        api.report_error("/init/error", shape)
        sys.exit(1)
    while True:
        run_one(api, handler, request)


if __name__ == "__main__":
    main()
