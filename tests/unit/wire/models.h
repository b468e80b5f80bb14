#pragma once
// Small models for the tests of this module.

#include "wire/api_model.h"

#include <gtest/gtest.h>

namespace stepwell::wire {

inline std::unique_ptr<ApiModel> load_model(std::string_view text) {
  auto model = ApiModel::load(text);
  EXPECT_TRUE(model) << model.error().message;
  return model ? std::move(*model) : nullptr;
}

inline const ApiModel& machines_model() {
  static const auto model = load_model(R"({
    "service": "machines", "protocol": "json", "targetPrefix": "Machines", "jsonVersion": "1.0", "errorNamespace": "com.example.machines",
    "operations": {
      "Create": {"input": "CreateInput", "output": "CreateOutput", "errors": ["Exists", "Quota"]},
      "Ping": {"errors": []}},
    "shapes": {
      "Arn": {"type": "string", "min": 1, "max": 256},
      "CreateInput": {"type": "structure", "required": ["name"], "members": {"name": "Name", "size": "Size"}},
      "CreateOutput": {"type": "structure", "members": {"arn": "Arn"}},
      "Exists": {"type": "structure", "exception": 400, "members": {"message": "Message"}},
      "Message": {"type": "string"},
      "Name": {"type": "string", "min": 1, "max": 8},
      "Quota": {"type": "structure", "exception": 402, "members": {"message": "Message"}},
      "Size": {"type": "integer", "min": 0, "max": 1000}}})");
  return *model;
}

inline const ApiModel& functions_model() {
  static const auto model = load_model(R"({
    "service": "functions", "protocol": "rest-json",
    "operations": {
      "Delete": {"input": "DeleteRequest", "errors": ["NotFound"], "http": {"method": "DELETE", "uri": "/v1/functions/{Name}", "status": 204}},
      "Get": {"input": "GetRequest", "output": "Function", "errors": ["NotFound"], "http": {"method": "GET", "uri": "/v1/functions/{Name}"}},
      "Invoke": {"input": "InvokeRequest", "output": "InvokeResponse", "errors": ["NotFound", "Throttled"], "http": {"uri": "/v1/functions/{Name}/invocations"}},
      "Put": {"input": "PutRequest", "output": "Function", "errors": [], "http": {"method": "PUT", "uri": "/v1/functions/{Name}", "status": 201}},
      "Replace": {"input": "ReplaceRequest", "output": "ReplaceResponse", "errors": [], "http": {"uri": "/v1/functions/{Name}/replacement"}}},
    "shapes": {
      "Blob": {"type": "blob"},
      "Boolean": {"type": "boolean"},
      "DeleteRequest": {"type": "structure", "required": ["Name"], "members": {"Name": {"shape": "Name", "in": "uri", "as": "Name"}}},
      "Function": {"type": "structure", "members": {"Name": "Name", "Size": "Integer"}},
      "GetRequest": {"type": "structure", "required": ["Name"], "members": {
        "Name": {"shape": "Name", "in": "uri", "as": "Name"}, "Limit": {"shape": "Integer", "in": "query", "as": "limit"},
        "Dry": {"shape": "Boolean", "in": "query", "as": "dry"},
        "Tags": {"shape": "Names", "in": "query", "as": "tag"}}},
      "Integer": {"type": "integer", "max": 100},
      "InvokeRequest": {"type": "structure", "required": ["Name"], "members": {
        "Name": {"shape": "Name", "in": "uri", "as": "Name"}, "Kind": {"shape": "String", "in": "header", "as": "X-Kind"},
        "Payload": {"shape": "Blob", "in": "payload"}}},
      "InvokeResponse": {"type": "structure", "members": {
        "StatusCode": {"shape": "Integer", "in": "status"}, "FunctionError": {"shape": "String", "in": "header", "as": "X-Function-Error"},
        "Payload": {"shape": "Blob", "in": "payload"}}},
      "Name": {"type": "string", "min": 1, "max": 140},
      "Names": {"type": "list", "member": "Name"},
      "NotFound": {"type": "structure", "exception": 404, "members": {"Type": "String", "Message": "String"}},
      "PutRequest": {"type": "structure", "required": ["Name"], "members": {
        "Name": {"shape": "Name", "in": "uri", "as": "Name"}, "Size": "Integer", "Token": {"shape": "String", "in": "query", "as": "token"}}},
      "ReplaceRequest": {"type": "structure", "required": ["Name"], "members": {
        "Name": {"shape": "Name", "in": "uri", "as": "Name"}, "Function": {"shape": "Function", "in": "payload"}}},
      "ReplaceResponse": {"type": "structure", "members": {"Function": {"shape": "Function", "in": "payload"}}},
      "String": {"type": "string"},
      "Throttled": {"type": "structure", "exception": 429, "members": {"Type": "String", "message": "String"}}}})");
  return *model;
}

}  // namespace stepwell::wire
