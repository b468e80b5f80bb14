#include "lang/event_pattern/numeric.h"

#include "lang/json/print.h"

#include <cmath>

#include <fmt/format.h>

namespace stepwell::event_pattern {
namespace {

// Reads the array as AWS's parser does: one token after the other, where the last is the closing bracket.
class Reader {
 public:
  Reader(const json::Value& range, Place& place) : elements_(range.elements()), place_(place) {}

  Read<Matcher> read() {
    const json::Value* first = at(0);
    if (first == nullptr || !first->is_string()) {
      return refuse(0, fmt::format("Invalid member in numeric match: {}", token_text(first)));
    }
    const std::string_view operation = first->as_string();
    if (operation != "=" && operation != "<" && operation != "<=" && operation != ">" && operation != ">=") {
      return refuse(1, fmt::format("Unrecognized numeric range operator: {}", operation));
    }
    if (!is_number(1)) {
      return refuse(1, fmt::format("Value of {} must be numeric", operation == "=" ? "equals" : operation));
    }
    Matcher matcher{.operation = Operator::numeric};
    const Bound bound{.value = elements_[1].as_double(), .open = operation.size() == 1 && operation != "="};
    if (operation != "<" && operation != "<=") matcher.low = bound;
    if (operation != ">" && operation != ">=") matcher.high = bound;
    if (elements_.size() == 2) return checked(std::move(matcher));
    if (!operation.starts_with('>')) return refuse(2, "Too many elements in numeric expression");
    return complete(std::move(matcher));
  }

 private:
  const json::Value* at(std::size_t index) const { return index < elements_.size() ? &elements_[index] : nullptr; }
  bool is_number(std::size_t index) const { return index < elements_.size() && elements_[index].is_number(); }

  // The upper bound of a range that has a lower one.
  Read<Matcher> complete(Matcher matcher) {
    if (!elements_[2].is_string()) {
      return refuse(2, fmt::format("Bad value in numeric range: {}", token_text(&elements_[2])));
    }
    const std::string_view operation = elements_[2].as_string();
    if (operation != "<" && operation != "<=") {
      return refuse(2, fmt::format("Bad numeric range operator: {}", operation), Reach::text);
    }
    if (!is_number(3)) return refuse(3, fmt::format("Value of {} must be numeric", operation));
    if (elements_.size() > 4) return refuse(4, "Too many terms in numeric range expression");
    matcher.high = Bound{.value = elements_[3].as_double(), .open = operation == "<"};
    return checked(std::move(matcher));
  }

  Read<Matcher> checked(Matcher matcher) {
    const auto is_outside = [](const std::optional<Bound>& bound) {
      return bound && std::abs(bound->value) > largest_number;
    };
    if (is_outside(matcher.low) || is_outside(matcher.high)) {
      return place_.refuse(std::string(out_of_range), Reach::end);
    }
    const bool equals = elements_[0].as_string() == "=";
    if (!equals && matcher.low && matcher.high && matcher.low->value >= matcher.high->value) {
      return place_.refuse("Bottom must be less than top", Reach::end);
    }
    return matcher;
  }

  std::unexpected<Refusal> refuse(std::size_t index, std::string reason, Reach reach = Reach::token) {
    if (index >= elements_.size()) return place_.refuse(std::move(reason), Reach::end);
    const Place::Step step(place_, index);
    return place_.refuse(std::move(reason), reach);
  }

  static std::string token_text(const json::Value* value) {
    if (value == nullptr) return "]";
    if (value->is_object()) return "{";
    return value->is_array() ? "[" : json::print(*value);
  }

  std::span<const json::Value> elements_;
  Place& place_;
};

}  // namespace

Read<Matcher> read_numeric(const json::Value& range, Place& place) { return Reader(range, place).read(); }

}  // namespace stepwell::event_pattern
