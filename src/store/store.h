#pragma once
// The port to durable storage: ordered tables of bytes, read at once, written in batches that are acknowledged when
// they are durable.
//
// Writing is asynchronous and grouped: `commit` hands a batch over and returns; one writer merges every batch that is
// waiting into one synced write and then tells each that it is durable. Batches are applied in the order of the
// `commit` calls; a batch is atomic. Reading sees every batch whose completion has been called, and may see later ones
// of the group that is just being finished, never a part of one. A Store is thread-safe.
//
// Failure of the medium: a commit that cannot be made durable completes with Error "StorageFull" or "StorageFailed" and
// leaves nothing behind; the store then refuses further commits with the same error until room is back (full) or for
// ever (failed). Reads answer corrupted data with Error "StorageCorrupted" that names the file.

#include "base/error.h"
#include "store/tables.h"

#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::store {

// Names a commit of this process, in the order of the calls; 0 is none.
using Ticket = std::uint64_t;

// Called once, on the store's thread or the caller's: it must be quick and hand over to where the work is done.
using Committed = std::move_only_function<void(Result<void>)>;

// A set of changes that become visible and durable together. Keys and values are copied in.
class Batch {
 public:
  void put(Table table, std::string_view key, std::string_view value);
  void erase(Table table, std::string_view key);
  // All keys in [from, to); an empty `to` is the end of the table.
  void erase_range(Table table, std::string_view from, std::string_view to);

  // Is told when this batch is durable, or could not be made so, before whoever committed it; never, when nobody does.
  // So whoever adds to a batch of somebody else learns what became of it.
  void then(Committed hook) { hooks_.push_back(std::move(hook)); }

  bool empty() const { return operations_ == 0; }
  std::size_t operations() const { return operations_; }
  std::size_t bytes() const { return log_.size(); }
  const TableSet& filled() const { return filled_; }  // the tables that it puts something into
  void append(Batch other);
  Batch copy() const;  // of the changes; nobody is told of it

  // This batch rests on what that commit wrote: it is refused when that one failed, even if the medium has recovered.
  void require(Ticket ticket) { required_ = ticket; }
  Ticket required() const { return required_; }

  // Calls visitor.put(table, key, value), visitor.erase(table, key), visitor.erase_range(table, from, to) in order.
  template <typename Visitor>
  void visit(Visitor&& visitor) const;

 private:
  friend class Store;
  enum class Operation : std::uint8_t { put, erase, erase_range };
  void write(Operation operation, Table table, std::string_view first, std::string_view second);

  std::string log_;  // operation, table, length of first, length of second, first, second; …
  std::size_t operations_ = 0;
  TableSet filled_;
  Ticket required_ = 0;
  std::vector<Committed> hooks_;
};

enum class Direction { forward, backward };

// Walks a range of keys as it was when the cursor was made. Not thread-safe; must not outlive its store.
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool valid() const = 0;
  virtual std::string_view key() const = 0;    // valid until the next call of next()
  virtual std::string_view value() const = 0;  // likewise
  virtual void next() = 0;                     // in the cursor's direction
  virtual Result<void> status() const = 0;     // why it ended early, if it did
};

// What a store has done since it was opened.
struct Statistics {
  std::uint64_t commits = 0;  // batches that were written
  std::uint64_t writes = 0;   // groups of them, each synced at once where every write is
  std::uint64_t bytes = 0;    // of the batches
  // Memory in use at present.
  std::uint64_t write_buffer_bytes = 0;
  std::uint64_t cache_bytes = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  virtual Result<std::optional<std::string>> get(Table table, std::string_view key) = 0;
  // The keys of [from, to) in the direction; an empty `to` is the end of the table.
  virtual std::unique_ptr<Cursor> scan(Table table, std::string_view from, std::string_view to,
                                       Direction direction) = 0;
  Ticket commit(Batch batch, Committed committed);
  virtual Statistics statistics() const { return {}; }

 private:
  virtual Ticket write(Batch batch, Committed committed) = 0;
};

template <typename Visitor>
void Batch::visit(Visitor&& visitor) const {
  std::string_view rest = log_;
  const auto take = [&rest](std::size_t bytes) {
    const std::string_view part = rest.substr(0, bytes);
    rest.remove_prefix(bytes);
    return part;
  };
  const auto take_length = [&take] {
    std::uint32_t length = 0;
    std::memcpy(&length, take(sizeof length).data(), sizeof length);
    return length;
  };
  while (!rest.empty()) {
    const auto operation = static_cast<Operation>(take(1).front());
    const auto table = static_cast<Table>(take(1).front());
    const std::uint32_t first_length = take_length();
    const std::uint32_t second_length = take_length();
    const std::string_view first = take(first_length);
    const std::string_view second = take(second_length);
    switch (operation) {
      case Operation::put: visitor.put(table, first, second); break;
      case Operation::erase: visitor.erase(table, first); break;
      case Operation::erase_range: visitor.erase_range(table, first, second); break;
    }
  }
}

}  // namespace stepwell::store
