#pragma once
// The store could not give what it had acknowledged. Thrown from deep inside a command, caught in the loop of the
// shard: the command fails, the execution leaves memory, nothing is written.

#include "base/error.h"

#include <stdexcept>

namespace stepwell::engine {

class StorageLost : public std::runtime_error {
 public:
  explicit StorageLost(Error error) : std::runtime_error(error.message), error_(std::move(error)) {}
  const Error& error() const { return error_; }

 private:
  Error error_;
};

}  // namespace stepwell::engine
