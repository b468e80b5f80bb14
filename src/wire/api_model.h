#pragma once
// The shapes of one service's API as data: operations with their HTTP binding, and for every type what is required, its
// limits and patterns. Each service keeps them in `services/<s>/api.json` (facts of AWS's public service model, without
// its prose), embedded into the program and read once at start.
//
//   { "service": "states", "protocol": "json" | "rest-json", "targetPrefix": "AWSStepFunctions", "jsonVersion": "1.0",
//     "errorNamespace": "com.amazonaws.swf.service.v2.model", "validationError": "InvalidParameterException",
//     "operations": {
//       "Start": {"input": "StartInput", "output": "StartOutput", "errors": ["InvalidArn", …],
//                 "http": {"method": "POST", "uri": "/", "status": 200}, "hostPrefix": "sync-"} },
//     "shapes": {
//       "L": {"type": "list", "member": "X", "min": 1},
//       "M": {"type": "map", "key": "K", "value": "V"},
//       "Name": {"type": "string", "min": 1, "max": 80, "unit": "bytes", "pattern": "…", "enum": […],
//                "sensitive": true},
//       "X": {"type": "structure", "exception": 400, "required": ["a"], "members": {
//               "a": "Name", "b": {"shape": "Name", "in": "uri|query|header|payload|status", "as": "…"}}} } }
//
// Operations and shapes stand in order of their names, one to a line; all but "input", "type" and what a type needs may
// be absent ("unit": characters, "http": POST / 200).

#include "base/error.h"
#include "wire/pattern.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::wire {

enum class ShapeType : std::uint8_t {
  structure,
  list,
  map,
  string,
  boolean,
  integer,
  long_integer,
  float_number,
  double_number,
  timestamp,
  blob,
  document
};
// Where a member of an input or output travels (REST protocols); `body` everywhere else.
enum class Location : std::uint8_t { body, uri, query, header, payload, status };
// What the length of a string is counted in.
enum class LengthUnit : std::uint8_t { characters, utf8_bytes };

struct Shape;

struct ShapeMember {
  std::string name;
  const Shape* shape = nullptr;
  bool required = false;
  Location location = Location::body;
  std::string location_name;  // name in the URI, query or header
};

struct Shape {
  std::string name;
  ShapeType type = ShapeType::structure;
  std::optional<std::int64_t> min;  // length, size or value
  std::optional<std::int64_t> max;
  LengthUnit unit = LengthUnit::characters;
  std::string pattern;               // as AWS prints it; empty: none
  std::optional<Pattern> matcher;    // what `pattern` means; none where every text satisfies it
  std::vector<std::string> values;   // enum, in AWS's order; empty: none
  std::vector<ShapeMember> members;  // of a structure
  const Shape* key = nullptr;        // of a map
  const Shape* element = nullptr;    // of a list or map
  bool sensitive = false;            // never logged or echoed
  int exception_status = 0;          // HTTP status of an exception; 0: this is none

  bool is_scalar() const { return type != ShapeType::structure && type != ShapeType::list && type != ShapeType::map; }
  const ShapeMember* member(std::string_view member_name) const;
};

struct OperationModel {
  std::string name;
  const Shape* input = nullptr;   // a structure; never null
  const Shape* output = nullptr;  // likewise
  std::vector<std::string> errors;
  std::string method = "POST";
  std::string uri = "/";  // template: /2015-03-31/functions/{FunctionName}/invocations
  int status = 200;
  std::string host_prefix;  // AWS's own endpoints serve the operation at this prefix of their host name; mostly empty
};

enum class Protocol : std::uint8_t { aws_json, rest_json };

class ApiModel {
 public:
  // `text` is an api.json; error when it is not consistent.
  static Result<std::unique_ptr<ApiModel>> load(std::string_view text);
  // The same for one that is part of the program, whose consistency is checked like any other of its code.
  static std::unique_ptr<const ApiModel> load_embedded(std::string_view text);

  const std::string& service() const { return service_; }  // signing name: "states", "lambda"
  Protocol protocol() const { return protocol_; }
  const std::string& target_prefix() const { return target_prefix_; }
  const std::string& json_version() const { return json_version_; }              // "1.0", "1.1"
  const std::string& error_namespace() const { return error_namespace_; }        // of the exceptions' names on the wire
  const std::string& validation_error() const { return validation_error_; }      // what violations are called
  const std::vector<OperationModel>& operations() const { return operations_; }  // in order of their names
  const OperationModel* operation(std::string_view name) const;
  const Shape* shape(std::string_view name) const;
  const std::unordered_map<std::string, std::unique_ptr<Shape>>& shapes() const { return shapes_; }

 private:
  friend class ApiModelReader;
  std::string service_, target_prefix_, json_version_ = "1.0", error_namespace_, validation_error_;
  Protocol protocol_ = Protocol::aws_json;
  std::vector<OperationModel> operations_;
  std::unordered_map<std::string, std::unique_ptr<Shape>> shapes_;
};

}  // namespace stepwell::wire
