#include "services/states/execution_texts.h"

#include "engine/event_codec.h"

#include <cstring>

namespace stepwell::states {

bool ExecutionTexts::has(std::string_view bytes) const {
  return !bytes.empty() && ::memmem(bytes.data(), bytes.size(), text_.data(), text_.size()) != nullptr;
}

ExecutionTexts::Shard& ExecutionTexts::shard(engine::ShardId id) {
  auto& found = of_shards_[id];
  if (!found) {
    const std::string lowest = engine::shard_key(id);
    found = std::make_unique<Shard>(
        Shard{.records = {*store_, store::Table::execution, lowest}, .events = {*store_, store::Table::event, lowest}});
  }
  return *found;
}

Result<bool> ExecutionTexts::hold(engine::ExecutionId id, std::string_view record) {
  if (id.shard >= of_shards_.size()) return false;
  Shard& of = shard(id.shard);
  if (record.empty()) {
    const std::string key = engine::execution_key(id);
    const bool there = of.records.find(key, key + '\0');
    TRY(of.records.status());
    if (!there) return false;  // deleted since
    record = of.records.value();
  }
  const auto glance = engine::glance_at_execution(record);
  if (!glance) return fail(internal_error("The record of an execution cannot be read."));
  if (has(glance->error) || has(glance->cause)) return true;
  // The later one first, as the walk descends.
  const bool input_first = glance->input.serial > glance->output.serial;
  const engine::Home first = input_first ? glance->input : glance->output;
  const engine::Home second = input_first ? glance->output : glance->input;
  TRY_ASSIGN(const bool found, payload_holds(of.events, id, first));
  if (found || first == second) return found;
  return payload_holds(of.events, id, second);
}

Result<bool> ExecutionTexts::payload_holds(DescendingWalk& events, engine::ExecutionId id, engine::Home home) const {
  if (home.serial == 0) return false;
  const bool there = events.find(engine::execution_key(id), engine::event_key(id, home.serial + 1));
  TRY(events.status());
  if (!there || !has(events.value())) return false;
  const auto index = engine::index_payloads(events.value());
  const auto payload = index ? index->find(home) : std::nullopt;
  return payload && has(*payload);
}

}  // namespace stepwell::states
