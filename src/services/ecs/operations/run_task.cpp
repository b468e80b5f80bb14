#include "crypto/hash.h"
#include "services/ecs/operations/support.h"
#include "services/ecs/plan.h"
#include "services/ecs/sizes.h"

#include <algorithm>

namespace stepwell::ecs {
namespace {

using json::elements_of;
using json::object_of;
using json::text_of;

constexpr std::int64_t most_at_once = 10;
constexpr std::size_t longest_started_by = 128;
constexpr Duration tokens_count_for = std::chrono::hours(24);

std::string digest_of(const wire::Call& call) {
  std::string text;
  for (const json::Member& member : call.input.members()) {
    if (member.key != "clientToken") text += fmt::format("{}={}\n", member.key, json::print(member.value));
  }
  return crypto::digest(crypto::Digest::sha256, text);
}

std::string_view first_provider(const wire::Call& call) {
  const auto strategy = elements_of(call.input, "capacityProviderStrategy");
  return strategy.empty() ? std::string_view{} : text_of(strategy.front(), "capacityProvider");
}

bool has_compatibility(const json::Value& definition, std::string_view member, std::string_view launch_type) {
  return std::ranges::any_of(elements_of(definition, member),
                             [=](const json::Value& one) { return one.as_string() == launch_type; });
}

std::string_view launch_type_of(const wire::Call& call, const json::Value& definition) {
  if (call.has("launchType")) return call.text("launchType");
  if (first_provider(call).starts_with("FARGATE")) return "FARGATE";
  return has_compatibility(definition, "requiresCompatibilities", "FARGATE") ? "FARGATE" : "EC2";
}

Result<void> check_request(const wire::Call& call, const json::Value& definition) {
  const std::int64_t count = call.integer("count").value_or(1);
  if (count < 1 || count > most_at_once) {
    return fail(errors::invalid(fmt::format("The task count must be between 1 and {}.", most_at_once)));
  }
  if (call.text("startedBy").size() > longest_started_by) return fail(errors::invalid("Invalid value for startedBy."));
  if (call.has("launchType") && !first_provider(call).empty()) {
    return fail(
        errors::invalid("Specifying both a launch type and capacity provider strategy is not supported. "
                        "Remove one and try again."));
  }
  if (!elements_of(call.input, "volumeConfigurations").empty()) {
    return fail(errors::not_implemented("volumeConfigurations of RunTask"));
  }
  if (launch_type_of(call, definition) == "FARGATE" && !has_compatibility(definition, "compatibilities", "FARGATE")) {
    return fail(errors::invalid("Task definition does not support launch_type FARGATE."));
  }
  if (text_of(definition, "networkMode") == "awsvpc" && !call.has("networkConfiguration")) {
    return fail(errors::invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified."));
  }
  return {};
}

// As tasks show what is overridden: every container by its name.
json::Value show_overrides(json::Arena& arena, const json::Value& definition, const json::Value& overrides) {
  std::vector<json::Value> containers;
  for (const json::Value& container : elements_of(definition, "containerDefinitions")) {
    const std::string_view name = text_of(container, "name");
    const auto given = elements_of(overrides, "containerOverrides");
    const auto own = std::ranges::find_if(given, [=](const json::Value& by) { return text_of(by, "name") == name; });
    containers.push_back(own == given.end() ? json::ObjectBuilder(arena).add("name", name).build() : *own);
  }
  return json::with(arena, overrides,
                    {{"containerOverrides", json::make_array(arena, containers)},
                     {"inferenceAcceleratorOverrides", json::make_array(arena, {})}});
}

// The task's own size, or that of its containers together.
void add_size(json::ObjectBuilder& shown, const json::Value& plan, std::string_view member,
              std::optional<std::uint64_t> own) {
  std::uint64_t total = 0;
  for (const json::Value& container : elements_of(plan, "containerDefinitions")) {
    const json::Value* size = container.find(member);
    if (size != nullptr && size->is_number()) {
      total += static_cast<std::uint64_t>(std::max<std::int64_t>(size->as_integer().value_or(0), 0));
    }
  }
  shown.add(member, std::to_string(own.value_or(total)));
}

json::Value shown_of(wire::Call& call, const Definition& definition, const json::Value& document,
                     const json::Value& plan) {
  json::Arena& arena = call.arena;
  const std::string_view launch_type = launch_type_of(call, document);
  json::ObjectBuilder shown(arena);
  shown.add("attachments", json::make_array(arena, {}));
  shown.add("availabilityZone", call.caller.region + "a");
  if (!first_provider(call).empty()) shown.add("capacityProviderName", first_provider(call));
  add_size(shown, plan, "cpu", cpu_units(text_of(plan, "cpu")));
  shown.add("enableExecuteCommand", call.flag("enableExecuteCommand"));
  shown.add("group", call.has("group") ? std::string(call.text("group")) : "family:" + definition.place.family);
  shown.add("launchType", launch_type);
  add_size(shown, plan, "memory", memory_mib(text_of(plan, "memory")));
  shown.add("overrides", show_overrides(arena, document, object_of(call.input, "overrides")));
  if (launch_type == "FARGATE") {
    const bool named = call.has("platformVersion") && call.text("platformVersion") != "LATEST";
    shown.add("platformVersion", named ? call.text("platformVersion") : "1.4.0");
    shown.add("platformFamily", "Linux");
  }
  if (call.has("startedBy")) shown.add("startedBy", call.text("startedBy"));
  return shown.build();
}

// Those of the request, and of the definition where they are to be propagated.
std::string tags_for(wire::Call& call, const Definition& definition) {
  const auto own = elements_of(call.input, "tags");
  std::vector<json::Value> tags(own.begin(), own.end());
  if (call.text("propagateTags") == "TASK_DEFINITION") {
    for (const json::Value& tag : read_tags(call.arena, definition.tags).elements()) {
      const auto same = [&](const json::Value& other) { return text_of(other, "key") == text_of(tag, "key"); };
      if (std::ranges::none_of(own, same)) tags.push_back(tag);
    }
  }
  return json::print(json::make_array(call.arena, tags));
}

std::string make_id(Random& random) {
  std::string id = make_uuid(random);
  std::erase(id, '-');
  return id;
}

wire::Reply reply_of(wire::Call& call, const std::vector<TaskRecord>& tasks, std::span<const json::Value> failures) {
  std::vector<json::Value> shown;
  for (const TaskRecord& task : tasks) {
    shown.push_back(json::with(call.arena, show(call.arena, task), {{"tags", read_tags(call.arena, task.tags)}}));
  }
  return reply_with(json::ObjectBuilder(call.arena)
                        .add("tasks", json::make_array(call.arena, shown))
                        .add("failures", json::make_array(call.arena, failures))
                        .build());
}

// What the same request has started before, by the same clientToken; nullopt: nothing.
Result<std::optional<std::vector<TaskRecord>>> started_before(const Ecs& ecs, const wire::Call& call,
                                                              const ClusterPlace& cluster) {
  if (!call.has("clientToken")) return std::nullopt;
  TRY_ASSIGN(const auto token, ecs.book.find_token(cluster, call.text("clientToken")));
  if (!token) return std::nullopt;
  if (token->digest != digest_of(call)) {
    return fail(errors::make("ConflictException",
                             "The RunTask request could not be processed due to conflicts. The provided clientToken is "
                             "already in use with a different RunTask request."));
  }
  std::vector<TaskRecord> tasks;
  for (const std::string& id : token->tasks) {
    TRY_ASSIGN(auto task, ecs.book.find_task(cluster.home, id));
    if (task) tasks.push_back(*std::move(task));
  }
  return tasks;
}

void put_token(const Ecs& ecs, const wire::Call& call, const ClusterPlace& cluster,
               const std::vector<TaskRecord>& tasks, store::Batch& batch) {
  if (!call.has("clientToken")) return;
  Token token{.digest = digest_of(call)};
  for (const TaskRecord& task : tasks) token.tasks.push_back(task.place.id);
  const std::string key = token_key(cluster, call.text("clientToken"));
  batch.put(store::Table::ecs_client_token, key, encode(token));
  const Timestamp until = ecs.clock.now() + tokens_count_for;
  batch.put(store::Table::ecs_expiry, expiry_key(until, Forgotten::token, key), {});
}

Result<std::vector<TaskRecord>> make_tasks(const Ecs& ecs, wire::Call& call, const ClusterPlace& cluster) {
  TRY_ASSIGN(const Definition definition, find_definition(ecs, call, "TaskDefinition not found."));
  if (definition.status != DefinitionStatus::active) return fail(errors::client("TaskDefinition is inactive"));
  const json::Value document = read(call.arena, definition.document);
  TRY(check_request(call, document));
  TRY_ASSIGN(const json::Value plan, make_plan(call.arena, document, object_of(call.input, "overrides")));
  TRY(check_roles(plan, ecs.lives.ports().surroundings().access));
  TaskRecord task{.place = {.cluster = cluster},
                  .definition_arn = definition.place.arn(),
                  .shown = json::print(shown_of(call, definition, document, plan)),
                  .plan = json::print(plan),
                  .tags = tags_for(call, definition),
                  .created = ecs.clock.now()};
  for (const json::Value& container : elements_of(plan, "containerDefinitions")) {
    task.containers.push_back({.name = std::string(text_of(container, "name"))});
  }
  std::vector<TaskRecord> tasks(static_cast<std::size_t>(call.integer("count").value_or(1)), task);
  for (TaskRecord& one : tasks) {
    one.place.id = make_id(ecs.random);
    for (Container& container : one.containers) container.id = make_uuid(ecs.random);
  }
  return tasks;
}

}  // namespace

// What is answered is durable, and runs: after a crash, too.
Task<Result<wire::Reply>> run_task(Ecs& ecs, wire::Call& call) {
  const LifePorts& ports = ecs.lives.ports();
  if (const auto ready = co_await ports.containers.ready(); !ready) {
    co_return fail(errors::invalid("No Container Instances were found in your cluster. " + ready.error().message));
  }
  const auto lock = co_await ecs.book.changes().lock();
  CO_TRY_ASSIGN(const Cluster cluster, find_cluster(ecs, call));
  CO_TRY_ASSIGN(const auto before, started_before(ecs, call, cluster.place));
  if (before) co_return reply_of(call, *before, {});
  CO_TRY_ASSIGN(const std::vector<TaskRecord> tasks, make_tasks(ecs, call, cluster.place));
  if (!ecs.lives.has_room_for(tasks.size())) {
    const json::Value full =
        failure(call.arena, cluster.place.arn(),
                "Capacity is unavailable at this time. Please try again later or in a different availability zone");
    co_return reply_of(call, {}, {&full, 1});
  }
  store::Batch batch;
  for (const TaskRecord& task : tasks) write_task(ports, task, batch);
  put_token(ecs, call, cluster.place, tasks, batch);
  CO_TRY(co_await ecs.book.commit(std::move(batch)));
  for (const TaskRecord& task : tasks) ecs.lives.begin(task);
  co_return reply_of(call, tasks, {});
}

}  // namespace stepwell::ecs
