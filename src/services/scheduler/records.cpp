#include "services/scheduler/records.h"

#include "store/codec.h"
#include "store/times.h"
#include "wire/arn.h"

#include <fmt/format.h>

namespace stepwell::scheduler {
namespace {

using store::millis;

constexpr std::uint8_t version = 1;

store::KeyWriter group_key(const GroupPlace& place) {
  store::KeyWriter key;
  key.text(place.account).text(place.region).text(place.name);
  return key;
}

GroupPlace read_group(store::KeyReader& key) {
  GroupPlace place;
  place.account = key.text();
  place.region = key.text();
  place.name = key.text();
  return place;
}

}  // namespace

std::string GroupPlace::arn() const {
  return fmt::format("arn:aws:scheduler:{}:{}:schedule-group/{}", region, account, name);
}
std::string SchedulePlace::arn() const {
  return fmt::format("arn:aws:scheduler:{}:{}:schedule/{}/{}", group.region, group.account, group.name, name);
}

std::string key_of(const GroupPlace& place) { return group_key(place).take(); }

std::optional<GroupPlace> decode_group_place(std::string_view text) {
  store::KeyReader key(text);
  GroupPlace place = read_group(key);
  return key.ok() && key.at_end() ? std::optional(std::move(place)) : std::nullopt;
}

std::optional<GroupPlace> parse_group_arn(std::string_view text) {
  const auto arn = wire::Arn::parse(text);
  constexpr std::string_view kind = "schedule-group/";
  if (!arn || arn->service != "scheduler" || !arn->resource.starts_with(kind)) return std::nullopt;
  return GroupPlace{.account = std::string(arn->account),
                    .region = std::string(arn->region),
                    .name = std::string(arn->resource.substr(kind.size()))};
}

std::string groups_prefix(std::string_view account, std::string_view region) {
  return store::KeyWriter().text(account).text(region).take();
}

std::string encode_group(std::string_view document) {
  std::string value;
  store::ValueWriter(value).u8(version).text(document);
  return value;
}

std::optional<std::string> decode_group(std::string_view value) {
  store::ValueReader in(value);
  const bool known = in.u8() == version;
  const std::string_view document = in.text();
  return known && in.ok() && in.at_end() ? std::optional(std::string(document)) : std::nullopt;
}

std::string key_of(const SchedulePlace& place) { return group_key(place.group).text(place.name).take(); }

std::optional<SchedulePlace> decode_schedule_place(std::string_view text) {
  store::KeyReader key(text);
  SchedulePlace place;
  place.group = read_group(key);
  place.name = key.text();
  return key.ok() && key.at_end() ? std::optional(std::move(place)) : std::nullopt;
}

std::string encode(const Schedule& schedule) {
  std::string value;
  store::ValueWriter out(value);
  out.u8(version).u8(schedule.next ? 1 : 0);
  if (schedule.next) out.signed_varint(millis(schedule.next->due)).signed_varint(millis(schedule.next->at));
  out.text(schedule.document);
  return value;
}

std::optional<Schedule> decode_schedule(std::string_view key, std::string_view value) {
  auto place = decode_schedule_place(key);
  store::ValueReader in(value);
  if (!place || in.u8() != version) return std::nullopt;
  Schedule schedule{.place = std::move(*place), .document = {}, .next = {}};
  if (in.u8() != 0) {
    const Timestamp due{Duration{in.signed_varint()}};
    schedule.next = Run{.due = due, .at = Timestamp{Duration{in.signed_varint()}}};
  }
  schedule.document = in.text();
  return in.ok() && in.at_end() ? std::optional(std::move(schedule)) : std::nullopt;
}

std::string timer_key(Timestamp at, std::string_view schedule_key) {
  return store::KeyWriter().u64(static_cast<std::uint64_t>(millis(at))).text(schedule_key).take();
}

std::optional<Timer> decode_timer(std::string_view text) {
  store::KeyReader key(text);
  Timer timer{.at = Timestamp{Duration{static_cast<std::int64_t>(key.u64())}}, .schedule_key = {}};
  timer.schedule_key = key.text();
  return key.ok() && key.at_end() ? std::optional(std::move(timer)) : std::nullopt;
}

}  // namespace stepwell::scheduler
