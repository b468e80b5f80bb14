#include "services/states/trace_header.h"

#include <algorithm>

namespace stepwell::states {
namespace {

// The text in lower case; empty where it is not `digits` hexadecimal digits, or all zero, which is no id.
std::string id(std::string_view text, std::size_t digits) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
  const bool hexadecimal = lower.find_first_not_of("0123456789abcdef") == std::string::npos;
  const bool zero = lower.find_first_not_of('0') == std::string::npos;
  return lower.size() == digits && hexadecimal && !zero ? lower : std::string();
}

}  // namespace

std::optional<TraceHeader> TraceHeader::parse(std::string_view text) {
  TraceHeader header;
  while (!text.empty()) {
    std::string_view field = text.substr(0, text.find(';'));
    text.remove_prefix(std::min(field.size() + 1, text.size()));
    while (field.starts_with(' ')) field.remove_prefix(1);
    if (field.starts_with("Root=1-") && field.size() == 40 && field[15] == '-') {
      header.trace = id(std::string(field.substr(7, 8)).append(field.substr(16)), 32);
    } else if (field.starts_with("Parent=")) {
      header.parent = id(field.substr(7), 16);
    } else if (field.starts_with("Sampled=")) {
      header.sampled = field != "Sampled=0";
    }
  }
  return header.trace.empty() ? std::nullopt : std::optional(std::move(header));
}

}  // namespace stepwell::states
