#include "lang/asl/error_handling.h"

#include "lang/json/build.h"

#include <cmath>

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

// A delay has to fit a timer whatever the policy says.
constexpr double longest_delay_seconds = 2'147'483'647;

bool takes(std::string_view name, std::string_view error, StateType type) {
  if (name == error || name == errors::all) return true;
  const bool timed_out = error == errors::timeout || error == errors::heartbeat_timeout;
  if (name == errors::timeout) return timed_out;
  if (name == errors::task_failed) return !timed_out;
  if (name == errors::branch_failed) return type == StateType::Parallel;
  // The name the language specification has for what AWS calls ReferencePathConflict.
  return name == errors::result_path_match_failure && error == errors::reference_path_conflict;
}

Result<double> number_of(const json::Value& definition, std::string_view field, double otherwise) {
  const json::Value* value = definition.find(field);
  if (value == nullptr) return otherwise;
  if (!value->is_number()) return fail(invalid_definition(fmt::format("'{}' must be a number", field)));
  return value->as_double();
}

// The elements of an optional array.
Result<std::span<const json::Value>> elements_of(const json::Value& definition, std::string_view field) {
  const json::Value* value = definition.find(field);
  if (value == nullptr) return std::span<const json::Value>();
  if (!value->is_array()) return fail(invalid_definition(fmt::format("'{}' must be an array", field)));
  return value->elements();
}

}  // namespace

Result<ErrorMatcher> ErrorMatcher::compile(const json::Value& definition) {
  ErrorMatcher matcher;
  TRY_ASSIGN(const auto names, elements_of(definition, "ErrorEquals"));
  for (const json::Value& name : names) {
    if (!name.is_string()) return fail(invalid_definition("'ErrorEquals' must hold strings"));
    matcher.names_.push_back(name.as_string());
  }
  return matcher;
}

bool ErrorMatcher::matches(const Failure& failure, StateType type) const {
  // States.Runtime is never retried and never caught, not even by its name.
  if (failure.is(errors::runtime)) return false;
  const std::string_view error = failure.error ? std::string_view(*failure.error) : std::string_view();
  return std::ranges::any_of(names_, [&](std::string_view name) { return takes(name, error, type); });
}

Duration RetryPolicy::delay(std::uint32_t attempt, Random& random) const {
  // A power may be infinite, and nothing times that is no number.
  double seconds = interval_seconds == 0 ? 0 : interval_seconds * std::pow(backoff_rate, attempt - 1);
  seconds = std::min(seconds, max_delay_seconds.value_or(longest_delay_seconds));
  if (full_jitter) seconds *= static_cast<double>(random.next() >> 11U) * 0x1.0p-53;
  return Duration(static_cast<std::int64_t>(std::min(seconds, longest_delay_seconds) * 1000));
}

Result<ErrorHandling> ErrorHandling::compile(Compiler& compiler, const json::Value& state) {
  ErrorHandling handling;
  TRY_ASSIGN(const auto retriers, elements_of(state, "Retry"));
  for (const json::Value& definition : retriers) {
    TRY_ASSIGN(auto retrier, compile_retrier(definition));
    handling.retriers_.push_back(std::move(retrier));
  }
  TRY_ASSIGN(const auto catchers, elements_of(state, "Catch"));
  for (std::size_t i = 0; i < catchers.size(); ++i) {
    TRY_ASSIGN(auto catcher, compile_catcher(compiler, catchers[i], i));
    handling.catchers_.push_back(std::move(catcher));
  }
  return handling;
}

Result<ErrorHandling::Retrier> ErrorHandling::compile_retrier(const json::Value& definition) {
  Retrier retrier;
  RetryPolicy& policy = retrier.policy;
  TRY_ASSIGN(retrier.errors, ErrorMatcher::compile(definition));
  TRY_ASSIGN(policy.interval_seconds, number_of(definition, "IntervalSeconds", policy.interval_seconds));
  TRY_ASSIGN(policy.backoff_rate, number_of(definition, "BackoffRate", policy.backoff_rate));
  TRY_ASSIGN(const double attempts, number_of(definition, "MaxAttempts", policy.max_attempts));
  policy.max_attempts = static_cast<std::uint32_t>(std::clamp(attempts, 0.0, 99'999'999.0));
  if (definition.find("MaxDelaySeconds") != nullptr) {
    TRY_ASSIGN(policy.max_delay_seconds, number_of(definition, "MaxDelaySeconds", 0));
  }
  const json::Value* jitter = definition.find("JitterStrategy");
  policy.full_jitter = jitter != nullptr && jitter->is_string() && jitter->as_string() == "FULL";
  return retrier;
}

Result<ErrorHandling::Catcher> ErrorHandling::compile_catcher(Compiler& compiler, const json::Value& definition,
                                                              std::size_t index) {
  Catcher catcher;
  TRY_ASSIGN(catcher.errors, ErrorMatcher::compile(definition));
  const ExitPoint exit{definition, Outcome::error_output, fmt::format("Catch[{}]/", index)};
  TRY_ASSIGN(catcher.flow, compiler.language().data_flow(definition, exit));
  catcher.next = compiler.next(definition);
  return catcher;
}

Evaluated<Recovery> ErrorHandling::recover(Activation& activation, const Failure& failure,
                                           std::span<const std::uint32_t> retries, StateType type) const {
  for (std::size_t i = 0; i < retriers_.size(); ++i) {
    const Retrier& retrier = retriers_[i];
    if (!retrier.errors.matches(failure, type)) continue;
    if (auto* inspection = activation.inspection()) inspection->handles(Handler::retrier, i);
    const std::uint32_t used = i < retries.size() ? retries[i] : 0;
    if (used >= retrier.policy.max_attempts) break;
    return RetryLater{.retrier = i, .delay = retrier.policy.delay(used + 1, activation.random())};
  }
  for (std::size_t i = 0; i < catchers_.size(); ++i) {
    const Catcher& catcher = catchers_[i];
    if (!catcher.errors.matches(failure, type)) continue;
    if (auto* inspection = activation.inspection()) inspection->handles(Handler::catcher, i);
    return catcher.flow->exit(activation, error_output(activation.arena(), failure), catcher.next.target());
  }
  return Propagate{};
}

json::Value error_output(json::Arena& arena, const Failure& failure) {
  const bool timed_out = failure.is(errors::timeout) || failure.is(errors::heartbeat_timeout);
  json::ObjectBuilder output(arena);
  if (timed_out) {
    output.add("Error", errors::timeout);
  } else {
    output.add("Error", failure.error ? json::make_string(arena, *failure.error) : json::Value());
  }
  // A time-out, which has no cause, is shown with an empty one; other failures without a cause with null.
  if (failure.cause || timed_out) {
    output.add("Cause", failure.cause.value_or(""));
  } else {
    output.add("Cause", json::Value());
  }
  return output.build();
}

}  // namespace stepwell::asl
