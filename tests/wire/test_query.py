"""The texts that the query protocol's unit tests are held to are those that botocore writes and reads."""

import base64
import datetime
import json
import pathlib
import unittest
import urllib.parse

import botocore.model
import botocore.parsers
import botocore.serialize
import botocore.session

SUPPORT = pathlib.Path(__file__).resolve().parents[1] / "support"
NAMES = {"memberName": "member", "keyName": "key", "valueName": "value"}


def botocore_shape(shape: dict) -> dict:
    made = {key: value for key, value in shape.items() if key not in (*NAMES, *NAMES.values(), "members", "exception", "code")}
    for name, part in NAMES.items():
        if part in shape:
            made[part] = {"shape": shape[part]} | ({"locationName": shape[name]} if name in shape else {})
    if "members" in shape:
        made["members"] = {
            name: {"shape": member} if isinstance(member, str) else {"shape": member["shape"], "locationName": member["as"]}
            for name, member in shape["members"].items()
        }
    if "exception" in shape:
        made |= {"exception": True, "error": {"code": shape["code"], "httpStatusCode": shape["exception"]}}
    return made


def botocore_model(model: dict) -> botocore.model.ServiceModel:
    operations = {}
    for name, operation in model["operations"].items():
        operations[name] = {"name": name, "http": {"method": "POST", "requestUri": "/"}, "input": {"shape": operation["input"]}}
        operations[name]["errors"] = [{"shape": error} for error in operation["errors"]]
        if "output" in operation:
            operations[name]["output"] = {"shape": operation["output"], "resultWrapper": f"{name}Result"}
    metadata = {key: model[key] for key in ("apiVersion", "xmlNamespace", "protocol")} | {"endpointPrefix": model["service"]}
    shapes = {name: botocore_shape(shape) for name, shape in model["shapes"].items()}
    return botocore.model.ServiceModel({"metadata": metadata, "operations": operations, "shapes": shapes}, model["service"])


def as_botocore_takes(shape: botocore.model.Shape, value):
    if shape.type_name == "structure":
        return {name: as_botocore_takes(shape.members[name], member) for name, member in value.items()}
    if shape.type_name == "list":
        return [as_botocore_takes(shape.member, element) for element in value]
    if shape.type_name == "map":
        return {key: as_botocore_takes(shape.value, element) for key, element in value.items()}
    if shape.type_name == "blob":
        return base64.b64decode(value)
    if shape.type_name == "timestamp":
        return datetime.datetime.fromtimestamp(value, datetime.timezone.utc)
    return value


class QueryTexts(unittest.TestCase):
    def setUp(self):
        self.cases = json.loads((SUPPORT / "query_texts.json").read_text())
        self.model = botocore_model(json.loads((SUPPORT / "query_model.json").read_text()))

    def test_requests_are_those_of_botocore(self):
        serializer = botocore.serialize.create_serializer("query", include_validation=False)
        for case in self.cases:
            with self.subTest(case["form"]):
                operation = self.model.operation_model(case["operation"])
                parameters = as_botocore_takes(operation.input_shape, case["input"])
                written = serializer.serialize_to_request(parameters, operation)["body"]
                form = dict(urllib.parse.parse_qsl(case["form"], keep_blank_values=True))
                self.assertEqual({name: str(value) for name, value in written.items()}, form)

    def test_answers_are_read_by_botocore(self):
        parser = botocore.parsers.create_parser("query")
        for case in self.cases:
            with self.subTest(case["answer"]):
                shape = self.model.operation_model(case["operation"]).output_shape
                response = {"status_code": 200, "headers": {}, "body": case["answer"].encode(), "context": {}}
                read = parser.parse(response, shape)
                self.assertEqual(read.pop("ResponseMetadata")["RequestId"], "r1")
                self.assertEqual(read, as_botocore_takes(shape, case["output"]) if shape else {})

    def test_errors_are_read_by_botocore(self):
        parser = botocore.parsers.create_parser("query")
        body = (
            '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code>'
            "<Message>The role &lt;r&gt; is not there.</Message></Error><RequestId>r1</RequestId></ErrorResponse>"
        )
        response = {"status_code": 404, "headers": {}, "body": body.encode(), "context": {}}
        read = parser.parse(response, None)
        self.assertEqual(read["Error"], {"Type": "Sender", "Code": "NoSuchEntity", "Message": "The role <r> is not there."})
        self.assertEqual(read["ResponseMetadata"]["RequestId"], "r1")

    def test_what_resembles_iam_is_as_in_iam(self):
        """The operations that have IAM's names have the form that IAM's own model gives them."""
        data = botocore.session.get_session().get_component("data_loader").load_service_model("iam", "service-2")
        iam = botocore.model.ServiceModel(data, "iam")
        serializer = botocore.serialize.create_serializer("query", include_validation=False)
        parser = botocore.parsers.create_parser("query")
        compared = 0
        for case in self.cases:
            if case["operation"] not in iam.operation_names:
                continue
            ours, theirs = self.model.operation_model(case["operation"]), iam.operation_model(case["operation"])
            known = {name: value for name, value in case["input"].items() if name in theirs.input_shape.members}
            with self.subTest(case["form"]):
                written = [serializer.serialize_to_request(known, operation)["body"] for operation in (ours, theirs)]
                self.assertEqual(written[0], written[1])
                response = {"status_code": 200, "headers": {}, "body": case["answer"].encode(), "context": {}}
                read = [parser.parse(response, operation.output_shape) for operation in (ours, theirs)]
                self.assertEqual({**read[0], "Context": None}, {**read[1], "Context": None})
                compared += 1
        self.assertGreaterEqual(compared, 4)


if __name__ == "__main__":
    unittest.main()
