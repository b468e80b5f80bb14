#pragma once
// Runs a task that never waits for anything outside.

#include "base/task.h"

#include <optional>

#include <gtest/gtest.h>

namespace stepwell::directory {

template <typename T>
T run(Task<T> task) {
  std::optional<T> outcome;
  start(std::move(task), [&](std::optional<T> value, std::exception_ptr failure) {
    EXPECT_EQ(failure, nullptr);
    outcome = std::move(value);
  });
  EXPECT_TRUE(outcome.has_value());
  return std::move(*outcome);
}

}  // namespace stepwell::directory
