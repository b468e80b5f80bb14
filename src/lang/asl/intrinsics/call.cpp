#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"

#include <fmt/format.h>

namespace stepwell::asl {
namespace {

// Arguments that are gone through: values share their parts, so that what is small in memory may take long and be large
// once it is printed.
class Passage {
 public:
  Passage(Budget& budget, std::uint64_t weight) : budget_(budget), weight_(weight) {}

  bool go_through(const json::Value& value) {
    const bool has_text = value.is_string() || value.is_number();
    if (!take(has_text ? value.size() : 0)) return false;
    if (value.is_array()) {
      return std::ranges::all_of(value.elements(), [this](const json::Value& element) { return go_through(element); });
    }
    if (!value.is_object()) return true;
    return std::ranges::all_of(value.members(), [this](const json::Member& member) {
      return take(member.key.size()) && go_through(member.value);
    });
  }
  bool is_too_large() const { return bytes_ > intrinsics::max_result_bytes; }

 private:
  bool take(std::size_t bytes) {
    bytes_ += bytes + 2;
    return !is_too_large() && budget_.spend(weight_ * text_steps(bytes));
  }

  Budget& budget_;
  std::uint64_t weight_;
  std::size_t bytes_ = 0;  // printed, at least
};

}  // namespace

Evaluated<json::Value> call_intrinsic(const Intrinsic& function, Activation& activation,
                                      std::span<const json::Value> arguments) {
  Passage passage(activation.budget(), function.weight);
  const bool paid = activation.budget().spend(1) &&
                    (function.weight == 0 || std::ranges::all_of(arguments, [&](const json::Value& argument) {
                       return passage.go_through(argument);
                     }));
  if (paid) return function.call(activation, arguments);
  if (passage.is_too_large()) return intrinsics::invalid_arguments(function.name, "they are too long");
  return std::unexpected(
      state_failure(errors::intrinsic_failure, fmt::format("The function '{}' takes too long", function.name)));
}

}  // namespace stepwell::asl
