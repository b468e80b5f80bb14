#pragma once
// Retry and Catch of Task, Parallel and Map (spec §1.7).

#include "lang/asl/compiler.h"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace stepwell::asl {

// Whether the names of an ErrorEquals take a failure.
class ErrorMatcher {
 public:
  static Result<ErrorMatcher> compile(const json::Value& definition);
  // `type`: of the state that handles the failure.
  bool matches(const Failure& failure, StateType type) const;

 private:
  std::vector<std::string_view> names_;
};

// The policy of one retrier.
struct RetryPolicy {
  double interval_seconds = 1;
  std::uint32_t max_attempts = 3;
  double backoff_rate = 2;
  std::optional<double> max_delay_seconds;
  bool full_jitter = false;

  // Before retry number `attempt`, from 1: interval × rate^(attempt - 1), at most the longest delay; with full jitter
  // anything from nothing to that.
  Duration delay(std::uint32_t attempt, Random& random) const;
};

class ErrorHandling {
 public:
  static Result<ErrorHandling> compile(Compiler& compiler, const json::Value& state);

  // The first retrier that takes the failure decides while it has attempts left; else the first catcher that takes it.
  Evaluated<Recovery> recover(Activation& activation, const Failure& failure, std::span<const std::uint32_t> retries,
                              StateType type) const;
  std::size_t retriers() const { return retriers_.size(); }

 private:
  struct Retrier {
    ErrorMatcher errors;
    RetryPolicy policy;
  };
  struct Catcher {
    ErrorMatcher errors;
    std::unique_ptr<DataFlow> flow;
    Transition next;
  };
  static Result<Retrier> compile_retrier(const json::Value& definition);
  static Result<Catcher> compile_catcher(Compiler& compiler, const json::Value& definition, std::size_t index);

  std::vector<Retrier> retriers_;
  std::vector<Catcher> catchers_;
};

// {"Error":…,"Cause":…}: what a catcher sees of a failure.
json::Value error_output(json::Arena& arena, const Failure& failure);

}  // namespace stepwell::asl
