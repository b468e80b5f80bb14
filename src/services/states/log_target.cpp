#include "services/states/log_target.h"

#include "lang/json/parse.h"
#include "wire/arn.h"

namespace stepwell::states {
namespace {

LogLevel level_named(std::string_view name) {
  if (name == "ALL") return LogLevel::all;
  if (name == "ERROR") return LogLevel::error;
  if (name == "FATAL") return LogLevel::fatal;
  return LogLevel::off;
}

}  // namespace

bool LogTarget::takes(std::string_view event_type) const {
  switch (level) {
    case LogLevel::off: return false;
    case LogLevel::all: return true;
    case LogLevel::fatal:
      return event_type == "ExecutionAborted" || event_type == "ExecutionFailed" || event_type == "ExecutionTimedOut";
    case LogLevel::error:
      return event_type == "FailStateEntered" || event_type.ends_with("Aborted") || event_type.ends_with("Failed") ||
             event_type.ends_with("TimedOut");
  }
  return false;
}

std::optional<LogTarget> read_log_group_arn(std::string_view text) {
  constexpr std::string_view kind = "log-group:";
  const auto arn = wire::Arn::parse(text);
  if (!arn || arn->service != "logs" || !arn->resource.starts_with(kind)) return std::nullopt;
  std::string_view name = arn->resource.substr(kind.size());
  if (name.ends_with(":*")) name.remove_suffix(2);
  if (name.empty()) return std::nullopt;
  LogTarget target;
  target.group_name = name;
  target.account = arn->account;
  target.region = arn->region;
  return target;
}

LogTarget read_log_target(std::string_view configuration) {
  json::Arena arena;
  const auto root = json::parse(arena, configuration);
  const json::Value* destinations = root ? root->find("destinations") : nullptr;
  if (destinations == nullptr || !destinations->is_array() || destinations->size() == 0) return {};
  const json::Value* group = destinations->elements().front().find("cloudWatchLogsLogGroup");
  const json::Value* arn = group ? group->find("logGroupArn") : nullptr;
  auto target = arn != nullptr && arn->is_string() ? read_log_group_arn(arn->as_string()) : std::nullopt;
  if (!target) return {};
  const json::Value* level = root->find("level");
  const json::Value* data = root->find("includeExecutionData");
  target->level = level != nullptr && level->is_string() ? level_named(level->as_string()) : LogLevel::off;
  target->includes_data = data != nullptr && data->is_boolean() && data->as_boolean();
  return std::move(*target);
}

}  // namespace stepwell::states
