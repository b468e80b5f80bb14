#pragma once
// What is kept of schedules and their groups. The documents are JSON objects with AWS's own names for their members, as
// the operations take and show them, and Created and Modified (milliseconds).
//
// A schedule that is to run has a timer: a row in the order of the times. The schedule's own row says where that
// stands.

#include "base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::scheduler {

inline constexpr std::string_view default_group = "default";

struct GroupPlace {
  std::string account, region, name;

  std::string arn() const;
};
std::string key_of(const GroupPlace& place);
std::optional<GroupPlace> decode_group_place(std::string_view key);
// The group that an ARN names.
std::optional<GroupPlace> parse_group_arn(std::string_view arn);
// Every group of that account and region has a key that begins so.
std::string groups_prefix(std::string_view account, std::string_view region);
std::string encode_group(std::string_view document);
std::optional<std::string> decode_group(std::string_view value);

struct SchedulePlace {
  GroupPlace group;
  std::string name;

  std::string arn() const;
};
std::string key_of(const SchedulePlace& place);
std::optional<SchedulePlace> decode_schedule_place(std::string_view key);

// When a schedule runs next.
struct Run {
  Timestamp due{};  // by its expression
  Timestamp at{};   // within its flexible window
};

struct Schedule {
  SchedulePlace place;
  std::string document;
  std::optional<Run> next;
};
std::string encode(const Schedule& schedule);
std::optional<Schedule> decode_schedule(std::string_view key, std::string_view value);

// The timer's key is the time and the schedule's key; its value is empty.
std::string timer_key(Timestamp at, std::string_view schedule_key);
struct Timer {
  Timestamp at{};
  std::string schedule_key;
};
std::optional<Timer> decode_timer(std::string_view key);

}  // namespace stepwell::scheduler
