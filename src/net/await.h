#pragma once
// Lets a coroutine wait for an operation of Asio:
//
//   const auto [failure, bytes] = co_await operation<error_code, std::size_t>(
//       [&](auto done) { socket.async_read_some(buffer, std::move(done)); });
//
// The coroutine is resumed on the loop's thread. If the loop is destroyed first, it is never resumed.

#include <coroutine>
#include <tuple>
#include <utility>

namespace stepwell::net {

template <typename Initiate, typename... Values>
class Operation {
 public:
  explicit Operation(Initiate initiate) : initiate_(std::move(initiate)) {}

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiter) {
    initiate_([this, waiter](Values... values) {
      values_ = {std::move(values)...};
      waiter.resume();
    });
  }
  std::tuple<Values...> await_resume() { return std::move(values_); }

 private:
  Initiate initiate_;
  std::tuple<Values...> values_;
};

template <typename... Values, typename Initiate>
Operation<Initiate, Values...> operation(Initiate initiate) {
  return Operation<Initiate, Values...>(std::move(initiate));
}

}  // namespace stepwell::net
