#include "services/ecs/book.h"

#include "store/codec.h"
#include "store/commit.h"

namespace stepwell::ecs {
namespace {

using store::Direction;
using store::Table;

constexpr std::size_t piece = 500;  // rows that are forgotten at once

std::unexpected<Error> unreadable() { return fail(internal_error("A record of Amazon ECS cannot be read.")); }

// From the range of `prefix`, that part which lies behind `after` in the direction.
std::unique_ptr<store::Cursor> walk(store::Store& store, Table table, const std::string& prefix, std::string_view after,
                                    Direction direction = Direction::forward) {
  const std::string end = store::prefix_end(prefix);
  if (after.empty()) return store.scan(table, prefix, end, direction);
  const std::string last(after);
  return direction == Direction::forward ? store.scan(table, std::max(prefix, last + '\0'), end, direction)
                                         : store.scan(table, prefix, std::min(end, last), direction);
}

}  // namespace

Result<std::optional<Cluster>> Book::find_cluster(const ClusterPlace& place) const {
  const std::string key = key_of(place);
  TRY_ASSIGN(const auto value, store_.get(Table::ecs_cluster, key));
  if (!value) return std::nullopt;
  auto cluster = decode_cluster(key, *value);
  if (!cluster) return unreadable();
  return cluster;
}

Result<void> Book::visit_clusters(const Home& home, std::string_view after,
                                  const std::function<bool(const Cluster&)>& visit) const {
  const auto cursor = walk(store_, Table::ecs_cluster, prefix_of(home), after);
  for (; cursor->valid(); cursor->next()) {
    const auto cluster = decode_cluster(cursor->key(), cursor->value());
    if (!cluster) return unreadable();
    if (!visit(*cluster)) return {};
  }
  return cursor->status();
}

Result<std::optional<Definition>> Book::find_definition(const DefinitionPlace& place) const {
  if (place.revision > 0) {
    const std::string key = key_of(place);
    TRY_ASSIGN(const auto value, store_.get(Table::ecs_task_definition, key));
    if (!value) return std::nullopt;
    auto definition = decode_definition(key, *value);
    if (!definition) return unreadable();
    return definition;
  }
  const auto cursor = walk(store_, Table::ecs_task_definition, prefix_of(place), {}, Direction::backward);
  for (; cursor->valid(); cursor->next()) {
    auto definition = decode_definition(cursor->key(), cursor->value());
    if (!definition) return unreadable();
    if (definition->status == DefinitionStatus::active) return definition;
  }
  TRY(cursor->status());
  return std::nullopt;
}

Result<std::uint32_t> Book::last_revision(const DefinitionPlace& place) const {
  const auto cursor = walk(store_, Table::ecs_task_definition, prefix_of(place), {}, Direction::backward);
  TRY(cursor->status());
  if (!cursor->valid()) return 0;
  const auto definition = decode_definition(cursor->key(), cursor->value());
  if (!definition) return unreadable();
  return definition->place.revision;
}

Result<void> Book::visit_definitions(const Home& home, std::string_view after, Direction direction,
                                     const std::function<bool(const Definition&)>& visit) const {
  const auto cursor = walk(store_, Table::ecs_task_definition, prefix_of(home), after, direction);
  for (; cursor->valid(); cursor->next()) {
    const auto definition = decode_definition(cursor->key(), cursor->value());
    if (!definition) return unreadable();
    if (!visit(*definition)) return {};
  }
  return cursor->status();
}

Result<std::optional<TaskRecord>> Book::find_task(const Home& home, std::string_view id) const {
  const std::string key = task_key(home, id);
  TRY_ASSIGN(const auto value, store_.get(Table::ecs_task, key));
  if (!value) return std::nullopt;
  auto task = decode_task(key, *value);
  if (!task) return unreadable();
  return task;
}

Result<void> Book::visit_tasks(const Home& home, std::string_view after,
                               const std::function<bool(const TaskRecord&)>& visit) const {
  const auto cursor = walk(store_, Table::ecs_task, prefix_of(home), after);
  for (; cursor->valid(); cursor->next()) {
    const auto task = decode_task(cursor->key(), cursor->value());
    if (!task) return unreadable();
    if (!visit(*task)) return {};
  }
  return cursor->status();
}

Result<void> Book::visit_all_tasks(const std::function<void(TaskRecord)>& visit) const {
  const auto cursor = store_.scan(Table::ecs_task, {}, {}, Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    auto task = decode_task(cursor->key(), cursor->value());
    if (!task) return unreadable();
    visit(*std::move(task));
  }
  return cursor->status();
}

Result<std::optional<Token>> Book::find_token(const ClusterPlace& cluster, std::string_view token) const {
  TRY_ASSIGN(const auto value, store_.get(Table::ecs_client_token, token_key(cluster, token)));
  if (!value) return std::nullopt;
  auto found = decode_token(*value);
  if (!found) return unreadable();
  return found;
}

void Book::put(const Cluster& cluster, store::Batch& batch) {
  batch.put(Table::ecs_cluster, key_of(cluster.place), encode(cluster));
}
void Book::put(const Definition& definition, store::Batch& batch) {
  batch.put(Table::ecs_task_definition, key_of(definition.place), encode(definition));
}
void Book::put(const TaskRecord& task, store::Batch& batch) {
  batch.put(Table::ecs_task, task_key(task.place.cluster.home, task.place.id), encode(task));
}

Task<Result<void>> Book::commit(store::Batch batch) {
  co_return co_await store::commit(store_, scheduler_, std::move(batch));
}

Task<Result<void>> Book::forget(Timestamp now) {
  while (true) {
    store::Batch batch;
    std::size_t count = 0;
    const auto cursor = store_.scan(Table::ecs_expiry, {}, {}, Direction::forward);
    for (; cursor->valid() && count < piece; cursor->next(), ++count) {
      const auto expiry = decode_expiry(cursor->key());
      if (!expiry) co_return unreadable();
      if (expiry->at > now) break;
      batch.erase(expiry->what == Forgotten::task ? Table::ecs_task : Table::ecs_client_token, expiry->key);
      batch.erase(Table::ecs_expiry, cursor->key());
    }
    CO_TRY(cursor->status());
    if (batch.empty()) co_return Result<void>();
    CO_TRY(co_await commit(std::move(batch)));
    if (count < piece) co_return Result<void>();
  }
}

}  // namespace stepwell::ecs
