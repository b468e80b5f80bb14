#include "services/ecs/definition_rules.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "services/ecs/errors.h"
#include "services/ecs/names.h"
#include "services/ecs/sizes.h"

#include <algorithm>
#include <array>
#include <vector>

namespace stepwell::ecs {
namespace {

using json::elements_of;
using json::object_of;
using json::text_of;

// Without these a container would not be what it is meant to be. Empty ones do no harm.
constexpr auto unsupported_of_containers =
    std::to_array<std::string_view>({"credentialSpecs", "environmentFiles", "firelensConfiguration", "mountPoints",
                                     "repositoryCredentials", "secrets", "volumesFrom"});
constexpr auto unsupported_of_tasks = std::to_array<std::string_view>({"proxyConfiguration", "volumes"});
constexpr auto unsupported_log_options =
    std::to_array<std::string_view>({"awslogs-datetime-format", "awslogs-multiline-pattern"});

bool is_set(const json::Value& object, std::string_view member) {
  const json::Value* value = object.find(member);
  return value != nullptr && !value->is_null() && (!(value->is_array() || value->is_object()) || value->size() > 0);
}

bool flag(const json::Value& object, std::string_view member, bool otherwise) {
  const json::Value* value = object.find(member);
  return value != nullptr && value->is_boolean() ? value->as_boolean() : otherwise;
}

Result<void> check_supported(const json::Value& object, std::span<const std::string_view> members,
                             std::string_view what) {
  for (const std::string_view member : members) {
    if (is_set(object, member)) return fail(errors::not_implemented(fmt::format("{} of {}", member, what)));
  }
  return {};
}

Result<void> check_log(const json::Value& container, std::string_view name) {
  const json::Value log = object_of(container, "logConfiguration");
  if (text_of(log, "logDriver") != "awslogs") return {};
  const json::Value options = object_of(log, "options");
  TRY(check_supported(options, unsupported_log_options, "the log driver awslogs"));
  if (is_set(log, "secretOptions")) return fail(errors::not_implemented("secretOptions of a log driver"));
  if (text_of(options, "awslogs-group").empty()) {
    return fail(
        errors::client(fmt::format("Log driver awslogs requires options: awslogs-group (container {}).", name)));
  }
  return {};
}

Result<void> check_container(const json::Value& container, bool task_has_memory) {
  const std::string_view name = text_of(container, "name");
  if (name.empty()) return fail(errors::client("Container.name should not be null or empty."));
  if (!is_name(name)) return fail(errors::client("Container.name contains invalid characters."));
  if (text_of(container, "image").empty()) return fail(errors::client("Container.image should not be null or empty."));
  if (!task_has_memory && !is_set(container, "memory") && !is_set(container, "memoryReservation")) {
    return fail(errors::client(
        fmt::format("Invalid setting for container '{}'. At least one of 'memory' or 'memoryReservation' must be "
                    "specified.",
                    name)));
  }
  TRY(check_supported(container, unsupported_of_containers, fmt::format("the container {}", name)));
  return check_log(container, name);
}

using Containers = std::span<const json::Value>;

Result<std::size_t> index_of(Containers containers, std::string_view name) {
  const auto found =
      std::ranges::find_if(containers, [&](const json::Value& other) { return text_of(other, "name") == name; });
  if (found != containers.end()) return static_cast<std::size_t>(found - containers.begin());
  return fail(errors::client(fmt::format("Invalid 'dependsOn' setting: there is no container {}.", name)));
}

// Whether waiting for what the container depends on ever ends; `open` are those on the way to it.
Result<void> check_dependencies(Containers containers, std::size_t at, std::vector<bool>& open,
                                std::vector<bool>& done) {
  if (done[at]) return {};
  if (open[at]) return fail(errors::client("Container dependencies should not be cyclic."));
  open[at] = true;
  for (const json::Value& dependency : elements_of(containers[at], "dependsOn")) {
    if (text_of(dependency, "condition") == "HEALTHY") {
      return fail(errors::not_implemented("The condition HEALTHY of a container dependency"));
    }
    TRY_ASSIGN(const std::size_t other, index_of(containers, text_of(dependency, "containerName")));
    TRY(check_dependencies(containers, other, open, done));
  }
  open[at] = false;
  done[at] = true;
  return {};
}

Result<void> check_containers(Containers containers, bool task_has_memory) {
  if (containers.empty()) return fail(errors::client("Container list cannot be empty."));
  std::vector<std::string_view> names;
  bool has_essential = false;
  for (const json::Value& container : containers) {
    TRY(check_container(container, task_has_memory));
    const std::string_view name = text_of(container, "name");
    if (std::ranges::find(names, name) != names.end()) {
      return fail(errors::client(fmt::format("Container names must be unique: {}.", name)));
    }
    names.push_back(name);
    has_essential |= flag(container, "essential", true);
  }
  if (!has_essential) return fail(errors::client("Task definition must have at least one essential container."));
  std::vector<bool> open(containers.size()), done(containers.size());
  for (std::size_t at = 0; at < containers.size(); ++at) TRY(check_dependencies(containers, at, open, done));
  return {};
}

bool requires_fargate(const json::Value& input) {
  return std::ranges::any_of(elements_of(input, "requiresCompatibilities"),
                             [](const json::Value& one) { return one.is_string() && one.as_string() == "FARGATE"; });
}

Result<void> check_fargate(const json::Value& input) {
  if (!requires_fargate(input)) return {};
  if (text_of(input, "networkMode") != "awsvpc") {
    return fail(errors::client("Fargate only supports network mode 'awsvpc'."));
  }
  for (const std::string_view size : {"cpu", "memory"}) {
    if (text_of(input, size).empty()) {
      return fail(errors::client(fmt::format("Fargate requires that '{}' be defined at the task level.", size)));
    }
  }
  return {};
}

Result<void> check_sizes(const json::Value& input) {
  if (is_set(input, "cpu") && !cpu_units(text_of(input, "cpu"))) {
    return fail(errors::client(fmt::format("Invalid 'cpu' setting for task: {}", text_of(input, "cpu"))));
  }
  if (is_set(input, "memory") && !memory_mib(text_of(input, "memory"))) {
    return fail(errors::client(fmt::format("Invalid 'memory' setting for task: {}", text_of(input, "memory"))));
  }
  return {};
}

// As ECS shows containers: with these members always.
json::Value complete(json::Arena& arena, const json::Value& container) {
  const json::Value none = json::make_array(arena, {});
  json::ObjectBuilder made(arena);
  for (const json::Member& member : container.members()) {
    if (!member.value.is_null()) made.add(member.key, member.value);
  }
  const auto usual = [&](std::string_view member, json::Value value) {
    if (!is_set(container, member)) made.add(member, value);
  };
  usual("cpu", json::Value::integer(arena, 0));
  usual("essential", json::Value::boolean(true));
  for (const std::string_view list : {"portMappings", "environment", "mountPoints", "volumesFrom", "systemControls"}) {
    usual(list, none);
  }
  return made.build();
}

json::Value size_text(json::Arena& arena, std::uint64_t size) { return json::make_string(arena, std::to_string(size)); }

json::Value compatibilities(json::Arena& arena, const json::Value& input) {
  std::vector<json::Value> launch_types = {json::Value::string("EC2")};
  const bool sized = !text_of(input, "cpu").empty() && !text_of(input, "memory").empty();
  if (text_of(input, "networkMode") == "awsvpc" && sized) launch_types.push_back(json::Value::string("FARGATE"));
  return json::make_array(arena, launch_types);
}

}  // namespace

Result<json::Value> read_definition(json::Arena& arena, const json::Value& input) {
  if (!is_name(text_of(input, "family"))) return fail(errors::client("Family contains invalid characters."));
  TRY(check_supported(input, unsupported_of_tasks, "a task definition"));
  TRY(check_sizes(input));
  TRY(check_fargate(input));
  const auto containers = elements_of(input, "containerDefinitions");
  TRY(check_containers(containers, is_set(input, "memory")));
  std::vector<json::Value> completed;
  for (const json::Value& container : containers) completed.push_back(complete(arena, container));
  const json::Value kept = json::pick(arena, input,
                                      {"taskRoleArn", "executionRoleArn", "networkMode", "placementConstraints",
                                       "requiresCompatibilities", "cpu", "memory", "inferenceAccelerators", "pidMode",
                                       "ipcMode", "ephemeralStorage", "runtimePlatform", "enableFaultInjection"});
  std::vector<json::Member> more = {{"containerDefinitions", json::make_array(arena, completed)},
                                    {"volumes", json::make_array(arena, {})},
                                    {"compatibilities", compatibilities(arena, input)}};
  if (kept.find("placementConstraints") == nullptr)
    more.push_back({"placementConstraints", json::make_array(arena, {})});
  if (is_set(input, "cpu")) more.push_back({"cpu", size_text(arena, *cpu_units(text_of(input, "cpu")))});
  if (is_set(input, "memory")) more.push_back({"memory", size_text(arena, *memory_mib(text_of(input, "memory")))});
  return json::with(arena, kept, more);
}

}  // namespace stepwell::ecs
