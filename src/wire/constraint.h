#pragma once
// The constraints that a shape lays on one value, and AWS's sentences about them.
//
// AWS counts the length of a string in characters, of a list or map in elements. Numbers of the types float and double,
// and the limits on them, print as Java prints a double.

#include "lang/json/value.h"
#include "wire/api_model.h"

#include <string>
#include <vector>

namespace stepwell::wire {

// What `value`, which has the type of `shape`, violates: "Member must have length less than or equal to 80". Looks at
// the value itself, not at its elements or members.
std::vector<std::string> violations(const Shape& shape, const json::Value& value);

// Every constraint of `shape`, as AWS lists them where an element of a list or map violates any of them.
std::string all_constraints(const Shape& shape);

// The value as AWS repeats it: a Java object's text, as in [Route(arn=a, weight=50), Route(arn=b, weight=null)].
// Nothing sensitive is in it.
std::string java_text(const Shape& shape, const json::Value& value);

}  // namespace stepwell::wire
