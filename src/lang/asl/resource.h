#pragma once
// The Resource of a Task state, taken apart (spec §4).

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::asl {

// The order is part of the on-disk format.
enum class Pattern : std::uint8_t {
  request_response,
  sync,                 // .sync: until the job is done
  sync2,                // .sync:2: the same, output as JSON
  wait_for_task_token,  // until somebody answers with the token
};

struct Resource {
  enum class Kind : std::uint8_t {
    activity,     // arn:aws:states:<region>:<account>:activity:<name>
    lambda,       // arn:aws:lambda:<region>:<account>:function:<name>[:<qualifier>]
    integration,  // arn:aws:states:::<service>:<action>[.sync|.sync:2|.waitForTaskToken]
  };
  Kind kind = Kind::integration;
  std::string arn;      // as written
  std::string service;  // "lambda", "aws-sdk:dynamodb"; as events show it in resourceType
  std::string action;   // "invoke", "startExecution"
  Pattern pattern = Pattern::request_response;

  // "startExecution.sync:2": the action with its pattern, as events show it in resource.
  std::string action_and_pattern() const;
};

// nullopt: not a form that the language knows.
std::optional<Resource> parse_resource(std::string_view arn);

}  // namespace stepwell::asl
