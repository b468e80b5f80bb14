#pragma once
// What a Loop is made of, for the files of net.

#include "net/asio.h"
#include "net/http_date.h"
#include "net/loop.h"
#include "net/mailbox.h"
#include "net/timers.h"

#include <functional>
#include <optional>

#include <boost/asio/basic_signal_set.hpp>
#include <boost/asio/executor_work_guard.hpp>

namespace stepwell::net {

struct Loop::Context {
  // One thread runs the loop: its sockets need no locks. Posting and resolving names come from other threads.
  asio::io_context io{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  asio::executor_work_guard<Executor> work{io.get_executor()};
  Timers timers{io};
  Mailbox mailbox{io};
  HttpDate date;
  std::optional<asio::basic_signal_set<Executor>> signals;
  std::function<void(int)> on_signal;
  std::optional<asio::basic_signal_set<Executor>> hangups;
  std::function<void()> on_hangup;
};

}  // namespace stepwell::net
