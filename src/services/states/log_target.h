#pragma once
// A machine's loggingConfiguration, read once.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::states {

enum class LogLevel : std::uint8_t { off, fatal, error, all };

struct LogTarget {
  LogLevel level = LogLevel::off;
  bool includes_data = false;
  std::string group_name;  // of the log group, in this account and region:
  std::string account;
  std::string region;

  // Whether an event of this type is logged: FATAL takes what ends an execution badly, ERROR every failure.
  bool takes(std::string_view event_type) const;
};

// `configuration` is the JSON of a machine's record, or nonsense, which logs nothing.
LogTarget read_log_target(std::string_view configuration);

// The name of the log group that the ARN names, with or without ":*"; nullopt: it names none.
std::optional<LogTarget> read_log_group_arn(std::string_view arn);

}  // namespace stepwell::states
