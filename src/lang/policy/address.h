#pragma once
// Internet addresses of version 4 and 6, and ranges of them: 203.0.113.0/24, 2001:db8::/32.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace stepwell::policy {

// Of version 6; one of version 4 is mapped into it (::ffff:a.b.c.d), so that both are compared alike.
using Address = std::array<std::uint8_t, 16>;

struct AddressRange {
  Address first{};
  unsigned bits = 128;  // that an address has in common with the first
};

std::optional<Address> read_address(std::string_view text);
// One address, or one with /bits behind it.
std::optional<AddressRange> read_address_range(std::string_view text);
bool contains(const AddressRange& range, const Address& address);

}  // namespace stepwell::policy
