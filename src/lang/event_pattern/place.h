#pragma once
// Where the compiler stands in the document.

#include "lang/event_pattern/refusal.h"

#include <expected>
#include <string>
#include <string_view>

namespace stepwell::event_pattern {

class Place {
 public:
  // Adds a step for as long as it lives.
  class Step {
   public:
    Step(Place& place, std::string_view key) : place_(place), length_(place.pointer_.size()) {
      place.pointer_ += '/';
      for (const char c : key)
        c == '~' ? place.pointer_ += "~0" : c == '/' ? place.pointer_ += "~1" : place.pointer_ += c;
    }
    Step(Place& place, std::size_t index) : Step(place, std::to_string(index)) {}
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    ~Step() { place_.pointer_.resize(length_); }

   private:
    Place& place_;
    std::size_t length_;
  };

  std::unexpected<Refusal> refuse(std::string reason, Reach reach = Reach::token) const {
    return std::unexpected(Refusal{.reason = std::move(reason), .pointer = pointer_, .reach = reach});
  }

 private:
  std::string pointer_;
};

}  // namespace stepwell::event_pattern
