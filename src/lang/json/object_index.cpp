#include "lang/json/object_index.h"

#include <algorithm>
#include <bit>

namespace stepwell::json {
namespace {

// A member's number + 1; 0 is a free slot.
using Slot = std::uint32_t;

constexpr std::size_t slot_count(std::size_t members) { return std::bit_ceil(members * 2); }

// The key of the hash: where the members lie and where the program lies, both placed at random by the system.
const char kProgramPlace = 0;
std::uint64_t hash_of(const Member* members, std::string_view key) {
  return sip_hash(reinterpret_cast<std::uintptr_t>(members), reinterpret_cast<std::uintptr_t>(&kProgramPlace), key);
}

// The slot that holds `key`, or the free one where it belongs.
template <typename S>
S& probe(const Member* members, std::span<S> slots, std::string_view key) {
  const std::size_t mask = slots.size() - 1;
  std::size_t at = hash_of(members, key) & mask;
  while (slots[at] != 0 && members[slots[at] - 1].key != key) at = (at + 1) & mask;
  return slots[at];
}

// Fills `to` and the slots behind the first `from.size()` of its members; returns how many distinct ones there are.
// `from` may be `to` itself.
std::size_t fill(Member* to, std::span<const Member> from) {
  const std::span<Slot> slots(reinterpret_cast<Slot*>(to + from.size()), slot_count(from.size()));
  std::ranges::fill(slots, Slot{0});
  std::size_t count = 0;
  for (const Member& member : from) {
    Slot& slot = probe(to, slots, member.key);
    if (slot != 0) {
      to[slot - 1].value = member.value;
    } else {
      to[count] = member;
      slot = static_cast<Slot>(++count);
    }
  }
  return count;
}

}  // namespace

const Member* find_indexed(std::span<const Member> members, std::string_view key) {
  const std::span<const Slot> slots(reinterpret_cast<const Slot*>(members.data() + members.size()),
                                    slot_count(members.size()));
  const Slot slot = probe(members.data(), slots, key);
  return slot == 0 ? nullptr : &members[slot - 1];
}

Value Value::object(Arena& arena, std::span<const Member> members) {
  if (members.size() <= kLinearMembers) return {members.data(), members.size(), Kind::object};
  const std::size_t bytes = members.size_bytes() + slot_count(members.size()) * sizeof(Slot);
  auto* const table = static_cast<Member*>(arena.allocate(bytes, alignof(Member)));
  const std::size_t count = fill(table, members);
  const bool indexed = count > kLinearMembers;
  // The index stands right behind the members; with fewer of them it moves.
  if (count < members.size() && indexed) fill(table, {table, count});
  return {table, count, Kind::object, indexed};
}

Value make_object(Arena& arena, std::span<const Member> members) {
  if (members.size() > kLinearMembers) return Value::object(arena, members);
  if (members.empty()) return Value::object(arena, {});
  const std::span<Member> table = arena.make_array<Member>(members.size());
  std::ranges::copy(members, table.begin());
  return Value::object(arena, table);
}

}  // namespace stepwell::json
