#include "lang/policy/address.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace stepwell::policy {
namespace {

constexpr unsigned mapped_bits = 96;

template <typename Number>
bool read_whole(std::string_view text, Number& value, int base = 10) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  return error == std::errc{} && end == text.data() + text.size();
}

std::optional<Address> read_version4(std::string_view text) {
  Address address{};
  address[10] = address[11] = 0xFF;
  for (std::size_t i = 12; i < address.size(); ++i) {
    const std::size_t dot = i + 1 < address.size() ? text.find('.') : text.size();
    if (dot == std::string_view::npos || dot > 3 || !read_whole(text.substr(0, dot), address[i])) return std::nullopt;
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return text.empty() ? std::optional(address) : std::nullopt;
}

// The groups on one side of "::", the last of which may be an address of version 4.
std::optional<std::vector<std::uint8_t>> read_groups(std::string_view text) {
  std::vector<std::uint8_t> bytes;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (colon == std::string_view::npos && group.contains('.')) {
      const auto tail = read_version4(group);
      if (!tail) return std::nullopt;
      bytes.insert(bytes.end(), tail->begin() + 12, tail->end());
      break;
    }
    std::uint16_t value = 0;
    if (group.size() > 4 || !read_whole(group, value, 16) || bytes.size() > 14) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(value >> 8U));
    bytes.push_back(static_cast<std::uint8_t>(value & 0xFFU));
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;
  }
  return bytes;
}

std::optional<Address> read_version6(std::string_view text) {
  const std::size_t gap = text.find("::");
  const auto before = read_groups(text.substr(0, gap));
  const auto after = read_groups(gap == std::string_view::npos ? std::string_view{} : text.substr(gap + 2));
  Address address{};
  if (!before || !after) return std::nullopt;
  const std::size_t count = before->size() + after->size();
  if (gap == std::string_view::npos ? count != address.size() : count > address.size() - 2) return std::nullopt;
  std::ranges::copy(*before, address.begin());
  std::ranges::copy_backward(*after, address.end());
  return address;
}

}  // namespace

std::optional<Address> read_address(std::string_view text) {
  return text.contains(':') ? read_version6(text) : read_version4(text);
}

std::optional<AddressRange> read_address_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto first = read_address(text.substr(0, slash));
  if (!first) return std::nullopt;
  AddressRange range{.first = *first};
  if (slash == std::string_view::npos) return range;
  const unsigned skipped = text.substr(0, slash).contains(':') ? 0 : mapped_bits;
  unsigned bits = 0;
  if (!read_whole(text.substr(slash + 1), bits) || bits > 128 - skipped) return std::nullopt;
  range.bits = bits + skipped;
  return range;
}

bool contains(const AddressRange& range, const Address& address) {
  for (unsigned bit = 0; bit < range.bits; bit += 8) {
    const unsigned left = range.bits - bit;
    const auto mask = static_cast<std::uint8_t>(left >= 8 ? 0xFFU : 0xFFU << (8 - left));
    if (((range.first[bit / 8] ^ address[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

}  // namespace stepwell::policy
