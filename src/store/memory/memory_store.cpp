#include "store/memory/memory_store.h"

namespace stepwell::store {
namespace {

class MemoryCursor final : public Cursor {
 public:
  explicit MemoryCursor(TreeWalk walk) : walk_(std::move(walk)) {}
  bool valid() const override { return walk_.entry() != nullptr; }
  std::string_view key() const override { return walk_.entry()->key; }
  std::string_view value() const override { return walk_.entry()->value; }
  void next() override { walk_.next(); }
  Result<void> status() const override { return {}; }

 private:
  TreeWalk walk_;
};

class Applier {
 public:
  explicit Applier(std::array<Tree, table_places>& tables) : tables_(tables) {}
  void put(Table table, std::string_view key, std::string_view value) { of(table).put(key, value); }
  void erase(Table table, std::string_view key) { of(table).erase(key); }
  void erase_range(Table table, std::string_view from, std::string_view to) { of(table).erase_range(from, to); }

 private:
  Tree& of(Table table) { return tables_[std::to_underlying(table)]; }
  std::array<Tree, table_places>& tables_;
};

}  // namespace

Result<std::optional<std::string>> MemoryStore::get(Table table, std::string_view key) {
  std::shared_ptr<const Tree::Entry> entry;
  {
    const std::lock_guard lock(mutex_);
    entry = tables_[std::to_underlying(table)].find(key);
  }
  if (entry == nullptr) return std::nullopt;
  return entry->value;
}

std::unique_ptr<Cursor> MemoryStore::scan(Table table, std::string_view from, std::string_view to,
                                          Direction direction) {
  const std::lock_guard lock(mutex_);
  return std::make_unique<MemoryCursor>(TreeWalk(tables_[std::to_underlying(table)], from, to, direction));
}

Ticket MemoryStore::write(Batch batch, Committed committed) {
  {
    const std::lock_guard lock(mutex_);
    batch.visit(Applier(tables_));
  }
  committed({});
  return 1;  // nothing fails here, so nothing is ever told apart
}

}  // namespace stepwell::store
