#pragma once
// How the members of an object are found. Up to 16 are compared one after the other; more of them are followed in
// memory by a hash table of member numbers (open addressing, at most half full). The hash is SipHash-1-3 keyed with
// addresses, so that no document can be written whose keys collide.

#include "lang/json/value.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace stepwell::json {

inline constexpr std::size_t kLinearMembers = 16;

// One of 64 bits, chosen by what is cheap to see of a key.
constexpr std::uint64_t glance(std::string_view key) {
  if (key.empty()) return 1;
  const auto byte = [key](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(key[at])); };
  return std::uint64_t{1} << ((key.size() * 5 + byte(0) * 7 + byte(key.size() / 2) * 3 + byte(key.size() - 1)) & 63);
}

template <typename M>
M* find_linear(std::span<M> members, std::string_view key) {
  for (M& member : members) {
    if (member.key == key) return &member;
  }
  return nullptr;
}

const Member* find_indexed(std::span<const Member> members, std::string_view key);

// The object of `members`, copied into `arena`. At most 16 of them must be distinct; among more, a key given again
// replaces the value of the first one.
Value make_object(Arena& arena, std::span<const Member> members);

// SipHash-1-3 of `text`.
std::uint64_t sip_hash(std::uint64_t key0, std::uint64_t key1, std::string_view text);

}  // namespace stepwell::json
