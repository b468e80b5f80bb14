#pragma once
// Building values piece by piece in an arena. Texts are copied; keys are not.
//
//   ObjectBuilder o(arena);
//   o.add("Error", name);  o.add("Attempts", 3);
//   Value v = o.build();

#include "lang/json/value.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace stepwell::json {

class ObjectBuilder {
 public:
  explicit ObjectBuilder(Arena& arena) : arena_(&arena) {}
  // The key must outlive the arena's use (a literal or arena memory); a key given again replaces the value in place.
  ObjectBuilder& add(std::string_view key, Value value);
  ObjectBuilder& add(std::string_view key, std::string_view text);  // copied into the arena
  ObjectBuilder& add(std::string_view key, const char* text) { return add(key, std::string_view(text)); }
  ObjectBuilder& add(std::string_view key, std::int64_t number);
  ObjectBuilder& add(std::string_view key, int number) { return add(key, static_cast<std::int64_t>(number)); }
  ObjectBuilder& add(std::string_view key, bool value) { return add(key, Value::boolean(value)); }
  bool empty() const { return members_.empty(); }
  Value build();

 private:
  Arena* arena_;
  std::vector<Member> members_;
};

// Array of `elements`, copied (shallowly) into the arena.
Value make_array(Arena& arena, std::span<const Value> elements);
// String value with the text copied into the arena.
Value make_string(Arena& arena, std::string_view text);

}  // namespace stepwell::json
