#pragma once
// Tags of state machines and activities (spec §2): at most 50 of each, kept in their record as the JSON that
// ListTagsForResource shows, in the order in which they came.

#include "base/error.h"
#include "lang/json/value.h"

#include <string>
#include <string_view>

namespace stepwell::states {

inline constexpr std::string_view no_tags = "[]";

// `kept` and these tags; a key that is there gets its new value. Errors TooManyTags, which names the resource, and
// ValidationException.
Result<std::string> with_tags(std::string_view kept, const json::Value* tags, std::string_view arn);
// `kept` without those keys. What is not there is not missed.
std::string without_tags(std::string_view kept, const json::Value& keys);

}  // namespace stepwell::states
