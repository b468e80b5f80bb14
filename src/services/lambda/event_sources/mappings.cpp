#include "services/lambda/event_sources/mappings.h"

#include "store/commit.h"

namespace stepwell::lambda {

using store::Table;

Result<void> Mappings::take_up() {
  const auto cursor = store_.scan(Table::event_source_mapping, {}, {}, store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    auto mapping = decode_mapping(cursor->key(), cursor->value());
    if (!mapping) return fail(internal_error("The record of an event source mapping cannot be read."));
    Known& known = known_[mapping->id];
    known.mapping = std::move(*mapping);
    begin(known);
  }
  return cursor->status();
}

void Mappings::close() {
  closed_ = true;
  for (auto& [id, known] : known_) {
    if (known.poller != nullptr) known.poller->stop();
  }
}

const Mappings::Known* Mappings::find(std::string_view id) const {
  const auto found = known_.find(id);
  return found == known_.end() ? nullptr : &found->second;
}

Task<Result<Mappings::Known*>> Mappings::keep(Mapping mapping) {
  store::Batch batch;
  batch.put(Table::event_source_mapping, mapping_key(mapping.id), encode(mapping));
  CO_TRY(co_await store::commit(store_, ports_.scheduler, std::move(batch)));
  Known& known = known_[mapping.id];
  known.mapping = std::move(mapping);
  co_return &known;
}

Task<Result<void>> Mappings::save(Mapping mapping) {
  CO_TRY_ASSIGN(Known* const known, co_await keep(std::move(mapping)));
  begin(*known);
  co_return Result<void>();
}

Task<Result<void>> Mappings::save_tags(Mapping mapping) {
  CO_TRY(co_await keep(std::move(mapping)));
  co_return Result<void>();
}

Task<Result<void>> Mappings::remove(std::string id) {
  store::Batch batch;
  batch.erase(Table::event_source_mapping, mapping_key(id));
  CO_TRY(co_await store::commit(store_, ports_.scheduler, std::move(batch)));
  const auto found = known_.find(id);
  if (found == known_.end()) co_return Result<void>();
  if (found->second.poller != nullptr) found->second.poller->stop();
  known_.erase(found);
  co_return Result<void>();
}

void Mappings::begin(Known& known) {
  if (const auto earlier = std::exchange(known.poller, nullptr)) earlier->stop();
  if (!known.mapping.enabled || closed_) return;
  known.poller = std::make_shared<Poller>(ports_, known.mapping);
  known.poller->start();
}

}  // namespace stepwell::lambda
