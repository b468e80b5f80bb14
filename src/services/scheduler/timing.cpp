#include "services/scheduler/timing.h"

#include "services/scheduler/documents.h"
#include "services/scheduler/errors.h"

#include <cmath>

namespace stepwell::scheduler {
namespace {

// A date as the operations take it: seconds since the epoch.
std::optional<Timestamp> date_of(const json::Value& document, std::string_view name) {
  const json::Value* date = document.find(name);
  if (date == nullptr || !date->is_number()) return std::nullopt;
  return Timestamp{Duration{std::llround(date->as_double() * 1000)}};
}

Duration window_of(const json::Value& document) {
  const json::Value window = object_of(document, "FlexibleTimeWindow");
  const json::Value* minutes = window.find("MaximumWindowInMinutes");
  const bool flexible = text_of(window, "Mode") == "FLEXIBLE" && minutes != nullptr;
  return flexible ? std::chrono::minutes(minutes->as_integer().value_or(0)) : Duration{0};
}

Result<void> check_window(const json::Value& document) {
  const json::Value window = object_of(document, "FlexibleTimeWindow");
  const bool flexible = text_of(window, "Mode") == "FLEXIBLE";
  if (flexible == (window.find("MaximumWindowInMinutes") != nullptr)) return {};
  return fail(errors::invalid(
      flexible ? "A maximum time window must be provided when the flexible time window mode is FLEXIBLE."
               : "A maximum time window must not be provided when the flexible time window mode is OFF."));
}

constexpr double latest = 253'402'300'799;  // the year 9999

Result<void> check_dates(const json::Value& document) {
  for (const std::string_view name : {"StartDate", "EndDate"}) {
    const json::Value* date = document.find(name);
    if (date != nullptr && !(std::abs(date->as_double()) <= latest)) {
      return fail(errors::invalid(fmt::format("{} is not valid.", name)));
    }
  }
  const auto start = date_of(document, "StartDate");
  const auto end = date_of(document, "EndDate");
  if (start && end && *start > *end) return fail(errors::invalid("The StartDate must come before the EndDate."));
  return {};
}

}  // namespace

const schedule::TimeZone* Timing::zone(std::string_view name) {
  const auto known = zones_.find(std::string(name));
  if (known != zones_.end()) return &known->second;
  if (name.empty() || name == "UTC") return &zones_.emplace(name, schedule::TimeZone()).first->second;
  const auto bytes = files_.read(name);
  auto parsed = bytes ? schedule::TimeZone::parse(*bytes) : std::nullopt;
  return parsed ? &zones_.emplace(name, std::move(*parsed)).first->second : nullptr;
}

Result<void> Timing::check(const json::Value& document) {
  const std::string_view expression = text_of(document, "ScheduleExpression");
  if (!schedule::parse(expression, schedule::Dialect::schedule)) {
    return fail(errors::invalid(fmt::format("Invalid Schedule Expression {}.", expression)));
  }
  const std::string_view name = text_of(document, "ScheduleExpressionTimezone");
  if (zone(name) == nullptr) {
    return fail(errors::invalid(fmt::format("The provided Timezone {} is not valid.", name)));
  }
  TRY(check_window(document));
  return check_dates(document);
}

std::optional<Run> Timing::next(const json::Value& document, Timestamp after) {
  const auto expression = schedule::parse(text_of(document, "ScheduleExpression"), schedule::Dialect::schedule);
  const schedule::TimeZone* clock = zone(text_of(document, "ScheduleExpressionTimezone"));
  if (!expression || clock == nullptr || text_of(document, "State") == "DISABLED") return std::nullopt;
  const bool once = std::holds_alternative<schedule::At>(*expression);
  const auto start = once ? std::nullopt : date_of(document, "StartDate");
  const auto end = once ? std::nullopt : date_of(document, "EndDate");
  const json::Value* created = document.find("Created");
  const Timestamp since{Duration{created == nullptr ? 0 : created->as_integer().value_or(0)}};
  if (start) after = std::max(after, *start - Duration{1});
  const auto due = schedule::next(*expression, start.value_or(since), after, *clock);
  if (!due || (end && *due > *end)) return std::nullopt;
  return Run{.due = *due, .at = schedule::within_window(*due, window_of(document), random_.next())};
}

}  // namespace stepwell::scheduler
