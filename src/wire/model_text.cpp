#include "wire/model_text.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::wire {

std::unexpected<Error> inconsistent(std::string_view where, std::string_view what) {
  return fail(internal_error(fmt::format("API model: {}: {}", where, what)));
}

Result<void> check_keys(const json::Value& object, std::span<const std::string_view> known, std::string_view where) {
  if (!object.is_object()) return inconsistent(where, "is no object");
  for (const json::Member& member : object.members()) {
    if (std::ranges::find(known, member.key) == known.end()) {
      return inconsistent(where, fmt::format("unknown key '{}'", member.key));
    }
  }
  return {};
}

Result<std::string> read_text(const json::Value& object, std::string_view key, std::string_view where,
                              std::string_view otherwise) {
  const json::Value* value = object.find(key);
  if (value == nullptr) return std::string(otherwise);
  if (!value->is_string()) return inconsistent(where, fmt::format("'{}' is no string", key));
  return std::string(value->as_string());
}

Result<std::optional<std::int64_t>> read_integer(const json::Value& object, std::string_view key,
                                                 std::string_view where) {
  const json::Value* value = object.find(key);
  if (value == nullptr) return std::nullopt;
  const auto number = value->is_number() ? value->as_integer() : std::nullopt;
  if (!number) return inconsistent(where, fmt::format("'{}' is no integer", key));
  return number;
}

Result<std::vector<std::string>> read_texts(const json::Value& object, std::string_view key, std::string_view where) {
  std::vector<std::string> texts;
  const json::Value* list = object.find(key);
  if (list == nullptr) return texts;
  if (!list->is_array()) return inconsistent(where, fmt::format("'{}' is no list", key));
  for (const json::Value& text : list->elements()) {
    if (!text.is_string()) return inconsistent(where, fmt::format("'{}' holds no strings", key));
    texts.emplace_back(text.as_string());
  }
  return texts;
}

Result<const json::Value*> read_object(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  if (value == nullptr || !value->is_object()) return inconsistent(key, "is no object");
  return value;
}

Result<void> check_order(const json::Value& object, std::string_view where) {
  const auto members = object.members();
  const auto wrong = std::ranges::adjacent_find(members, std::greater_equal{}, &json::Member::key);
  return wrong == members.end() ? Result<void>{} : inconsistent(where, fmt::format("'{}' is out of order", wrong->key));
}

}  // namespace stepwell::wire
