#include "java.h"

#include <bit>
#include <map>

#include <fmt/format.h>

namespace stepwell::differential::java {

namespace {

bool is_double(std::string_view lexeme) { return lexeme.find_first_of(".eE") != lexeme.npos; }

// Double.toString where it needs no exponent.
std::string double_text(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find('.') == text.npos) text += ".0";
  return text;
}

}  // namespace

std::uint32_t hash(std::string_view text) {
  std::uint32_t value = 0;
  for (const char c : text) value = value * 31 + static_cast<unsigned char>(c);
  return value;
}

std::vector<std::size_t> hash_map_order(const std::vector<std::string>& keys,
                                        const std::function<std::string(const std::string&)>& key_of) {
  std::size_t capacity = 16;
  while (static_cast<double>(keys.size()) > static_cast<double>(capacity) * 0.75) capacity *= 2;
  std::multimap<std::size_t, std::size_t> table;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::uint32_t value = hash(key_of(keys[i]));
    table.emplace((value ^ (value >> 16U)) & (capacity - 1), i);
  }
  std::vector<std::size_t> order;
  for (const auto& [bucket, i] : table) order.push_back(i);
  return order;
}

std::string text(const json::Value& value) {
  switch (value.kind()) {
    case json::Kind::null: return "null";
    case json::Kind::boolean: return value.as_boolean() ? "true" : "false";
    case json::Kind::number:
      return is_double(value.lexeme()) ? double_text(value.as_double()) : std::string(value.lexeme());
    case json::Kind::string: return std::string(value.as_string());
    case json::Kind::array: {
      std::vector<std::string> parts;
      for (const json::Value& element : value.elements()) parts.push_back(text(element));
      return fmt::format("[{}]", fmt::join(parts, ", "));
    }
    case json::Kind::object: {
      std::vector<std::string> parts;
      for (const json::Member& member : value.members()) {
        parts.push_back(fmt::format("{}={}", member.key, text(member.value)));
      }
      return fmt::format("{{{}}}", fmt::join(parts, ", "));
    }
  }
  return {};
}

std::uint32_t hash(const json::Value& value) {
  switch (value.kind()) {
    case json::Kind::null: return 0;
    case json::Kind::boolean: return value.as_boolean() ? 1231 : 1237;
    case json::Kind::number: {
      if (!is_double(value.lexeme())) return static_cast<std::uint32_t>(value.as_integer().value_or(0));
      const auto bits = std::bit_cast<std::uint64_t>(value.as_double());
      return static_cast<std::uint32_t>(bits ^ (bits >> 32U));
    }
    case json::Kind::string: return hash(value.as_string());
    case json::Kind::array: {
      std::uint32_t result = 1;
      for (const json::Value& element : value.elements()) result = result * 31 + hash(element);
      return result;
    }
    case json::Kind::object: {
      std::uint32_t result = 0;
      for (const json::Member& member : value.members()) result += hash(member.key) ^ hash(member.value);
      return result;
    }
  }
  return 0;
}

}  // namespace stepwell::differential::java
