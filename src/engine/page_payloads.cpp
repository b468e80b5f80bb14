#include "engine/page_payloads.h"

#include "engine/record_keys.h"
#include "engine/storage_lost.h"

#include <algorithm>

namespace stepwell::engine {
namespace {

constexpr std::size_t kept_records = 8;  // of at most 256 KB, or one payload, each

}  // namespace

std::string PagePayloads::fetch(ExecutionId execution, Home home) const {
  const Record* record = find(execution, home.serial);
  if (const auto payload = record ? record->index.find(home) : std::nullopt) return std::string(*payload);
  return StoredPayloads(*store_).fetch(execution, home);  // says what is wrong
}

const PagePayloads::Record* PagePayloads::find(ExecutionId execution, Serial serial) const {
  const auto known = std::ranges::find_if(
      records_, [&](const Record& record) { return record.index.first <= serial && serial < record.index.end; });
  if (known != records_.end()) {
    records_.splice(records_.begin(), records_, known);
    return &records_.front();
  }
  const auto cursor = store_->scan(store::Table::event, event_key(execution, 0), event_key(execution, serial + 1),
                                   store::Direction::backward);
  if (!cursor->valid()) return nullptr;
  Record& record = records_.emplace_front(std::string(cursor->value()), PayloadIndex{});
  auto index = index_payloads(record.bytes);
  if (!index) {
    records_.pop_front();
    return nullptr;
  }
  record.index = std::move(*index);
  if (records_.size() > kept_records) records_.pop_back();
  return &record;
}

}  // namespace stepwell::engine
