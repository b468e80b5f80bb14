#pragma once
// Actions handed to a loop by any thread. However many are posted before the loop comes to them, it is woken once.

#include "net/asio.h"

#include <functional>
#include <mutex>
#include <vector>

namespace stepwell::net {

class Mailbox {
 public:
  explicit Mailbox(asio::io_context& io) : io_(io) {}
  void post(std::move_only_function<void()> action);  // thread-safe

 private:
  void deliver();

  asio::io_context& io_;
  std::mutex mutex_;
  std::vector<std::move_only_function<void()>> waiting_;
};

}  // namespace stepwell::net
