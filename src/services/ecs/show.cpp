#include "services/ecs/show.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "wire/call.h"

#include <fmt/format.h>

namespace stepwell::ecs {
namespace {

json::Value date(json::Arena& arena, Timestamp time, Dates dates) {
  return dates == Dates::rfc3339 ? json::make_string(arena, format_rfc3339(time))
                                 : wire::epoch_seconds(arena, time.time_since_epoch().count());
}

json::Value show(json::Arena& arena, const TaskRecord& task, const Container& container,
                 const json::Value& definition) {
  const ClusterPlace& cluster = task.place.cluster;
  json::ObjectBuilder shown(arena);
  shown.add("containerArn", fmt::format("arn:aws:ecs:{}:{}:container/{}/{}/{}", cluster.home.region,
                                        cluster.home.account, cluster.name, task.place.id, container.id));
  shown.add("taskArn", task.place.arn());
  shown.add("name", container.name);
  shown.add("image", json::text_of(definition, "image"));
  if (container.status != Status::pending) {
    shown.add("runtimeId", fmt::format("ecs-{}-{}", task.place.id, container.name));
  }
  shown.add("lastStatus", name_of(container.status));
  if (container.exit_code) shown.add("exitCode", *container.exit_code);
  if (!container.reason.empty()) shown.add("reason", container.reason);
  shown.add("networkBindings", json::make_array(arena, {}));
  shown.add("networkInterfaces", json::make_array(arena, {}));
  shown.add("healthStatus", "UNKNOWN");
  for (const std::string_view size : {"cpu", "memory", "memoryReservation"}) {
    const json::Value* value = definition.find(size);
    if (value != nullptr && value->is_number()) shown.add(size, value->lexeme());
  }
  return shown.build();
}

json::Value show_containers(json::Arena& arena, const TaskRecord& task) {
  const json::Value plan = read(arena, task.plan);
  const auto definitions = json::elements_of(plan, "containerDefinitions");
  std::vector<json::Value> shown;
  for (std::size_t at = 0; at < task.containers.size(); ++at) {
    shown.push_back(show(arena, task, task.containers[at], at < definitions.size() ? definitions[at] : json::Value()));
  }
  return json::make_array(arena, shown);
}

}  // namespace

json::Value read(json::Arena& arena, std::string_view document) {
  const auto parsed = json::parse_copy(arena, document.empty() ? "{}" : document);
  return parsed ? *parsed : json::ObjectBuilder(arena).build();
}

json::Value read_tags(json::Arena& arena, std::string_view tags) {
  const auto parsed = json::parse_copy(arena, tags.empty() ? "[]" : tags);
  return parsed ? *parsed : json::make_array(arena, {});
}

json::Value show(json::Arena& arena, const TaskRecord& task, Dates dates) {
  json::ObjectBuilder shown(arena);
  for (const json::Member& member : read(arena, task.shown).members()) shown.add(member.key, member.value);
  shown.add("taskArn", task.place.arn());
  shown.add("clusterArn", task.place.cluster.arn());
  shown.add("taskDefinitionArn", task.definition_arn);
  shown.add("lastStatus", name_of(task.status));
  shown.add("desiredStatus", name_of(task.desired));
  shown.add("containers", show_containers(arena, task));
  shown.add("healthStatus", "UNKNOWN");
  shown.add("version", static_cast<std::int64_t>(task.version));
  shown.add("createdAt", date(arena, task.created, dates));
  const auto add_date = [&](std::string_view name, const std::optional<Timestamp>& time) {
    if (time) shown.add(name, date(arena, *time, dates));
  };
  add_date("pullStartedAt", task.pull_started);
  add_date("pullStoppedAt", task.pull_stopped);
  add_date("startedAt", task.started);
  add_date("stoppingAt", task.stopping);
  add_date("executionStoppedAt", task.execution_stopped);
  add_date("stoppedAt", task.stopped);
  if (task.started) {
    shown.add("connectivity", "CONNECTED");
    shown.add("connectivityAt", date(arena, task.created, dates));
  }
  if (!task.stop_code.empty()) shown.add("stopCode", task.stop_code);
  if (!task.stopped_reason.empty()) shown.add("stoppedReason", task.stopped_reason);
  return shown.build();
}

json::Value show(json::Arena& arena, const Definition& definition) {
  json::ObjectBuilder shown(arena);
  shown.add("taskDefinitionArn", definition.place.arn());
  for (const json::Member& member : read(arena, definition.document).members()) shown.add(member.key, member.value);
  shown.add("family", definition.place.family);
  shown.add("revision", static_cast<std::int64_t>(definition.place.revision));
  shown.add("status", name_of(definition.status));
  shown.add("registeredAt", date(arena, definition.registered, Dates::seconds));
  if (!definition.registered_by.empty()) shown.add("registeredBy", definition.registered_by);
  if (definition.deregistered) shown.add("deregisteredAt", date(arena, *definition.deregistered, Dates::seconds));
  return shown.build();
}

json::Value show(json::Arena& arena, const Cluster& cluster, const Counts& counts, const Included& included) {
  const json::Value document = read(arena, cluster.document);
  const json::Value none = json::make_array(arena, {});
  const auto or_none = [&](std::string_view member, bool wanted) {
    const json::Value* value = document.find(member);
    return wanted && value != nullptr ? *value : none;
  };
  json::ObjectBuilder shown(arena);
  shown.add("clusterArn", cluster.place.arn());
  shown.add("clusterName", cluster.place.name);
  shown.add("status", "ACTIVE");
  shown.add("registeredContainerInstancesCount", 0);
  shown.add("runningTasksCount", static_cast<std::int64_t>(counts.running));
  shown.add("pendingTasksCount", static_cast<std::int64_t>(counts.pending));
  shown.add("activeServicesCount", 0);
  shown.add("statistics", none);
  shown.add("tags", or_none("tags", included.tags));
  shown.add("settings", or_none("settings", included.settings));
  shown.add("capacityProviders", or_none("capacityProviders", true));
  shown.add("defaultCapacityProviderStrategy", or_none("defaultCapacityProviderStrategy", true));
  for (const std::string_view member : {"configuration", "serviceConnectDefaults"}) {
    const json::Value* value = document.find(member);
    if (value != nullptr && (included.configurations || member != "configuration")) shown.add(member, *value);
  }
  return shown.build();
}

}  // namespace stepwell::ecs
