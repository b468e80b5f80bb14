#pragma once
// One run of a function, and how it ended.

#include <string>
#include <string_view>

namespace stepwell::lambda {

struct Invocation {
  std::string request_id;
  std::string function_arn;    // as it was named, with its qualifier
  std::string payload;         // JSON
  std::string client_context;  // JSON on one line; empty: none
  std::string trace_id;        // "Root=1-…;Parent=…;Sampled=0"
};

struct Outcome {
  enum class Kind { success, function_error };
  Kind kind = Kind::success;
  std::string payload;  // what the function gave, or its error in Lambda's shape
  std::string log;      // the last 4 KB of START, output, END and REPORT
};

// {"errorType":…,"errorMessage":"RequestId: … Error: …"}: an error that the platform tells in the function's place.
std::string platform_error(std::string_view type, std::string_view request_id, std::string_view message);

}  // namespace stepwell::lambda
