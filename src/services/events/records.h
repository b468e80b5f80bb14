#pragma once
// Keys and values of EventBridge's tables. A value is a version and a JSON document (documents.h).

#include "services/events/place.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::events {

std::string encode(std::string_view document);
std::optional<std::string> decode(std::string_view value);

std::optional<Place> decode_place(std::string_view key);
std::optional<RulePlace> decode_rule_place(std::string_view key);

}  // namespace stepwell::events
