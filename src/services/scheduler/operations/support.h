#pragma once
// What several operations do in the same way.

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/scheduler/documents.h"
#include "services/scheduler/errors.h"
#include "services/scheduler/scheduler.h"

#include <string>
#include <string_view>

namespace stepwell::scheduler {

inline wire::Reply reply_with(json::Value output) {
  wire::Reply reply;
  reply.output = output;
  return reply;
}
inline wire::Reply reply_with_nothing(wire::Call& call) { return reply_with(json::ObjectBuilder(call.arena).build()); }

GroupPlace group_place(const wire::Caller& caller, std::string_view name);  // empty: the default one
SchedulePlace schedule_place(const wire::Call& call);                       // Name, GroupName

// Errors ResourceNotFoundException.
Result<Group> find_group(const Schedules& schedules, const GroupPlace& place);
Result<Schedule> find_schedule(const Schedules& schedules, const wire::Call& call);
// The group whose ARN ResourceArn is. Errors ValidationException, ResourceNotFoundException.
Result<Group> find_tagged(const Schedules& schedules, const wire::Call& call);

// The schedule that the call describes, its next run worked out. Errors ValidationException, NotImplemented.
Result<Schedule> read_schedule(Schedules& schedules, wire::Call& call, Timestamp created);
// Writes it in place of what was there before (nullptr: nothing).
Task<Result<void>> save(Schedules& schedules, const Schedule* before, const Schedule& schedule);

// A document, which has been valid when it was written.
json::Value read(json::Arena& arena, std::string_view document);
json::Value millis(json::Arena& arena, Timestamp time);
// Created and Modified of a document, as this service shows dates; absent where the document has none.
json::Value date_of(json::Arena& arena, const json::Value& document, std::string_view member);

// NextToken of a listing: where the page before ended. Error ValidationException.
Result<std::string> read_token(const wire::Call& call);
std::string token_of(std::string_view last);

}  // namespace stepwell::scheduler
