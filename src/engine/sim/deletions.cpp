#include "engine/sim/deletions.h"

#include "engine/check/rows.h"
#include "engine/records.h"

#include <fmt/format.h>

namespace stepwell::engine::sim {

class Deletions::Visitor {
 public:
  Visitor(Deletions& deletions, store::Store& tables, Timestamp at) : all_(deletions), tables_(tables), at_(at) {}

  void put(store::Table table, std::string_view key, std::string_view) {
    if (table != store::Table::execution && table != store::Table::event && table != store::Table::scope) return;
    if (const ExecutionId id = owner(key); all_.deleted(id)) problem(id, "comes back");
  }
  void erase(store::Table table, std::string_view key) {
    if (table == store::Table::execution) erase_execution(owner(key));
    if (table == store::Table::event) erase_event(owner(key));
  }
  void erase_range(store::Table table, std::string_view from, std::string_view) { erase(table, from); }

 private:
  static ExecutionId owner(std::string_view key) {
    static const std::size_t length = execution_key({}).size();
    return *read_execution_key(key.substr(0, length));
  }
  void problem(ExecutionId id, std::string_view what) {
    all_.problems_.push_back(fmt::format("retention: execution {}/{} {}", id.shard, id.serial, what));
  }

  void erase_execution(ExecutionId id) {
    const auto record = check::read_record(tables_, id);
    if (!all_.retention_)
      problem(id, "is deleted, and everything is kept");
    else if (!record || record->status == Status::running)
      problem(id, "is deleted and has not ended");
    else if (*record->stopped + *all_.retention_ > at_)
      problem(id, "is deleted before its time");
    all_.deleted_.insert(id);
  }

  // The rest of one whose record went with an earlier batch goes, too.
  void erase_event(ExecutionId id) {
    if (!all_.deleted(id) && check::read_record(tables_, id)) problem(id, "loses events and stays");
  }

  Deletions& all_;
  store::Store& tables_;
  const Timestamp at_;
};

void Deletions::look_at(store::Store& tables, const store::Batch& batch, Timestamp at) {
  batch.visit(Visitor(*this, tables, at));
}

}  // namespace stepwell::engine::sim
