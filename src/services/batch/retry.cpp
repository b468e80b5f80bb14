#include "services/batch/retry.h"

#include "lang/json/documents.h"
#include "services/batch/errors.h"

#include <algorithm>
#include <cctype>

namespace stepwell::batch {
namespace {

constexpr std::int64_t most_attempts = 10;
constexpr std::size_t most_conditions = 5;
constexpr std::size_t longest_pattern = 512;

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

// A pattern may end with * and knows no case.
bool matches(std::string_view pattern, std::string_view text) {
  const std::string wanted = lower(pattern);
  const std::string given = lower(text);
  if (!wanted.ends_with('*')) return wanted == given;
  return given.starts_with(std::string_view(wanted).substr(0, wanted.size() - 1));
}

bool matches(const json::Value& condition, const Attempt& attempt) {
  const auto fits = [&condition](std::string_view member, std::string_view text) {
    const std::string_view pattern = text_of(condition, member);
    return pattern.empty() || matches(pattern, text);
  };
  const std::string exit_code = attempt.exit_code ? std::to_string(*attempt.exit_code) : std::string();
  return fits("onStatusReason", attempt.status_reason) && fits("onReason", attempt.reason) &&
         fits("onExitCode", exit_code);
}

}  // namespace

Result<void> check_retry_strategy(const json::Value& strategy) {
  const json::Value* attempts = strategy.find("attempts");
  if (attempts != nullptr) {
    const auto number = attempts->as_integer();
    if (!number || *number < 1 || *number > most_attempts) {
      return fail(errors::refused("Retry attempts must be between 1 and 10."));
    }
  }
  const auto conditions = elements_of(strategy, "evaluateOnExit");
  if (conditions.empty()) return {};
  if (attempts == nullptr) return fail(errors::refused("Retry attempts must be specified with evaluateOnExit."));
  if (conditions.size() > most_conditions) {
    return fail(errors::refused("evaluateOnExit must have at most 5 conditions."));
  }
  for (const json::Value& condition : conditions) {
    for (const std::string_view member : {"onStatusReason", "onReason", "onExitCode"}) {
      const std::string_view pattern = text_of(condition, member);
      if (pattern.size() > longest_pattern || pattern.substr(0, pattern.size() - 1).contains('*')) {
        return fail(errors::refused(fmt::format("{} is no pattern for {}.", pattern, member)));
      }
    }
    const std::string action = lower(text_of(condition, "action"));
    if (action != "retry" && action != "exit") {
      return fail(errors::refused("The action of evaluateOnExit must be RETRY or EXIT."));
    }
  }
  return {};
}

bool is_retried(const json::Value& strategy, std::uint32_t begun, const Attempt& last) {
  const json::Value* attempts = strategy.find("attempts");
  const std::int64_t most = attempts == nullptr ? 1 : attempts->as_integer().value_or(1);
  if (begun >= most) return false;
  for (const json::Value& condition : elements_of(strategy, "evaluateOnExit")) {
    if (matches(condition, last)) return lower(text_of(condition, "action")) == "retry";
  }
  return true;
}

}  // namespace stepwell::batch
