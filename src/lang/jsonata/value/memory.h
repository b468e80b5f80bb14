#pragma once
// Where an evaluation places what it makes, and what it may take.
//
// What is counted is a model, so that the bound is the same on every machine and in every version, and is where AWS has
// it (spec §1.9): 24 bytes for an element, 2 for a byte of text, 48 for a member. Beyond the bound nothing is refused
// at once, except what is large: the evaluation goes on for a step and ends there, see Evaluator::evaluate.
//
// Arrays and texts that grow at their end, as an accumulator in $reduce does, grow in place where they can: the new
// value shares what it has in common with the old one.

#include "lang/json/arena.h"
#include "lang/jsonata/value/value.h"

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string_view>

namespace stepwell::jsonata {

class Memory {
 public:
  Memory(json::Arena& arena, std::size_t limit) : arena_(arena), limit_(limit) {}

  // False: too much has been taken, now or before.
  bool charge(std::size_t bytes) {
    charged_ += bytes;
    return charged_ <= limit_;
  }
  bool is_exceeded() const { return charged_ > limit_; }
  void exhaust() { charged_ = limit_ + 1; }
  // Whether that many elements are still allowed.
  bool allows_elements(std::size_t count) const {
    return charged_ <= limit_ && count <= (limit_ - charged_) / kElement;
  }
  std::size_t limit() const { return limit_; }
  json::Arena& arena() { return arena_; }

  // An array with a copy of the elements.
  Value array(std::span<const Value> elements);
  Value array(std::initializer_list<Value> elements) { return array(std::span(elements.begin(), elements.size())); }
  // Room for `count` elements; nullptr when that is too much.
  Value* elements(std::size_t count);
  // `array` with more elements at its end, in place where that is possible. No mark is kept.
  Value appended(const Value& array, std::span<const Value> more);

  // A string with a copy of the text.
  Value string(std::string_view text);
  // Room for a text; nullptr when that is too much.
  char* text(std::size_t size);
  Value concatenated(std::string_view a, std::string_view b);

  Object* object(std::size_t capacity);

  static constexpr std::size_t kElement = 24;
  static constexpr std::size_t kArray = 16;
  static constexpr std::size_t kMember = 48;
  static constexpr std::size_t kByte = 2;

 private:
  Value joined(std::string_view a, std::string_view b);
  Value* grow_in_place(const Value& array, std::size_t more);

  json::Arena& arena_;
  std::size_t limit_;
  std::size_t charged_ = 0;
  // The text that ends where the last one was placed, and the room behind it.
  const char* growing_end_ = nullptr;
  std::size_t growing_room_ = 0;
};

}  // namespace stepwell::jsonata
