#pragma once
// The shapes of one service's API as data: operations with their HTTP binding, and for every type what is required, its
// limits and patterns. Each service keeps them in `services/<s>/api.json` (facts of AWS's public service model, without
// its prose), embedded into the program. Of an embedded model only the head, all that stands before the operations, is
// read at the start; the rest when it is first asked for.
//
//   { "service": "states", "protocol": "json" | "rest-json" | "query",
//     "targetPrefix": "AWSStepFunctions", "jsonVersion": "1.0",                                           (json)
//     "apiVersion": "2010-05-08", "xmlNamespace": "https://iam.amazonaws.com/doc/2010-05-08/",           (query)
//     "olderProtocol": "query", "pathMember": "QueueUrl", "missingError": "MissingParameter",            (json)
//     "errorNamespace": "com.amazonaws.swf.service.v2.model", "validationError": "InvalidParameterException",
//     "operations": {
//       "Start": {"input": "StartInput", "output": "StartOutput", "errors": ["InvalidArn", …],
//                 "http": {"method": "POST", "uri": "/", "status": 200}, "hostPrefix": "sync-"} },
//     "shapes": {
//       "L": {"type": "list", "member": "X", "min": 1, "flattened": true, "memberName": "Item"},
//       "M": {"type": "map", "key": "K", "value": "V", "flattened": true, "keyName": "Name", "valueName": "Value"},
//       "NoSuchEntityException": {"type": "structure", "exception": 404, "code": "NoSuchEntity", "members": {…}},
//       "Name": {"type": "string", "min": 1, "max": 80, "unit": "bytes", "pattern": "…", "enum": […],
//                "sensitive": true},
//       "X": {"type": "structure", "exception": 400, "required": ["a"], "members": {
//               "a": "Name", "b": {"shape": "Name", "in": "uri|query|header|payload|status", "as": "…"}}} } }
//
// Operations and shapes stand in order of their names, one to a line; all but "input", "type" and what a type needs may
// be absent ("unit": characters, "http": POST / 200).
//
// A service that has changed its protocol speaks the older one too, for clients that know no other: each request is
// answered as it was made. An error in JSON names its code in the query protocol, where that is the older one, in the
// header x-amzn-query-error.
//
// "missingError" is the exception for a required member that is absent, where a service has one of its own for that.
//
// What only the query protocol reads: "pathMember" is the member of inputs that the path of a request stands for; a
// body member's "as" is its name in the form and the answer; a list or map that is "flattened" has its elements in its
// own place, where else they stand below "member" or "entry"; "memberName", "keyName" and "valueName" are the elements'
// names where they are not member, key and value; "code" is an exception's name on the wire where that is not its
// shape's. The program itself knows an exception by its shape's name. An operation without "output" answers no result.

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
  std::string location_name;  // name in the URI, query or header; in forms and XML
};

struct Shape {
  std::string name;
  ShapeType type = ShapeType::structure;
  std::optional<std::int64_t> min;  // length, size or value
  std::optional<std::int64_t> max;
  LengthUnit unit = LengthUnit::characters;
  std::string pattern;                       // as AWS prints it; empty: none
  std::unique_ptr<PatternOnDemand> matcher;  // what `pattern` means; none where every text satisfies it
  std::vector<std::string> values;           // enum, in AWS's order; empty: none
  std::vector<ShapeMember> members;          // of a structure
  const Shape* key = nullptr;                // of a map
  const Shape* element = nullptr;            // of a list or map
  bool sensitive = false;                    // never logged or echoed
  int exception_status = 0;                  // HTTP status of an exception; 0: this is none
  std::string code;                          // of an exception in the query protocol; empty: its name
  bool flattened = false;                    // list or map in forms and XML: its elements stand in its own place
  std::string element_name;          // of a list there; empty: member, or the list's own name where it is flattened
  std::string key_name = "key";      // of a map there
  std::string value_name = "value";  // likewise

  bool is_scalar() const { return type != ShapeType::structure && type != ShapeType::list && type != ShapeType::map; }
  const ShapeMember* member(std::string_view member_name) const;
};

struct OperationModel {
  std::string name;
  const Shape* input = nullptr;   // a structure; never null
  const Shape* output = nullptr;  // likewise
  bool has_output = false;        // whether the model gives one
  std::vector<std::string> errors;
  std::string method = "POST";
  std::string uri = "/";  // template: /2015-03-31/functions/{FunctionName}/invocations
  int status = 200;
  std::string host_prefix;  // AWS's own endpoints serve the operation at this prefix of their host name; mostly empty
};

enum class Protocol : std::uint8_t { aws_json, rest_json, aws_query };

// What stands before the operations.
struct ModelHead {
  std::string service;  // signing name: "states", "lambda"
  Protocol protocol = Protocol::aws_json;
  std::optional<Protocol> older_protocol;
  std::string path_member;  // of the input, that the path of a request stands for; empty: none
  std::string target_prefix;
  std::string json_version;      // "1.0", "1.1"
  std::string api_version;       // "2010-05-08"
  std::string xml_namespace;     // of answers in XML
  std::string error_namespace;   // of the exceptions' names on the wire
  std::string validation_error;  // what violations are called
  std::string missing_error;     // what a required member's absence is called; empty: it is a violation like others
};

struct ModelContent {
  std::vector<OperationModel> operations;  // in order of their names
  std::unordered_map<std::string, std::unique_ptr<Shape>> shapes;
  std::unordered_map<std::string, const Shape*> exceptions_by_code;
  const Shape* shape(std::string_view name) const;
};

class ApiModel {
 public:
  // `text` is an api.json; error when it is not consistent.
  static Result<std::unique_ptr<ApiModel>> load(std::string_view text);
  // The same for one that is part of the program, and there as long as that: it is consistent, as the tests see to.
  static std::unique_ptr<const ApiModel> load_embedded(std::string_view text);

  const std::string& service() const { return head_.service; }
  Protocol protocol() const { return head_.protocol; }
  std::optional<Protocol> older_protocol() const { return head_.older_protocol; }
  bool speaks(Protocol protocol) const { return protocol == head_.protocol || protocol == head_.older_protocol; }
  const std::string& path_member() const { return head_.path_member; }  // empty: paths stand for nothing
  const std::string& target_prefix() const { return head_.target_prefix; }
  const std::string& json_version() const { return head_.json_version; }
  const std::string& api_version() const { return head_.api_version; }
  const std::string& xml_namespace() const { return head_.xml_namespace; }
  const std::string& error_namespace() const { return head_.error_namespace; }
  const std::string& validation_error() const { return head_.validation_error; }
  const std::string& missing_error() const { return head_.missing_error; }  // empty: it is a violation like others
  const std::vector<OperationModel>& operations() const { return content().operations; }
  const OperationModel* operation(std::string_view name) const;
  const Shape* shape(std::string_view name) const { return content().shape(name); }
  // The exception that goes by this name or code, or nullptr.
  const Shape* exception(std::string_view name_or_code) const;
  const std::unordered_map<std::string, std::unique_ptr<Shape>>& shapes() const { return content().shapes; }

 private:
  explicit ApiModel(ModelHead head) : head_(std::move(head)) {}
  const ModelContent& content() const { return content_ != nullptr ? *content_ : read_embedded(); }
  const ModelContent& read_embedded() const;

  ModelHead head_;
  std::string_view embedded_;  // the text whose content is read when it is first asked for
  mutable std::unique_ptr<const ModelContent> content_;
};

}  // namespace stepwell::wire
