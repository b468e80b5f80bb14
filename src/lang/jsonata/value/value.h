#pragma once
// What expressions compute with: JSON's values, and beside them functions, undefined, and sequences. 16 bytes; copying
// one copies nothing below it.
//
// What comes from the outside stays where it is (a json::Value with its number lexemes); what an evaluation makes has
// wide elements, because they may be functions and numbers that nobody needs as text. Both kinds of containers are read
// through the same accessors.
//
// A sequence is the result of a query: an array that collapses to its only element, or to undefined when it is empty,
// as soon as an expression has yielded it (see Evaluator::evaluate).

#include "lang/json/value.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stepwell::jsonata {

struct Function;
struct Object;
struct Rows;
class Value;
struct Member;

class Value {
 public:
  enum class Type : std::uint8_t {
    undefined,
    unbound,    // in a frame: the variable has not been set yet
    failure,    // the evaluation has failed; what went wrong is kept by the evaluator
    tail_call,  // a call to be made by the caller, see Evaluator::call
    rows,       // what a step with variables or parents yields, see evaluate/rows.h
    null,
    boolean,
    number,
    string,
    array,
    object,
    function,
  };

  constexpr Value() = default;  // undefined

  static constexpr Value of_type(Type type) {
    Value value;
    value.type_ = type;
    return value;
  }
  static constexpr Value unbound() { return of_type(Type::unbound); }
  static constexpr Value failure() { return of_type(Type::failure); }
  static constexpr Value tail_call() { return of_type(Type::tail_call); }
  static constexpr Value null() { return of_type(Type::null); }
  static constexpr Value boolean(bool value) {
    Value made = of_type(Type::boolean);
    made.size_ = value ? 1 : 0;
    return made;
  }
  static constexpr Value number(double value) {
    Value made = of_type(Type::number);
    made.number_ = value;
    return made;
  }
  // `is_temporary`: the text lives in the evaluation's memory or in the program and is copied on the way out.
  static constexpr Value string(std::string_view text, bool is_temporary = true) {
    Value made = of_type(Type::string);
    made.text_ = text.data();
    made.size_ = static_cast<std::uint32_t>(text.size());
    made.flags_ = is_temporary ? kTemporary : 0;
    return made;
  }
  static constexpr Value array(const Value* elements, std::size_t size) {
    Value made = of_type(Type::array);
    made.elements_ = elements;
    made.size_ = static_cast<std::uint32_t>(size);
    return made;
  }
  static constexpr Value object(Object* object) {
    Value made = of_type(Type::object);
    made.object_ = object;
    return made;
  }
  static constexpr Value function(const Function* function) {
    Value made = of_type(Type::function);
    made.function_ = function;
    return made;
  }
  static constexpr Value rows(const Rows* rows) {
    Value made = of_type(Type::rows);
    made.rows_ = rows;
    return made;
  }
  // `value` must stay where it is: containers are referred to.
  static Value from(const json::Value& value);

  constexpr Type type() const { return type_; }
  constexpr bool is_undefined() const { return type_ == Type::undefined; }
  constexpr bool is_unbound() const { return type_ == Type::unbound; }
  constexpr bool is_failure() const { return type_ == Type::failure; }
  constexpr bool is_tail_call() const { return type_ == Type::tail_call; }
  constexpr bool is_rows() const { return type_ == Type::rows; }
  constexpr bool is_null() const { return type_ == Type::null; }
  constexpr bool is_boolean() const { return type_ == Type::boolean; }
  constexpr bool is_number() const { return type_ == Type::number; }
  constexpr bool is_string() const { return type_ == Type::string; }
  constexpr bool is_array() const { return type_ == Type::array; }
  constexpr bool is_object() const { return type_ == Type::object; }
  constexpr bool is_function() const { return type_ == Type::function; }

  constexpr bool as_boolean() const { return size_ != 0; }
  double as_number() const { return is_json() ? lexeme_number() : number_; }
  constexpr std::string_view as_string() const { return {text_, size_}; }
  // Of a string, and of a number from the outside: see string().
  constexpr bool is_temporary() const { return (flags_ & kTemporary) != 0; }
  constexpr Value as_temporary() const { return marked(kTemporary); }
  constexpr const Function& as_function() const { return *function_; }
  constexpr const Rows& as_rows() const { return *rows_; }
  // The lexeme of a number from the outside.
  constexpr std::string_view lexeme() const { return {text_, size_}; }

  // Of an array or object: its elements or members.
  std::size_t size() const;
  Value element(std::size_t at) const { return is_json() ? from(json_->elements()[at]) : elements_[at]; }
  Member member(std::size_t at) const;
  // undefined when there is no such member
  Value find(std::string_view key) const;

  // What lies in memory: a json::Value, or what is made here.
  constexpr bool is_json() const { return (flags_ & kJson) != 0; }
  constexpr const json::Value& json() const { return *json_; }
  constexpr const Value* elements() const { return elements_; }
  constexpr Object* made_object() const { return object_; }
  // The same container in memory.
  constexpr bool is_same(const Value& other) const { return elements_ == other.elements_ && size_ == other.size_; }

  // Marks of arrays.
  constexpr bool is_sequence() const { return (flags_ & kSequence) != 0; }
  constexpr bool keeps_singleton() const { return (flags_ & kKeepsSingleton) != 0; }
  // Made by a constructor that is a step of a path: not flattened.
  constexpr bool is_constructed() const { return (flags_ & kConstructed) != 0; }
  // The one element is the array that the whole expression is evaluated over.
  constexpr bool is_wrapper() const { return (flags_ & kWrapper) != 0; }
  constexpr Value as_sequence() const { return marked(kSequence); }
  constexpr Value as_singleton() const { return marked(kSequence | kKeepsSingleton); }
  constexpr Value keeping_singleton() const { return marked(kKeepsSingleton); }
  constexpr Value as_constructed() const { return marked(kConstructed); }
  constexpr Value as_wrapper() const { return marked(kSequence | kWrapper); }
  constexpr Value as_plain() const {
    Value made = *this;
    made.flags_ &= static_cast<std::uint8_t>(~kMarks);
    return made;
  }

 private:
  static constexpr std::uint8_t kSequence = 1;
  static constexpr std::uint8_t kKeepsSingleton = 2;
  static constexpr std::uint8_t kConstructed = 4;
  static constexpr std::uint8_t kWrapper = 8;
  static constexpr std::uint8_t kMarks = kSequence | kKeepsSingleton | kConstructed | kWrapper;
  static constexpr std::uint8_t kTemporary = 16;
  static constexpr std::uint8_t kJson = 32;

  constexpr Value marked(unsigned marks) const {
    Value made = *this;
    made.flags_ |= static_cast<std::uint8_t>(marks);
    return made;
  }
  double lexeme_number() const;

  union {
    double number_;
    const char* text_;
    const Value* elements_;
    const json::Value* json_;
    Object* object_;
    const Function* function_;
    const Rows* rows_;
    const void* nothing_ = nullptr;
  };
  std::uint32_t size_ = 0;
  Type type_ = Type::undefined;
  std::uint8_t flags_ = 0;
};
static_assert(sizeof(Value) == 16);

struct Member {
  Value key;  // a string
  Value value;
};

}  // namespace stepwell::jsonata
