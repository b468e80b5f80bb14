#pragma once
// An immutable JSON document tree in an Arena.
//
// A Value is 16 bytes and a view: copying one copies nothing below it, and trees share subtrees freely. It is valid as
// long as every arena its parts were made in; nothing here counts references. Key order and the lexeme of every number
// are kept as they were read (1.0 stays 1.0, 1e400 stays 1e400). Strings are held decoded, as valid UTF-8. Objects with
// more than 16 members carry a hash index, so `find` is O(1) there. A duplicate key keeps the first position and the
// last value, as Jackson (and so AWS) does.

#include "lang/json/arena.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace stepwell::json {

enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

struct Member;

class Value {
 public:
  constexpr Value() = default;  // null

  static constexpr Value boolean(bool value) { return {nullptr, value ? 1U : 0U, Kind::boolean}; }
  // `text` must outlive the value and be valid UTF-8.
  static constexpr Value string(std::string_view text) { return {text.data(), text.size(), Kind::string}; }
  // `lexeme` must be a number in JSON's grammar and outlive the value.
  static constexpr Value number(std::string_view lexeme) { return {lexeme.data(), lexeme.size(), Kind::number}; }
  static Value integer(Arena& arena, std::int64_t value);
  // The shortest form that reads back the same, as ECMAScript writes it: 0.1, 12, 0.000001, 1e-7, 1e+21, 0 for -0.
  // `value` must be finite.
  static Value real(Arena& arena, double value);
  // `elements` must outlive the value.
  static constexpr Value array(std::span<const Value> elements) {
    return {elements.data(), elements.size(), Kind::array};
  }
  // `members` must outlive the value and have distinct keys. More than 16 members are copied with an index into
  // `arena`.
  static Value object(Arena& arena, std::span<const Member> members);

  constexpr Kind kind() const { return kind_; }
  constexpr bool is_null() const { return kind_ == Kind::null; }
  constexpr bool is_boolean() const { return kind_ == Kind::boolean; }
  constexpr bool is_number() const { return kind_ == Kind::number; }
  constexpr bool is_string() const { return kind_ == Kind::string; }
  constexpr bool is_array() const { return kind_ == Kind::array; }
  constexpr bool is_object() const { return kind_ == Kind::object; }

  // The accessors below require the kind they name (checked).
  bool as_boolean() const;
  std::string_view as_string() const;  // decoded UTF-8
  std::string_view lexeme() const;     // of a number
  std::span<const Value> elements() const;
  std::span<const Member> members() const;

  // Elements, members or bytes; 0 for the other kinds.
  std::size_t size() const { return kind_ == Kind::boolean ? 0 : size_; }

  // The member of that key, or nullptr; nullptr also where this is no object.
  const Value* find(std::string_view key) const;

  // The number as a double: the nearest one, ±infinity beyond the range.
  double as_double() const;
  // The number as a 64-bit integer where it is one mathematically ("3", "3.0", "3e2") and fits.
  std::optional<std::int64_t> as_integer() const;

  // The same tree in memory (not merely an equal one): what lets an unchanged payload be recognised for nothing.
  constexpr bool same_as(const Value& other) const {
    return kind_ == other.kind_ && size_ == other.size_ && data_ == other.data_;
  }

 private:
  constexpr Value(const void* data, std::size_t size, Kind kind, bool indexed = false)
      : data_(data), size_(static_cast<std::uint32_t>(size)), kind_(kind), indexed_(indexed) {}

  const void* data_ = nullptr;  // characters, Value[size] or Member[size] (and the index behind it)
  std::uint32_t size_ = 0;
  Kind kind_ = Kind::null;
  bool indexed_ = false;
  std::uint16_t padding_ = 0;  // named, so that a value is stored as two words
};
static_assert(sizeof(Value) == 16);

struct Member {
  std::string_view key;
  Value value;
};

// Deep equality: objects without regard to order, numbers by mathematical value (0 equals 0.0 equals -0).
bool equal(const Value& a, const Value& b);

// A deep copy into `arena`: nothing of the result points elsewhere.
Value copy(Arena& arena, const Value& value);

}  // namespace stepwell::json
