#include "net/mailbox.h"

#include <utility>

#include <boost/asio/post.hpp>

namespace stepwell::net {

void Mailbox::post(std::move_only_function<void()> action) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    wake = waiting_.empty();
    waiting_.push_back(std::move(action));
  }
  if (wake) asio::post(io_, [this] { deliver(); });
}

void Mailbox::deliver() {
  std::vector<std::move_only_function<void()>> actions;
  {
    const std::lock_guard lock(mutex_);
    actions.swap(waiting_);
  }
  for (auto& action : actions) action();
}

}  // namespace stepwell::net
