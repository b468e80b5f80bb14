#pragma once
// How callers name a function: by name, by partial ARN or by ARN, each with an optional qualifier.
//
//   name   name:$LATEST   123456789012:function:name   us-east-1:123456789012:function:name
//   arn:aws:lambda:us-east-1:123456789012:function:name   …:name:$LATEST

#include "base/error.h"
#include "wire/call.h"

#include <string>
#include <string_view>

namespace stepwell::lambda {

inline constexpr std::string_view latest = "$LATEST";

struct FunctionReference {
  std::string name;
  std::string arn;        // without qualifier
  std::string qualifier;  // empty: none was given

  std::string qualified_arn() const { return qualifier.empty() ? arn : arn + ":" + qualifier; }
};

// `text` has passed the API model's pattern. Missing parts are the caller's. Errors: a region that is not the caller's,
// qualifiers that contradict each other, a name of more than 64 characters.
Result<FunctionReference> read_function(const wire::Caller& caller, std::string_view text,
                                        std::string_view qualifier = {});

// "arn:aws:lambda:<region>:<account>:function:": what the ARNs of a caller's functions begin with.
std::string function_arn_prefix(const wire::Caller& caller);

}  // namespace stepwell::lambda
