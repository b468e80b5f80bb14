#include "lang/event_pattern/refusal.h"

#include "lang/json/parse.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::event_pattern {
namespace {

constexpr std::size_t max_shown = 500;  // characters of the text

std::size_t end_of_text(std::string_view text, std::size_t at) {
  for (++at; text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return at + 1;
}

std::size_t end_of_container(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  do {
    if (text[at] == '"') {
      at = end_of_text(text, at);
      continue;
    }
    if (text[at] == '{' || text[at] == '[') ++depth;
    if (text[at] == '}' || text[at] == ']') --depth;
    ++at;
  } while (depth > 0);
  return at;
}

std::size_t end_of(std::string_view text, std::size_t at, Reach reach) {
  const char first = text[at];
  if (first == '"') return reach == Reach::token ? at + 1 : end_of_text(text, at);
  if (first == '{' || first == '[') return reach == Reach::token ? at + 1 : end_of_container(text, at);
  return std::min(text.find_first_of(",]} \t\r\n", at), text.size());
}

// The text and its closing quotation mark, cut after 500 characters.
std::string shown(std::string_view text) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  std::size_t count = 0, at = 0;
  while (at < text.size() && (!begins(text[at]) || count++ < max_shown)) ++at;
  std::string out = std::string(text.substr(0, at)) + '"';
  if (at < text.size()) out += fmt::format("[truncated {} chars]", std::ranges::count_if(text.substr(at), begins));
  return out;
}

}  // namespace

std::string place_of(const Refusal& refusal, std::string_view text) {
  if (refusal.reach == Reach::nowhere) return {};
  const auto at = json::locate(text, refusal.pointer);
  if (!at) return {};
  const json::Position position = json::position_of(text, end_of(text, *at, refusal.reach));
  const std::string place =
      fmt::format("\n at [Source: (String)\"{}; line: {}, column: {}]", shown(text), position.line, position.column);
  std::string places;
  for (unsigned i = 0; i < refusal.times; ++i) places += place;
  return places;
}

}  // namespace stepwell::event_pattern
