#include "lang/asl/data_flow/jsonata_scope.h"

namespace stepwell::asl {

std::optional<json::Value> JsonataScope::Names::find(std::string_view name) const {
  if (name == "states") return scope_.states(context_);
  const json::Value* variable = scope_.activation_.variable(name);
  return variable == nullptr ? std::nullopt : std::optional(*variable);
}

const json::Value& JsonataScope::states(Context context) const {
  auto& states = states_[static_cast<std::size_t>(context)];
  if (states) return *states;
  std::array<json::Member, 3> members;
  std::size_t count = 0;
  members[count++] = {.key = "input", .value = activation_.input()};
  if (outcome_ == Outcome::result) members[count++] = {.key = "result", .value = result_};
  if (outcome_ == Outcome::error_output) members[count++] = {.key = "errorOutput", .value = result_};
  if (context == Context::included) members[count++] = {.key = "context", .value = activation_.context()};
  json::Arena& arena = activation_.arena();
  const auto kept = arena.make_array<json::Member>(count);
  std::ranges::copy_n(members.begin(), static_cast<std::ptrdiff_t>(count), kept.begin());
  return states.emplace(json::Value::object(arena, kept));
}

}  // namespace stepwell::asl
