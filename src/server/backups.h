#pragma once
// Backups of the running server, one at a time, on a thread of their own: POST /_stepwell/backup {"to": FOLDER} begins
// one, GET tells how far it is. The folder is on the server's machine.

#include "base/error.h"
#include "base/http.h"
#include "base/ports.h"
#include "store/rocksdb/rocksdb_store.h"

#include <mutex>
#include <string>
#include <thread>

namespace stepwell::server {

class Backups {
 public:
  // nullptr: there is nothing on disk.
  Backups(store::RocksDbStore* store, Log& log) : store_(store), log_(log) {}
  // A backup under way is given up.

  http::Response answer(const http::Request& request);

 private:
  Result<void> begin(const http::Request& request);
  void run(std::string folder, const std::stop_token& stop);
  http::Response state() const;

  store::RocksDbStore* store_;
  Log& log_;
  mutable std::mutex mutex_;
  std::string folder_;  // of the latest; empty: there was none
  std::uint64_t bytes_ = 0;
  std::uint64_t total_ = 0;
  bool running_ = false;
  Error failure_;        // of the latest; without a code: none
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace stepwell::server
