#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/json/build.h"

namespace stepwell::asl {
namespace {

// The members of both objects, those of the second where they share a key. Deep merging (a third argument of true) is
// announced by AWS and not there; any other third argument is taken for false.
Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  const bool deep = arguments[2].is_boolean() && arguments[2].as_boolean();
  if (!arguments[0].is_object() || !arguments[1].is_object() || deep) {
    return intrinsics::invalid_arguments(json_merge_intrinsic.name);
  }
  std::vector<json::Member> members;
  members.reserve(arguments[0].size() + arguments[1].size());
  for (const json::Member& member : arguments[0].members()) {
    const json::Value* replaced = arguments[1].find(member.key);
    members.push_back({.key = member.key, .value = replaced != nullptr ? *replaced : member.value});
  }
  for (const json::Member& member : arguments[1].members()) {
    if (arguments[0].find(member.key) == nullptr) members.push_back(member);
  }
  const std::span<json::Member> placed = activation.arena().make_array<json::Member>(members.size());
  std::ranges::copy(members, placed.begin());
  return json::Value::object(activation.arena(), placed);
}

}  // namespace

const Intrinsic json_merge_intrinsic = {
    .name = "States.JsonMerge", .min_arguments = 3, .max_arguments = 3, .weight = 2, .call = call};

}  // namespace stepwell::asl
