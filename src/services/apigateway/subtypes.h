#pragma once
// What integrations with AWS services can call (API Gateway: "Integration subtype reference"): StepFunctions-
// StartExecution, SQS-SendMessage, … and the parameters that each takes.

#include <span>
#include <string_view>

namespace stepwell::apigateway {

struct SubtypeParameter {
  std::string_view name;
  std::string_view member;  // of the operation's input; of an entry of PutEvents; empty: the region of the call
  bool required = false;
};

struct Subtype {
  std::string_view name;
  std::string_view service;  // empty: not built
  std::string_view operation;
  std::span<const SubtypeParameter> parameters;

  const SubtypeParameter* parameter(std::string_view parameter_name) const;
};

// nullptr: there is none of that name.
const Subtype* find_subtype(std::string_view name);

}  // namespace stepwell::apigateway
