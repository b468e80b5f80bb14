#include "lang/jsonata/value/object.h"

#include "lang/json/object_index.h"
#include "lang/jsonata/value/memory.h"

#include <algorithm>
#include <bit>

namespace stepwell::jsonata {
namespace {

constexpr std::uint32_t kUnindexed = 16;

}  // namespace

// The hash is keyed with an address, so that no document can be written whose keys collide.
std::uint32_t& Object::slot_of(std::string_view key) const {
  const std::size_t mask = 2 * std::size_t{capacity} - 1;
  std::size_t at = json::sip_hash(reinterpret_cast<std::uintptr_t>(members), capacity, key) & mask;
  while (index[at] != 0 && members[index[at] - 1].key.as_string() != key) at = (at + 1) & mask;
  return index[at];
}

Member* Object::find(std::string_view key) const {
  if (index != nullptr) {
    const std::uint32_t slot = slot_of(key);
    return slot == 0 ? nullptr : &members[slot - 1];
  }
  for (Member& member : std::span(members, size)) {
    if (member.key.as_string() == key) return &member;
  }
  return nullptr;
}

void Object::set(Memory& memory, const Value& key, const Value& value) {
  if (Member* const member = find(key.as_string())) {
    member->value = value;
    return;
  }
  if (size == capacity) grow(memory);
  memory.charge(Memory::kMember);
  members[size++] = {key, value};
  if (index != nullptr) slot_of(key.as_string()) = size;
}

void Object::remove(std::string_view key) {
  Member* const member = find(key);
  if (member == nullptr) return;
  std::copy(member + 1, members + size, member);
  --size;
  if (index != nullptr) rebuild_index();
}

void Object::grow(Memory& memory) {
  const std::uint32_t larger = std::max(4U, std::bit_ceil(capacity + 1));
  const std::span<Member> room = memory.arena().make_array<Member>(larger);
  std::copy(members, members + size, room.data());
  members = room.data();
  capacity = larger;
  if (capacity <= kUnindexed) return;
  index = memory.arena().make_array<std::uint32_t>(2 * std::size_t{capacity}).data();
  rebuild_index();
}

void Object::rebuild_index() {
  std::fill_n(index, 2 * std::size_t{capacity}, 0U);
  for (std::uint32_t i = 0; i < size; ++i) slot_of(members[i].key.as_string()) = i + 1;
}

}  // namespace stepwell::jsonata
