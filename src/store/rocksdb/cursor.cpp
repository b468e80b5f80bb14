#include "store/rocksdb/cursor.h"

#include "store/prefixes.h"
#include "store/rocksdb/database.h"
#include "store/rocksdb/status.h"

#include <rocksdb/db.h>

namespace stepwell::store {
namespace {

// Both bounds share a prefix of the table, so every row between them does. RocksDB asks the filters of its files about
// the prefix of the bound that it begins at; with any other bounds the answer would say nothing of the rows behind it.
bool within_prefix(Table table, std::string_view from, std::string_view to) {
  const std::size_t bytes = prefix_bytes(table);
  return bytes > 0 && from.size() >= bytes && to.size() >= bytes && from.substr(0, bytes) == to.substr(0, bytes);
}

// The bounds are RocksDB's, so that it looks at no file beyond them; they must live as long as the iterator.
class RocksDbCursor final : public Cursor {
 public:
  RocksDbCursor(Database& database, Table table, std::string_view from, std::string_view to, Direction direction)
      : from_(from), to_(to), lower_(from_), upper_(to_), direction_(direction) {
    ::rocksdb::ColumnFamilyHandle* const family = database.family(table);
    if ((!to_.empty() && to_ <= from_) || family == nullptr) return;
    ::rocksdb::ReadOptions options;
    options.iterate_lower_bound = &lower_;
    if (!to_.empty()) options.iterate_upper_bound = &upper_;
    options.total_order_seek = !within_prefix(table, from_, to_);
    iterator_.reset(database.db().NewIterator(options, family));
    if (direction_ == Direction::forward) {
      iterator_->SeekToFirst();
    } else {
      iterator_->SeekToLast();
    }
  }

  bool valid() const override { return iterator_ && iterator_->Valid(); }
  std::string_view key() const override { return iterator_->key().ToStringView(); }
  std::string_view value() const override { return iterator_->value().ToStringView(); }

  void next() override {
    if (direction_ == Direction::forward) {
      iterator_->Next();
    } else {
      iterator_->Prev();
    }
  }

  Result<void> status() const override {
    if (!iterator_) return {};
    const ::rocksdb::Status status = iterator_->status();
    if (!status.ok()) return fail(error_of(status));
    return {};
  }

 private:
  const std::string from_;
  const std::string to_;
  const ::rocksdb::Slice lower_;
  const ::rocksdb::Slice upper_;
  const Direction direction_;
  std::unique_ptr<::rocksdb::Iterator> iterator_;  // null: the range is empty
};

}  // namespace

std::unique_ptr<Cursor> make_cursor(Database& database, Table table, std::string_view from, std::string_view to,
                                    Direction direction) {
  return std::make_unique<RocksDbCursor>(database, table, from, to, direction);
}

}  // namespace stepwell::store
