#include "engine/sim/plan.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <charconv>

#include <fmt/format.h>

namespace stepwell::engine::sim {
namespace {

constexpr auto names = std::to_array<std::string_view>({
#define FAULT(name, what) #name,
#include "engine/sim/faults.def"
#undef FAULT
});

Error unreadable(std::string_view what) {
  return {.fault = stepwell::Fault::client,
          .code = "InvalidPlan",
          .message = fmt::format("The plan cannot be read: {}.", what),
          .detail = {}};
}

template <typename Number>
Result<void> read(const json::Value& object, std::string_view member, Number& number) {
  const json::Value* value = object.find(member);
  const auto integer = value ? value->as_integer() : std::nullopt;
  if (!integer || *integer < 0) return fail(unreadable(member));
  number = static_cast<Number>(*integer);
  return {};
}

}  // namespace

std::string_view name_of(Fault fault) { return names[static_cast<std::size_t>(fault)]; }

std::string to_json(const Plan& plan) {
  json::Arena arena;
  std::vector<json::Value> faults;
  for (std::size_t i = 0; i < fault_kinds; ++i) {
    if (plan.faults.test(i)) faults.push_back(json::Value::string(names[i]));
  }
  // A seed has 64 bits: too many for a number of JSON.
  return json::print(json::ObjectBuilder(arena)
                         .add("seed", fmt::format("{}", plan.seed))
                         .add("steps", static_cast<std::int64_t>(plan.steps))
                         .add("clients", static_cast<std::int64_t>(plan.clients))
                         .add("machines", static_cast<std::int64_t>(plan.machines))
                         .add("faults", json::make_array(arena, faults))
                         .build());
}

Result<Plan> plan_of_json(std::string_view text) {
  json::Arena arena;
  const auto object = json::parse(arena, text);
  if (!object || !object->is_object()) return fail(unreadable("it is no JSON object"));
  Plan plan;
  const json::Value* seed = object->find("seed");
  if (seed == nullptr || !seed->is_string()) return fail(unreadable("seed"));
  const std::string_view digits = seed->as_string();
  if (std::from_chars(digits.data(), digits.data() + digits.size(), plan.seed).ec != std::errc())
    return fail(unreadable("seed"));
  TRY(read(*object, "steps", plan.steps));
  TRY(read(*object, "clients", plan.clients));
  TRY(read(*object, "machines", plan.machines));
  plan.faults.reset();
  const json::Value* faults = object->find("faults");
  if (faults == nullptr || !faults->is_array()) return fail(unreadable("faults"));
  for (const json::Value& fault : faults->elements()) {
    const auto found = fault.is_string() ? std::ranges::find(names, fault.as_string()) : names.end();
    if (found == names.end()) return fail(unreadable("a fault that is not known"));
    plan.faults.set(static_cast<std::size_t>(found - names.begin()));
  }
  return plan;
}

}  // namespace stepwell::engine::sim
