#pragma once
// What several operations do in the same way.

#include "lang/json/build.h"
#include "services/logs/errors.h"
#include "services/logs/logs.h"
#include "wire/call.h"

#include <string>
#include <string_view>

namespace stepwell::logs {

inline wire::Reply reply_with(json::Value output) {
  wire::Reply reply;
  reply.output = output;
  return reply;
}
inline wire::Reply reply_with_nothing(wire::Call& call) { return reply_with(json::ObjectBuilder(call.arena).build()); }

// arn:aws:logs:<region>:<account>:log-group:<name>
std::string group_arn(const wire::Caller& caller, std::string_view name);

// The group that logGroupName or logGroupIdentifier (a name or an ARN) names. Errors: InvalidParameterException when
// it is both or neither, ResourceNotFoundException.
Result<Group> find_group(Logs& logs, const wire::Call& call);
// The group whose ARN resourceArn is, with or without ":*".
Result<Group> find_resource(Logs& logs, const wire::Call& call);
// The stream of that group. Error: ResourceNotFoundException.
Result<std::shared_ptr<Stream>> find_stream(Logs& logs, const Group& group, std::string_view name);

// Milliseconds since the epoch, as this service writes dates.
inline std::int64_t millis(Timestamp time) { return time.time_since_epoch().count(); }

// startTime and endTime: [from, to), nothing that the group's retention has ended. FilterLogEvents takes the end in.
struct Span {
  Timestamp from{};
  Timestamp to{};
};
enum class End : bool { excluded, included };
Span read_span(const Logs& logs, const wire::Call& call, const Group& group, End end);

// nextToken of a listing is the name that the page before ended with, in base64url. Error: InvalidParameterException.
Result<std::string> read_listing_token(const wire::Call& call);
std::string listing_token(std::string_view name);

// Adds the call's tags to the group that `find` finds, takes those with the keys in a member of the call from it. Error:
// TooManyTagsException for more than 50.
using FindGroup = Result<Group> (*)(Logs& logs, const wire::Call& call);
Task<Result<wire::Reply>> add_tags(Logs& logs, wire::Call& call, FindGroup find);
Task<Result<wire::Reply>> remove_tags(Logs& logs, wire::Call& call, FindGroup find, std::string_view keys);
json::Value show_tags(json::Arena& arena, const Group& group);

json::Value show_policy(json::Arena& arena, const Policy& policy);

}  // namespace stepwell::logs
