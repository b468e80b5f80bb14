#include "services/directory/actions.h"

#include "lang/json/documents.h"
#include "services/ecs/model.h"
#include "services/ecs/names.h"

#include <array>

#include <fmt/format.h>

namespace stepwell::ecs {
namespace {

Home home(const wire::Call& call) { return {.account = call.caller.account, .region = call.caller.region}; }

std::string cluster_arn(const wire::Call& call, std::string_view name) {
  return ClusterPlace{.home = home(call), .name = cluster_name(name)}.arn();
}
std::string task_arn(const wire::Call& call, std::string_view text) {
  const ClusterPlace place{.home = home(call), .name = cluster_name(call.text("cluster"))};
  return text.starts_with("arn:") ? std::string(text) : TaskPlace{.cluster = place, .id = task_id(text)}.arn();
}

// Operations on several things are allowed by the first of them, as their policies name one kind of thing.
std::string_view first(const wire::Call& call, std::string_view list) {
  const auto elements = json::elements_of(call.input, list);
  return elements.empty() ? std::string_view{} : elements.front().as_string();
}

std::string cluster(const wire::Call& call) { return cluster_arn(call, call.text("cluster")); }
std::string described_cluster(const wire::Call& call) { return cluster_arn(call, first(call, "clusters")); }
std::string described_task(const wire::Call& call) { return task_arn(call, first(call, "tasks")); }
std::string task(const wire::Call& call) { return task_arn(call, call.text("task")); }

std::string definition(const wire::Call& call) {
  const std::string_view text = call.text("taskDefinition");
  const auto place = definition_place(home(call), text);
  if (!place) return std::string(text);
  if (place->revision > 0) return place->arn();
  return fmt::format("arn:aws:ecs:{}:{}:task-definition/{}", place->home.region, place->home.account, place->family);
}

constexpr auto table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#include "services/ecs/actions.def"
#undef ACTION
});

}  // namespace

directory::Actions actions() { return {.actions = table}; }

}  // namespace stepwell::ecs
