#include "scenarios.h"
#include "store/codec.h"
#include "store/rocksdb/rocksdb_store.h"

#include <semaphore>
#include <unistd.h>

namespace stepwell::store {

int commit_until_killed(const std::string& directory, int acknowledgements) {
  constexpr std::ptrdiff_t outstanding = 64;
  const RocksDbOptions options{.write_buffer_bytes = 256U << 10U, .log_bytes = 1U << 20U};
  const auto store = RocksDbStore::open(directory, options).value();
  // Goes on after the greatest number found.
  std::uint32_t number = 0;
  if (const auto last = store->scan(Table::execution, {}, {}, Direction::backward); last->valid()) {
    number = KeyReader(last->key()).u32() + 1;
  }
  std::counting_semaphore<outstanding> room(outstanding);
  for (;; ++number) {
    room.acquire();
    const std::string key = KeyWriter().u32(number).take();
    Batch batch;
    batch.put(Table::execution, key, "running");
    batch.put(Table::event, key, std::string(200 + number % 1000, 'e'));
    batch.put(Table::timer, key, "");
    if (number > 0) batch.erase_range(Table::timer, KeyWriter().u32(number - 1).view(), key);
    store->commit(std::move(batch), [&room, number, acknowledgements](const Result<void>& result) {
      if (!result || ::write(acknowledgements, &number, sizeof number) != sizeof number) std::_Exit(1);
      room.release();
    });
  }
}

}  // namespace stepwell::store
