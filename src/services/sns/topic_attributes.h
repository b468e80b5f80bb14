#pragma once
// The attributes of topics: which there are, what they may be, and how they are shown.

#include "base/error.h"
#include "lang/json/value.h"
#include "services/sns/channels.h"

#include <string_view>

namespace stepwell::sns {

// Whether the attribute may have that value. `made` is a topic that is being made, whose errors AWS words otherwise.
// Error InvalidParameterException.
Result<void> check_topic_attribute(const Topic& topic, std::string_view name, std::string_view value, bool made);

// What GetTopicAttributes shows.
json::Value show_topic_attributes(json::Arena& arena, const Channel& channel);

}  // namespace stepwell::sns
