#include "services/ecs/operations/support.h"

#include "crypto/hash.h"
#include "wire/arn.h"

#include <algorithm>

namespace stepwell::ecs {

Home home_of(const wire::Call& call) { return {.account = call.caller.account, .region = call.caller.region}; }

Result<Cluster> find_cluster(const Ecs& ecs, const wire::Call& call) {
  const ClusterPlace place{.home = home_of(call), .name = cluster_name(call.text("cluster"))};
  TRY_ASSIGN(auto cluster, ecs.book.find_cluster(place));
  if (!cluster) return fail(errors::cluster_not_found());
  return *std::move(cluster);
}

Result<Definition> find_definition(const Ecs& ecs, const wire::Call& call, std::string_view otherwise) {
  const auto place = definition_place(home_of(call), call.text("taskDefinition"));
  if (!place || place->home != home_of(call)) return fail(errors::client(std::string(otherwise)));
  TRY_ASSIGN(auto definition, ecs.book.find_definition(*place));
  if (!definition) return fail(errors::client(std::string(otherwise)));
  return *std::move(definition);
}

Result<std::optional<TaskRecord>> find_task(const Ecs& ecs, const ClusterPlace& cluster, std::string_view text) {
  TRY_ASSIGN(auto task, ecs.book.find_task(cluster.home, task_id(text)));
  if (task && task->place.cluster != cluster) return std::nullopt;
  return task;
}

Result<Tagged> find_tagged(const Ecs& ecs, std::string_view text) {
  const auto arn = wire::Arn::parse(text);
  if (!arn || arn->service != "ecs") return fail(errors::invalid("Identifier is not an ARN of ECS."));
  const Home home{.account = std::string(arn->account), .region = std::string(arn->region)};
  if (arn->resource.starts_with("cluster/")) {
    TRY_ASSIGN(auto cluster, ecs.book.find_cluster({.home = home, .name = cluster_name(text)}));
    if (cluster) return *std::move(cluster);
  } else if (arn->resource.starts_with("task-definition/")) {
    const auto place = definition_place(home, text);
    if (!place || place->revision == 0) return fail(errors::invalid("The ARN of a task definition has its revision."));
    TRY_ASSIGN(auto definition, ecs.book.find_definition(*place));
    if (definition) return *std::move(definition);
  } else if (arn->resource.starts_with("task/")) {
    TRY_ASSIGN(auto task, ecs.book.find_task(home, task_id(text)));
    if (task) return *std::move(task);
  }
  return fail(errors::resource_not_found(text));
}

std::string tags_of(const Tagged& tagged) {
  if (const auto* definition = std::get_if<Definition>(&tagged)) return definition->tags;
  if (const auto* task = std::get_if<TaskRecord>(&tagged)) return task->tags;
  json::Arena arena;
  const json::Value document = read(arena, std::get<Cluster>(tagged).document);
  return json::print(json::make_array(arena, json::elements_of(document, "tags")));
}

Task<Result<void>> save_tags(Ecs& ecs, Tagged tagged, std::string tags) {
  if (auto* task = std::get_if<TaskRecord>(&tagged)) {
    if (const auto life = ecs.lives.find(task->place.id)) co_return co_await life->tag(std::move(tags));
  }
  store::Batch batch;
  if (auto* cluster = std::get_if<Cluster>(&tagged)) {
    json::Arena arena;
    cluster->document =
        json::print(json::with(arena, read(arena, cluster->document), {{"tags", read_tags(arena, tags)}}));
    Book::put(*cluster, batch);
  } else if (auto* definition = std::get_if<Definition>(&tagged)) {
    definition->tags = std::move(tags);
    Book::put(*definition, batch);
  } else if (auto* task = std::get_if<TaskRecord>(&tagged)) {
    task->tags = std::move(tags);
    Book::put(*task, batch);
  }
  co_return co_await ecs.book.commit(std::move(batch));
}

std::vector<std::string> passed_roles(const Ecs& ecs, const wire::Call& call) {
  std::vector<std::string> roles;
  const bool runs = call.operation->name == "RunTask";
  if (!runs && call.operation->name != "RegisterTaskDefinition") return roles;
  json::Arena arena;
  json::Value definition = call.input;
  const json::Value overrides = runs ? json::object_of(call.input, "overrides") : call.input;
  if (runs) {
    const auto found = find_definition(ecs, call, {});
    if (!found) return roles;  // the call is refused for that
    definition = read(arena, found->document);
  }
  for (const std::string_view which : {"executionRoleArn", "taskRoleArn"}) {
    const std::string_view own = json::text_of(overrides, which);
    const std::string_view role = own.empty() ? json::text_of(definition, which) : own;
    if (!role.empty()) roles.emplace_back(role);
  }
  return roles;
}

json::Value failure(json::Arena& arena, std::string_view arn, std::string_view reason) {
  return json::ObjectBuilder(arena).add("arn", arn).add("reason", reason).build();
}

bool includes(const wire::Call& call, std::string_view what) {
  return std::ranges::any_of(json::elements_of(call.input, "include"),
                             [what](const json::Value& one) { return one.is_string() && one.as_string() == what; });
}

Result<Page> Page::of(const wire::Call& call) {
  constexpr std::int64_t most = 100;
  Page page;
  const std::int64_t limit = call.integer("maxResults").value_or(most);
  if (limit < 1 || limit > most) return fail(errors::invalid("maxResults must be between 1 and 100."));
  auto after = crypto::base64url_decode(call.text("nextToken"));
  if (!after) return fail(errors::invalid("Invalid token."));
  page.limit_ = static_cast<std::size_t>(limit);
  page.after_ = *std::move(after);
  return page;
}

bool Page::add(std::string_view key, json::Value value) {
  more_ = values_.size() == limit_;
  if (more_) return false;
  values_.push_back(value);
  last_ = key;
  return true;
}

wire::Reply Page::reply(wire::Call& call, std::string_view member) const {
  json::ObjectBuilder output(call.arena);
  output.add(member, json::make_array(call.arena, values_));
  if (more_) output.add("nextToken", crypto::base64url_encode(last_));
  return reply_with(output.build());
}

}  // namespace stepwell::ecs
