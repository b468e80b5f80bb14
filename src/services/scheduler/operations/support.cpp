#include "services/scheduler/operations/support.h"

#include "crypto/hash.h"
#include "services/scheduler/invocation.h"

namespace stepwell::scheduler {

GroupPlace group_place(const wire::Caller& caller, std::string_view name) {
  return {.account = caller.account, .region = caller.region, .name = std::string(name.empty() ? default_group : name)};
}

SchedulePlace schedule_place(const wire::Call& call) {
  return {.group = group_place(call.caller, call.text("GroupName")), .name = std::string(call.text("Name"))};
}

Result<Group> find_group(const Schedules& schedules, const GroupPlace& place) {
  TRY_ASSIGN(auto group, schedules.book.find_group(place));
  if (!group) return fail(errors::group_not_found(place.name));
  return std::move(*group);
}

Result<Schedule> find_schedule(const Schedules& schedules, const wire::Call& call) {
  TRY_ASSIGN(auto schedule, schedules.book.find(schedule_place(call)));
  if (!schedule) return fail(errors::schedule_not_found(call.text("Name")));
  return std::move(*schedule);
}

Result<Group> find_tagged(const Schedules& schedules, const wire::Call& call) {
  const auto place = parse_group_arn(call.text("ResourceArn"));
  if (!place) return fail(errors::invalid(fmt::format("{} is no ARN of a schedule group.", call.text("ResourceArn"))));
  return find_group(schedules, *place);
}

Result<Schedule> read_schedule(Schedules& schedules, wire::Call& call, Timestamp created) {
  json::Arena& arena = call.arena;
  const Timestamp now = schedules.clock.now();
  const json::Value given =
      pick(arena, call.input,
           {"ActionAfterCompletion", "Description", "EndDate", "FlexibleTimeWindow", "KmsKeyArn", "Name",
            "ScheduleExpression", "ScheduleExpressionTimezone", "StartDate", "State", "Target"});
  const json::Value document = with(
      arena, given,
      {{"ActionAfterCompletion",
        json::Value::string(call.has("ActionAfterCompletion") ? call.text("ActionAfterCompletion") : "NONE")},
       {"ScheduleExpressionTimezone",
        json::Value::string(call.has("ScheduleExpressionTimezone") ? call.text("ScheduleExpressionTimezone") : "UTC")},
       {"State", json::Value::string(call.has("State") ? call.text("State") : "ENABLED")},
       {"Created", millis(arena, created)},
       {"Modified", millis(arena, now)}});
  TRY(schedules.timing.check(document));
  TRY(check_target(schedules.directory, object_of(document, "Target")));
  // A rate begins at once, a clock's time is one that comes.
  return Schedule{.place = schedule_place(call),
                  .document = json::print(document),
                  .next = schedules.timing.next(document, now - Duration{1})};
}

Task<Result<void>> save(Schedules& schedules, const Schedule* before, const Schedule& schedule) {
  store::Batch batch;
  Book::put(before, schedule, batch);
  CO_TRY(co_await schedules.book.commit(std::move(batch)));
  if (schedule.next) schedules.ticker.expect(schedule.next->at);
  co_return Result<void>();
}

json::Value read(json::Arena& arena, std::string_view document) {
  const auto parsed = json::parse_copy(arena, document);
  return parsed ? *parsed : json::ObjectBuilder(arena).build();
}

json::Value millis(json::Arena& arena, Timestamp time) {
  return json::Value::integer(arena, time.time_since_epoch().count());
}

json::Value date_of(json::Arena& arena, const json::Value& document, std::string_view member) {
  const json::Value* time = document.find(member);
  if (time == nullptr || !time->is_number()) return {};
  return wire::epoch_seconds(arena, time->as_integer().value_or(0));
}

Result<std::string> read_token(const wire::Call& call) {
  auto last = crypto::base64url_decode(call.text("NextToken"));
  if (!last) return fail(errors::invalid("Invalid NextToken."));
  return std::move(*last);
}

std::string token_of(std::string_view last) { return crypto::base64url_encode(last); }

}  // namespace stepwell::scheduler
