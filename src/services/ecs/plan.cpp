#include "services/ecs/plan.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "services/ecs/errors.h"
#include "services/ecs/sizes.h"

#include <algorithm>

namespace stepwell::ecs {
namespace {

using json::elements_of;
using json::object_of;
using json::text_of;

constexpr Duration usual_stop_timeout = std::chrono::seconds(30);
constexpr std::uint64_t mebibyte = 1U << 20U;
constexpr double units_of_a_cpu = 1'024;

std::int64_t integer_of(const json::Value& object, std::string_view member) {
  const json::Value* value = object.find(member);
  return value != nullptr && value->is_number() ? value->as_integer().value_or(0) : 0;
}
bool flag(const json::Value& object, std::string_view member, bool otherwise) {
  const json::Value* value = object.find(member);
  return value != nullptr && value->is_boolean() ? value->as_boolean() : otherwise;
}

// The variables of the first with those of the second in their place or behind them.
json::Value merge_environment(json::Arena& arena, const json::Value& container, const json::Value& by) {
  std::vector<json::Value> variables(elements_of(container, "environment").begin(),
                                     elements_of(container, "environment").end());
  for (const json::Value& variable : elements_of(by, "environment")) {
    const auto same = std::ranges::find_if(
        variables, [&](const json::Value& other) { return text_of(other, "name") == text_of(variable, "name"); });
    if (same == variables.end())
      variables.push_back(variable);
    else
      *same = variable;
  }
  return json::make_array(arena, variables);
}

json::Value override_container(json::Arena& arena, const json::Value& container, const json::Value& by) {
  std::vector<json::Member> members = {{"environment", merge_environment(arena, container, by)}};
  for (const std::string_view name : {"command", "cpu", "memory", "memoryReservation"}) {
    if (const json::Value* value = by.find(name); value != nullptr && !value->is_null())
      members.push_back({name, *value});
  }
  return json::with(arena, container, members);
}

Result<void> check_overrides(std::span<const json::Value> containers, std::span<const json::Value> overrides) {
  for (const json::Value& by : overrides) {
    const std::string_view name = text_of(by, "name");
    const auto has_name = [&](const json::Value& container) { return text_of(container, "name") == name; };
    if (std::ranges::none_of(containers, has_name)) {
      return fail(errors::invalid(
          fmt::format("Override for container named {} is not a container in the TaskDefinition.", name)));
    }
    if (!elements_of(by, "environmentFiles").empty()) {
      return fail(errors::not_implemented("environmentFiles of an override"));
    }
  }
  return {};
}

std::vector<std::string> texts(const json::Value& object, std::string_view member) {
  std::vector<std::string> list;
  for (const json::Value& text : elements_of(object, member)) list.emplace_back(text.as_string());
  return list;
}

std::optional<PlannedContainer::LogTarget> log_of(const TaskRecord& task, const json::Value& container) {
  const json::Value log = object_of(container, "logConfiguration");
  if (text_of(log, "logDriver") != "awslogs") return std::nullopt;
  const json::Value options = object_of(log, "options");
  const std::string_view prefix = text_of(options, "awslogs-stream-prefix");
  const std::string_view name = text_of(container, "name");
  const std::string_view region = text_of(options, "awslogs-region");
  return PlannedContainer::LogTarget{
      .group = std::string(text_of(options, "awslogs-group")),
      .stream = prefix.empty() ? fmt::format("{}/{}", name, task.place.id)
                               : fmt::format("{}/{}/{}", prefix, name, task.place.id),
      .region = std::string(region.empty() ? std::string_view(task.place.cluster.home.region) : region),
      .create_group = text_of(options, "awslogs-create-group") == "true"};
}

containers::Spec spec_of(const TaskRecord& task, const json::Value& plan, const json::Value& container) {
  const std::string_view name = text_of(container, "name");
  containers::Spec spec{.name = fmt::format("ecs-{}-{}", task.place.id, name),
                        .image = std::string(text_of(container, "image")),
                        .entry_point = texts(container, "entryPoint"),
                        .command = texts(container, "command"),
                        .labels = {{"com.amazonaws.ecs.task-arn", task.place.arn()},
                                   {"com.amazonaws.ecs.container-name", std::string(name)},
                                   {"com.amazonaws.ecs.cluster", task.place.cluster.name}},
                        .working_directory = std::string(text_of(container, "workingDirectory")),
                        .user = std::string(text_of(container, "user")),
                        .read_only_root = flag(container, "readonlyRootFilesystem", false)};
  for (const json::Value& variable : elements_of(container, "environment")) {
    spec.environment.emplace_back(text_of(variable, "name"), text_of(variable, "value"));
  }
  const auto own = static_cast<std::uint64_t>(std::max<std::int64_t>(integer_of(container, "memory"), 0));
  spec.memory_bytes = (own > 0 ? own : memory_mib(text_of(plan, "memory")).value_or(0)) * mebibyte;
  spec.cpus = static_cast<double>(cpu_units(text_of(plan, "cpu")).value_or(0)) / units_of_a_cpu;
  return spec;
}

PlannedContainer::Dependency::Until until(std::string_view condition) {
  using Until = PlannedContainer::Dependency::Until;
  return condition == "COMPLETE" ? Until::ended : condition == "SUCCESS" ? Until::succeeded : Until::started;
}

}  // namespace

Result<json::Value> make_plan(json::Arena& arena, const json::Value& definition, const json::Value& overrides) {
  const auto containers = elements_of(definition, "containerDefinitions");
  const auto by = elements_of(overrides, "containerOverrides");
  TRY(check_overrides(containers, by));
  std::vector<json::Value> planned;
  for (const json::Value& container : containers) {
    const auto own = std::ranges::find_if(
        by, [&](const json::Value& other) { return text_of(other, "name") == text_of(container, "name"); });
    planned.push_back(own == by.end() ? container : override_container(arena, container, *own));
  }
  json::ObjectBuilder made(arena);
  made.add("containerDefinitions", json::make_array(arena, planned));
  for (const std::string_view name : {"taskRoleArn", "executionRoleArn", "cpu", "memory"}) {
    const std::string_view own = text_of(overrides, name);
    const std::string_view text = own.empty() ? text_of(definition, name) : own;
    if (!text.empty()) made.add(name, text);
  }
  const json::Value plan = made.build();
  if (const auto cpu = text_of(plan, "cpu"); !cpu.empty() && !cpu_units(cpu)) {
    return fail(errors::client(fmt::format("Invalid 'cpu' setting for task: {}", cpu)));
  }
  if (const auto memory = text_of(plan, "memory"); !memory.empty() && !memory_mib(memory)) {
    return fail(errors::client(fmt::format("Invalid 'memory' setting for task: {}", memory)));
  }
  return plan;
}

std::vector<PlannedContainer> planned_containers(const TaskRecord& task) {
  json::Arena arena;
  const auto parsed = json::parse(arena, task.plan);
  std::vector<PlannedContainer> planned;
  if (!parsed) return planned;
  const auto containers = elements_of(*parsed, "containerDefinitions");
  for (const json::Value& container : containers) {
    PlannedContainer made{.spec = spec_of(task, *parsed, container),
                          .essential = flag(container, "essential", true),
                          .stop_timeout = usual_stop_timeout,
                          .log = log_of(task, container)};
    if (const std::int64_t seconds = integer_of(container, "stopTimeout"); seconds > 0) {
      made.stop_timeout = std::chrono::seconds(seconds);
    }
    for (const json::Value& dependency : elements_of(container, "dependsOn")) {
      const auto on = std::ranges::find_if(containers, [&](const json::Value& other) {
        return text_of(other, "name") == text_of(dependency, "containerName");
      });
      made.dependencies.push_back(
          {.on = static_cast<std::size_t>(on - containers.begin()), .until = until(text_of(dependency, "condition"))});
    }
    planned.push_back(std::move(made));
  }
  return planned;
}

}  // namespace stepwell::ecs
