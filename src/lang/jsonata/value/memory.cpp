#include "lang/jsonata/value/memory.h"

#include "lang/jsonata/text/utf8.h"
#include "lang/jsonata/value/object.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace stepwell::jsonata {
namespace {

// What stands before the elements of every array made here.
struct Room {
  std::uint32_t capacity;
  std::uint32_t used;
};
static_assert(sizeof(Room) % alignof(Value) == 0);

Room& room_of(const Value* elements) { return *(reinterpret_cast<Room*>(const_cast<Value*>(elements)) - 1); }

constexpr std::size_t kLargeText = 256;

}  // namespace

Value* Memory::elements(std::size_t count) {
  if (!charge(kArray) || !allows_elements(count)) {
    exhaust();
    return nullptr;
  }
  charge(count * kElement);
  auto* const room = static_cast<Room*>(arena_.allocate(sizeof(Room) + count * sizeof(Value), alignof(Value)));
  *room = {static_cast<std::uint32_t>(count), static_cast<std::uint32_t>(count)};
  return reinterpret_cast<Value*>(room + 1);
}

Value Memory::array(std::span<const Value> elements) {
  if (elements.empty()) return Value::array(nullptr, 0);
  Value* const to = this->elements(elements.size());
  if (to == nullptr) return Value::array(nullptr, 0);
  std::ranges::copy(elements, to);
  return Value::array(to, elements.size());
}

Value* Memory::grow_in_place(const Value& array, std::size_t more) {
  if (array.is_json() || array.size() == 0) return nullptr;
  Room& room = room_of(array.elements());
  if (room.used != array.size() || room.capacity - room.used < more) return nullptr;
  room.used += static_cast<std::uint32_t>(more);
  return const_cast<Value*>(array.elements());
}

Value Memory::appended(const Value& array, std::span<const Value> more) {
  const std::size_t size = array.size() + more.size();
  if (!allows_elements(more.size())) {
    exhaust();
    return Value::array(nullptr, 0);
  }
  Value* to = grow_in_place(array, more.size());
  if (to == nullptr) {
    const std::size_t capacity = std::bit_ceil(std::max<std::size_t>(size, 4));
    auto* const room = static_cast<Room*>(arena_.allocate(sizeof(Room) + capacity * sizeof(Value), alignof(Value)));
    *room = {static_cast<std::uint32_t>(capacity), static_cast<std::uint32_t>(size)};
    to = reinterpret_cast<Value*>(room + 1);
    for (std::size_t i = 0; i < array.size(); ++i) to[i] = array.element(i);
    charge(kArray + array.size() * kElement);
  }
  charge(more.size() * kElement);
  std::ranges::copy(more, to + array.size());
  return Value::array(to, size);
}

char* Memory::text(std::size_t size) {
  if (!charge(size * kByte)) return nullptr;
  return static_cast<char*>(arena_.allocate(size, 1));
}

Value Memory::string(std::string_view text) {
  if (text.empty()) return Value::string({});
  char* const to = this->text(text.size());
  if (to == nullptr) return Value::string({});
  std::memcpy(to, text.data(), text.size());
  return Value::string({to, text.size()});
}

// Half a pair at the end and the other one at the beginning: they become one character.
Value Memory::joined(std::string_view a, std::string_view b) {
  if (!charge((a.size() + b.size()) * kByte)) return Value::string({});
  std::string text(a);
  text += b;
  join_surrogates(text);
  return string(text);
}

// A large text gets room behind it, so that the next one that begins with it is no copy.
Value Memory::concatenated(std::string_view a, std::string_view b) {
  if (makes_pair(a, b)) return joined(a, b);
  const std::size_t size = a.size() + b.size();
  if (!a.empty() && a.data() + a.size() == growing_end_ && b.size() <= growing_room_) {
    if (!charge(b.size() * kByte)) return Value::string({});
    std::ranges::copy(b, const_cast<char*>(growing_end_));
    growing_end_ += b.size();
    growing_room_ -= b.size();
    return Value::string({a.data(), size});
  }
  if (!charge(size * kByte)) return Value::string({});
  const std::size_t room = size < kLargeText ? size : 2 * size;
  char* const to = static_cast<char*>(arena_.allocate(room, 1));
  std::ranges::copy(b, std::ranges::copy(a, to).out);
  if (room > size) {
    growing_end_ = to + size;
    growing_room_ = room - size;
  }
  return Value::string({to, size});
}

Object* Memory::object(std::size_t capacity) {
  charge(kArray);
  auto* const made = arena_.make<Object>();
  if (capacity > 0 && capacity <= 16) {
    made->members = arena_.make_array<Member>(capacity).data();
    made->capacity = static_cast<std::uint32_t>(capacity);
  }
  return made;
}

}  // namespace stepwell::jsonata
