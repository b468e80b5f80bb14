#include "lang/event_pattern/texts.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

namespace stepwell::event_pattern {
namespace {

std::unexpected<std::string> refuse(std::string reason) { return std::unexpected(std::move(reason)); }

// The most prefixes of the piece that end at the same place of a text.
std::size_t overlap(std::string_view piece) {
  std::vector<std::size_t> border(piece.size() + 1, 0), depth(piece.size() + 1, 0);
  std::size_t most = 0;
  for (std::size_t end = 1; end <= piece.size(); ++end) {
    std::size_t length = end == 1 ? 0 : border[end - 1];
    while (end > 1 && length > 0 && piece[length] != piece[end - 1]) length = border[length];
    if (end > 1 && piece[length] == piece[end - 1]) ++length;
    border[end] = length;
    depth[end] = depth[length] + 1;
    most = std::max(most, depth[end]);
  }
  return most;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Matcher exact_text(std::string_view text) {
  Matcher matcher{.operation = Operator::text, .text = std::string(text)};
  if (const auto address = policy::read_address(text)) matcher.range = policy::AddressRange{.first = *address};
  return matcher;
}

std::expected<Matcher, std::string> cidr(std::string_view text) {
  while (text.ends_with('/')) text.remove_suffix(1);
  if (std::ranges::count(text, '/') != 1) return refuse("Malformed CIDR, one '/' required");
  const std::size_t slash = text.find('/');
  const std::string_view address = text.substr(0, slash);
  const std::string_view mask = text.substr(slash + 1);
  const bool negative = mask.starts_with('-') && is_number(mask.substr(1));
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(mask.data(), mask.data() + mask.size(), bits);
  if (!negative && (!is_number(mask) || error != std::errc{} || end != mask.data() + mask.size())) {
    return refuse("Malformed CIDR, mask bits must be an integer");
  }
  if (negative) return refuse("Malformed CIDR, mask bits must not be negative");
  if (!policy::read_address(address)) return refuse(fmt::format("Nonstandard IP address: {}", address));
  const bool version6 = address.contains(':');
  if (bits > (version6 ? 127U : 31U)) {
    return refuse(version6 ? "IPv6 mask bits must be < 128" : "IPv4 mask bits must be < 32");
  }
  return Matcher{.operation = Operator::cidr, .text = std::string(address), .range = policy::read_address_range(text)};
}

std::expected<Matcher, std::string> wildcard(std::string_view text) {
  Matcher matcher{.operation = Operator::wildcard, .text = std::string(text)};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '*') {
      if (text.substr(i + 1).starts_with('*')) {
        return refuse(fmt::format("Consecutive wildcard characters at pos {}", i + 1));
      }
      matcher.glob.add_pattern("*");
    } else if (text[i] == '\\') {
      if (i + 1 == text.size() || (text[i + 1] != '*' && text[i + 1] != '\\')) {
        return refuse(fmt::format("Invalid escape character at pos {}", i + 1));
      }
      matcher.glob.add_literal(text.substr(++i, 1));
    } else {
      matcher.glob.add_literal(text.substr(i, 1));
    }
  }
  return matcher;
}

std::size_t wildcard_complexity(std::string_view text) {
  std::size_t complexity = 0;
  std::string piece;
  bool behind_star = false;
  const auto close = [&] {
    if (behind_star) complexity += overlap(piece);
    piece.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '*') {
      close();
      ++complexity;
      behind_star = true;
    } else {
      if (text[i] == '\\') ++i;
      piece += text[i];
    }
  }
  close();
  return complexity;
}

}  // namespace stepwell::event_pattern
