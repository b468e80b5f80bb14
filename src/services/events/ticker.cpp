#include "services/events/ticker.h"

#include "lang/json/build.h"
#include "services/events/event.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::events {
namespace {

constexpr Duration longest_sleep = std::chrono::hours(1);  // clocks may jump
constexpr Duration between_failures = std::chrono::seconds(5);

}  // namespace

Result<std::optional<Timestamp>> Ticker::next_due(const Rule& rule) const {
  TRY_ASSIGN(const auto last, ports_.registry.last_due(rule.place));
  return schedule::next(*rule.schedule, rule.start, std::max(last.value_or(rule.start), rule.start),
                        schedule::TimeZone());
}

Result<void> Ticker::start() {
  started_ = true;
  refresh();
  return {};
}

void Ticker::refresh() {
  if (!started_) return;
  std::map<std::string, Entry> entries;
  for (const RulePtr& rule : ports_.registry.scheduled_rules()) {
    const std::string key = key_of(rule->place);
    const auto known = entries_.find(key);
    if (known != entries_.end() && known->second.rule->start == rule->start) {
      entries.emplace(key, Entry{.rule = rule, .due = known->second.due});
      continue;
    }
    const auto due = next_due(*rule);
    if (!due) ports_.log.error(fmt::format("Rule {} does not tick: {}", rule->place.arn(), due.error().message));
    entries.emplace(key, Entry{.rule = rule, .due = due ? *due : std::nullopt});
  }
  entries_ = std::move(entries);
  arm();
}

void Ticker::arm() {
  if (committing_) return;
  std::optional<Timestamp> first;
  for (const auto& [key, entry] : entries_) {
    if (entry.due && (!first || *entry.due < *first)) first = entry.due;
  }
  alarm_.reset();
  if (!first) return;
  const Duration wait = std::clamp(*first - ports_.clock.now(), Duration{0}, longest_sleep);
  alarm_ = ports_.scheduler.after(wait, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->tick();
  });
}

Result<void> Ticker::send(Entry& entry, Timestamp now, store::Batch& batch) {
  const Rule& rule = *entry.rule;
  json::Arena arena;
  const json::Value resource = json::make_string(arena, rule.place.arn());
  const json::Value event = make_event(arena, {.id = arena.copy(make_uuid(ports_.random)),
                                               .source = "aws.events",
                                               .detail_type = "Scheduled Event",
                                               .account = rule.place.bus.account,
                                               .region = rule.place.bus.region,
                                               .time = *entry.due,
                                               .resources = json::make_array(arena, {&resource, 1}),
                                               .detail = json::ObjectBuilder(arena).build()});
  TRY(ports_.router.send(arena, rule, event, batch));
  // What is long overdue is made up for once.
  Registry::put_last_due(rule.place, now, batch);
  entry.due = schedule::next(*rule.schedule, rule.start, now, schedule::TimeZone());
  return {};
}

void Ticker::tick() {
  alarm_.reset();
  const Timestamp now = ports_.clock.now();
  store::Batch batch;
  for (auto& [key, entry] : entries_) {
    if (!entry.due || *entry.due > now) continue;
    if (const auto sent = send(entry, now, batch); !sent) return finished(sent);
  }
  if (batch.empty()) return arm();
  committing_ = true;
  ports_.store.commit(std::move(batch), [weak = weak_from_this(), &scheduler = ports_.scheduler](Result<void> result) {
    scheduler.post([weak, result = std::move(result)] {
      if (const auto self = weak.lock()) self->finished(result);
    });
  });
}

void Ticker::finished(const Result<void>& committed) {
  committing_ = false;
  if (committed) return arm();
  ports_.log.warning(fmt::format("Scheduled rules could not be run, trying again: {}", committed.error().message));
  entries_.clear();  // what is due stands in the store
  alarm_ = ports_.scheduler.after(between_failures, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->refresh();
  });
}

}  // namespace stepwell::events
