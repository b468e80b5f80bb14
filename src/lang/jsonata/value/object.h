#pragma once
// An object that an evaluation makes. Keys keep the order in which they came; more than a few are indexed.

#include "lang/jsonata/value/value.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stepwell::jsonata {

class Memory;

struct Object {
  Member* members = nullptr;
  std::uint32_t size = 0;
  std::uint32_t capacity = 0;
  std::uint32_t* index = nullptr;  // open addressing, 2 * capacity slots of member number + 1; none for few members

  Member* find(std::string_view key) const;
  // Adds a member, or replaces the value of the one that has the key.
  void set(Memory& memory, const Value& key, const Value& value);
  void remove(std::string_view key);

 private:
  void grow(Memory& memory);
  void rebuild_index();
  std::uint32_t& slot_of(std::string_view key) const;
};

}  // namespace stepwell::jsonata
