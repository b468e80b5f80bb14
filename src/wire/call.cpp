#include "wire/call.h"

#include <array>
#include <charconv>

namespace stepwell::wire {

const json::Value* Call::member(std::string_view name) const {
  const json::Value* value = input.find(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

bool Call::has(std::string_view name) const { return member(name) != nullptr; }

std::string_view Call::text(std::string_view name) const { return optional_text(name).value_or(std::string_view{}); }

std::optional<std::string_view> Call::optional_text(std::string_view name) const {
  const json::Value* value = member(name);
  return value == nullptr ? std::nullopt : std::optional(value->as_string());
}

std::optional<std::int64_t> Call::integer(std::string_view name) const {
  const json::Value* value = member(name);
  return value == nullptr ? std::nullopt : value->as_integer();
}

bool Call::flag(std::string_view name) const {
  const json::Value* value = member(name);
  return value != nullptr && value->as_boolean();
}

json::Value epoch_seconds(json::Arena& arena, std::int64_t milliseconds) {
  const std::uint64_t size =
      milliseconds < 0 ? 0 - static_cast<std::uint64_t>(milliseconds) : static_cast<std::uint64_t>(milliseconds);
  // Most answers hold several: a format string would take a fiftieth of a small request's time.
  std::array<char, 24> text;
  char* end = text.data();
  if (milliseconds < 0) *end++ = '-';
  end = std::to_chars(end, text.data() + text.size(), size / 1000).ptr;
  *end++ = '.';
  for (const std::uint64_t unit : {100, 10, 1}) *end++ = static_cast<char>('0' + size / unit % 10);
  return json::Value::number(arena.copy({text.data(), end}));
}

}  // namespace stepwell::wire
