#pragma once
// A service's operations as a table, and the way from a call to its function.
//
//   constexpr auto operations = std::to_array<directory::Operation<States>>({
//   #define OPERATION(name, function) {#name, function},
//   #define UNSUPPORTED(name) {#name},
//   #include "services/states/operations.def"
//   });
//   co_return co_await directory::run(operations, states, call);

#include "base/task.h"
#include "services/directory/not_implemented.h"
#include "wire/call.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace stepwell::directory {

// `Context` is what every operation of the service works with.
template <typename Context>
struct Operation {
  std::string_view name;
  Task<Result<wire::Reply>> (*function)(Context&, wire::Call&) = nullptr;  // nullptr: not built
};

// `operations` is sorted by name.
template <typename Context>
Task<Result<wire::Reply>> run(std::span<const Operation<Context>> operations, Context& context, wire::Call& call) {
  const auto entry = std::ranges::lower_bound(operations, call.operation->name, {}, &Operation<Context>::name);
  if (entry == operations.end() || entry->name != call.operation->name || entry->function == nullptr) {
    co_return fail(not_implemented(call.operation->name));
  }
  co_return co_await entry->function(context, call);
}

}  // namespace stepwell::directory
