#include "services/states/integration.h"

#include "lang/json/parse.h"
#include "services/states/task_role.h"

#include <array>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

struct Entry {
  std::string_view key;
  Integration function;
};

constexpr auto integrations = std::to_array<Entry>({
#define INTEGRATION(key, function) {key, function},
#include "services/states/integrations.def"
#undef INTEGRATION
});

std::string key_of(const asl::Resource& resource) {
  if (resource.kind == asl::Resource::Kind::lambda) return "lambda-function";
  return fmt::format("{}:{}", resource.service, resource.action);
}

}  // namespace

Integration find_integration(const asl::Resource& resource) {
  const std::string key = key_of(resource);
  Integration generic = nullptr;
  for (const Entry& entry : integrations) {
    if (entry.key == key) return entry.function;
    const std::string_view prefix = entry.key.substr(0, entry.key.size() - 1);
    if (entry.key.ends_with('*') && key.starts_with(prefix)) generic = entry.function;
  }
  return generic;
}

Task<TaskOutcome> run_integration(States& states, const engine::RunTask& task, wire::Caller caller,
                                  std::stop_token cancelled, store::Batch* effect) {
  const Integration integration = find_integration(*task.resource);
  if (integration == nullptr) {
    co_return cannot_start(
        fmt::format("The resource {} is not supported by this version of Stepwell.", task.resource->arn));
  }
  auto in_role = caller_in_role(states, task, std::move(caller));
  if (!in_role) co_return std::unexpected(std::move(in_role).error());
  json::Arena arena;
  const auto arguments = json::parse(arena, task.arguments);
  co_return co_await integration({.task = task,
                                  .arena = arena,
                                  .arguments = *arguments,
                                  .directory = states.directory,
                                  .states = states,
                                  .caller = std::move(*in_role),
                                  .cancelled = std::move(cancelled),
                                  .effect = effect});
}

}  // namespace stepwell::states
