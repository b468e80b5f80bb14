#include "services/events/registry.h"

#include "crypto/seal.h"
#include "services/events/records.h"
#include "store/codec.h"
#include "store/commit.h"

#include <future>

#include <fmt/format.h>

namespace stepwell::events {
namespace {

using store::Table;

constexpr std::string_view key_name = "connections key";
constexpr std::size_t key_bytes = 32;
constexpr std::string_view purpose = "connection";

Result<std::string> open_key(store::Store& store) {
  TRY_ASSIGN(auto stored, store.get(Table::meta, key_name));
  if (stored && stored->size() == key_bytes) return std::move(*stored);
  std::string key = crypto::random_bytes(key_bytes);
  store::Batch batch;
  batch.put(Table::meta, key_name, key);
  std::promise<Result<void>> written;
  store.commit(std::move(batch), [&written](Result<void> result) { written.set_value(std::move(result)); });
  TRY(written.get_future().get());
  return key;
}

Error unreadable(std::string_view what) {
  return internal_error(fmt::format("A record of EventBridge cannot be read: {}.", what));
}

// Calls `read(key, document)` with each row of the table.
template <typename Read>
Result<void> read_all(store::Store& store, Table table, Read read) {
  const auto cursor = store.scan(table, {}, {}, store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    auto document = decode(cursor->value());
    if (!document) return fail(unreadable(fmt::format("table {}", static_cast<int>(table))));
    TRY(read(cursor->key(), std::move(*document)));
  }
  return cursor->status();
}

Table table_of(Shelf shelf) { return shelf == Shelf::connections ? Table::event_connection : Table::api_destination; }

std::string prefix_of(const wire::Caller& caller) {
  return store::KeyWriter().text(caller.account).text(caller.region).take();
}

}  // namespace

struct Registry::Secrets {
  crypto::Sealer sealer;
};

Registry::Registry(store::Store& store, Scheduler& scheduler, std::unique_ptr<Secrets> secrets)
    : store_(store), scheduler_(scheduler), secrets_(std::move(secrets)) {}
Registry::~Registry() = default;

Result<std::unique_ptr<Registry>> Registry::open(store::Store& store, Scheduler& scheduler) {
  TRY_ASSIGN(const std::string key, open_key(store));
  auto secrets = std::make_unique<Secrets>(Secrets{.sealer = crypto::Sealer(key)});
  std::unique_ptr<Registry> registry(new Registry(store, scheduler, std::move(secrets)));
  TRY(registry->load());
  return registry;
}

Result<void> Registry::load() {
  TRY(read_all(store_, Table::event_bus, [this](std::string_view key, std::string document) -> Result<void> {
    const auto place = decode_place(key);
    if (!place) return fail(unreadable("the key of a bus"));
    bus_at(*place).document = std::move(document);
    return {};
  }));
  TRY(read_all(store_, Table::event_rule, [this](std::string_view key, std::string document) -> Result<void> {
    const auto place = decode_rule_place(key);
    if (!place) return fail(unreadable("the key of a rule"));
    TRY_ASSIGN(auto rule, compile_rule(*place, std::move(document)));
    bus_at(place->bus).put(std::move(rule));
    return {};
  }));
  for (const Shelf shelf : {Shelf::connections, Shelf::destinations}) {
    TRY(read_all(store_, table_of(shelf), [&](std::string_view key, std::string document) -> Result<void> {
      const auto place = decode_place(key);
      const auto opened =
          shelf == Shelf::connections ? secrets_->sealer.open(purpose, document) : std::optional(document);
      if (!place || !opened) return fail(unreadable("a connection or an API destination"));
      shelves_[static_cast<int>(shelf)].emplace(key, std::make_shared<const Resource>(Resource{*place, *opened}));
      return {};
    }));
  }
  return {};
}

Bus& Registry::bus_at(const Place& place) {
  auto& bus = buses_[key_of(place)];
  if (bus == nullptr) bus = std::make_unique<Bus>(place);
  return *bus;
}

const Bus* Registry::find_bus(const Place& place) {
  const auto found = buses_.find(key_of(place));
  if (found != buses_.end()) return found->second.get();
  return place.name == default_bus ? &bus_at(place) : nullptr;
}

RulePtr Registry::find_rule(const RulePlace& place) {
  const auto found = buses_.find(key_of(place.bus));
  return found == buses_.end() ? nullptr : found->second->find(place.name);
}

std::vector<const Bus*> Registry::buses(const wire::Caller& caller) {
  std::vector<const Bus*> found = {&bus_at(place_of(caller, default_bus))};
  const std::string prefix = prefix_of(caller);
  for (auto at = buses_.lower_bound(prefix); at != buses_.end() && at->first.starts_with(prefix); ++at) {
    if (at->second->place().name != default_bus) found.push_back(at->second.get());
  }
  return found;
}

std::vector<RulePtr> Registry::scheduled_rules() const {
  std::vector<RulePtr> rules;
  for (const auto& [key, bus] : buses_) {
    for (const auto& [name, rule] : bus->rules()) {
      if (rule->schedule && rule->is_enabled) rules.push_back(rule);
    }
  }
  return rules;
}

ResourcePtr Registry::find(Shelf shelf, const Place& place) const {
  const auto& resources = shelves_[static_cast<int>(shelf)];
  const auto found = resources.find(key_of(place));
  return found == resources.end() ? nullptr : found->second;
}

std::vector<ResourcePtr> Registry::all(Shelf shelf, const wire::Caller& caller) const {
  const auto& resources = shelves_[static_cast<int>(shelf)];
  const std::string prefix = prefix_of(caller);
  std::vector<ResourcePtr> found;
  for (auto at = resources.lower_bound(prefix); at != resources.end() && at->first.starts_with(prefix); ++at) {
    found.push_back(at->second);
  }
  return found;
}

Task<Result<void>> Registry::save_bus(Place place, std::string document) {
  store::Batch batch;
  batch.put(Table::event_bus, key_of(place), encode(document));
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  bus_at(place).document = std::move(document);
  co_return Result<void>();
}

Task<Result<void>> Registry::remove_bus(Place place) {
  store::Batch batch;
  batch.erase(Table::event_bus, key_of(place));
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  buses_.erase(key_of(place));
  co_return Result<void>();
}

Task<Result<void>> Registry::save_rule(RulePtr rule) {
  store::Batch batch;
  batch.put(Table::event_rule, key_of(rule->place), encode(rule->document));
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  bus_at(rule->place.bus).put(rule);
  if (watcher_) watcher_();
  co_return Result<void>();
}

Task<Result<void>> Registry::remove_rule(RulePlace place) {
  store::Batch batch;
  batch.erase(Table::event_rule, key_of(place));
  batch.erase(Table::event_schedule, key_of(place));
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  bus_at(place.bus).erase(place.name);
  if (watcher_) watcher_();
  co_return Result<void>();
}

std::string Registry::write(Shelf shelf, const Resource& resource) const {
  return encode(shelf == Shelf::connections ? secrets_->sealer.seal(purpose, resource.document) : resource.document);
}

Task<Result<void>> Registry::save(Shelf shelf, Resource resource) {
  const std::string key = key_of(resource.place);
  store::Batch batch;
  batch.put(table_of(shelf), key, write(shelf, resource));
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  shelves_[static_cast<int>(shelf)].insert_or_assign(key, std::make_shared<const Resource>(std::move(resource)));
  co_return Result<void>();
}

Task<Result<void>> Registry::remove(Shelf shelf, Place place) {
  const std::string key = key_of(place);
  store::Batch batch;
  batch.erase(table_of(shelf), key);
  CO_TRY(co_await store::commit(store_, scheduler_, std::move(batch)));
  shelves_[static_cast<int>(shelf)].erase(key);
  co_return Result<void>();
}

Result<std::optional<Timestamp>> Registry::last_due(const RulePlace& place) const {
  TRY_ASSIGN(const auto value, store_.get(Table::event_schedule, key_of(place)));
  if (!value) return std::nullopt;
  store::ValueReader in(*value);
  const std::int64_t due = in.signed_varint();
  if (!in.ok() || !in.at_end()) return fail(unreadable("when a rule was due"));
  return Timestamp{Duration{due}};
}

void Registry::put_last_due(const RulePlace& place, Timestamp due, store::Batch& batch) {
  std::string value;
  store::ValueWriter(value).signed_varint(due.time_since_epoch().count());
  batch.put(Table::event_schedule, key_of(place), value);
}

}  // namespace stepwell::events
