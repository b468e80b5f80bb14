#pragma once
// The store in memory: for tests, for running a definition here and now, and for `--store memory`. What it holds ends
// with the process.
//
// commit() applies the batch and calls its completion before it returns, on the caller's thread and outside every lock:
// the caller must bear being called back inside its own call. Nothing fails. A cursor is a snapshot that costs one
// reference; walking it takes no lock.

#include "store/memory/tree.h"
#include "store/store.h"

#include <array>
#include <mutex>

namespace stepwell::store {

class MemoryStore final : public Store {
 public:
  Result<std::optional<std::string>> get(Table table, std::string_view key) override;
  std::unique_ptr<Cursor> scan(Table table, std::string_view from, std::string_view to, Direction direction) override;
  Ticket write(Batch batch, Committed committed) override;

 private:
  std::mutex mutex_;
  std::array<Tree, table_places> tables_;
};

}  // namespace stepwell::store
