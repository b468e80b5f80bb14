#pragma once
// What several operations do in the same way.

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "services/batch/batch.h"
#include "services/batch/errors.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::batch {

inline wire::Reply reply_with(json::Value output) {
  wire::Reply reply;
  reply.output = output;
  return reply;
}
inline wire::Reply reply_with_nothing(wire::Call& call) { return reply_with(json::ObjectBuilder(call.arena).build()); }

// Letters, digits, hyphens and underscores, at most 128 of them, the first one a letter or digit.
bool is_name(std::string_view text);

struct Found {
  Place place;
  json::Value document;
};
// Each by its name or ARN, in the call's arena. Errors ClientException: there is none.
Result<Found> find_environment(const Jobs& jobs, wire::Call& call, std::string_view name);
Result<Found> find_queue(const Jobs& jobs, wire::Call& call, std::string_view name);
// Without a revision: the newest one that is active.
Result<Found> find_active_definition(const Jobs& jobs, wire::Call& call, std::string_view name);

// The compute environments of a queue, by their ARNs. Errors ClientException.
Result<json::Value> read_environment_order(const Jobs& jobs, wire::Call& call);
Result<void> check_timeout(const json::Value& timeout);
// The tags of a call, {} where it has none.
json::Value tags_of(const wire::Call& call);
// Integers that have to lie in a range.
Result<void> check_range(const wire::Call& call, std::string_view member, std::int64_t least, std::int64_t most);

// What ResourceArn names: a thing with tags.
struct Tagged {
  std::optional<Place> place;  // or
  std::optional<JobId> job;
  json::Value document;
};
Result<Tagged> find_tagged(const Jobs& jobs, wire::Call& call);
Task<Result<void>> save_tags(Jobs& jobs, wire::Call& call, Tagged tagged, json::Value tags);

// A page of a Describe operation: those of `names`, or all.
struct Page {
  std::vector<json::Value> shown;
  std::string next_token;  // empty: this is the last one
};
Result<Page> describe_places(const Jobs& jobs, wire::Call& call, Kind kind, std::string_view names_member,
                             const std::function<json::Value(const Place&, const json::Value& document)>& show);
wire::Reply reply_with_page(wire::Call& call, std::string_view member, const Page& page);

// NextToken: where the page before ended. Error ClientException.
Result<std::string> read_token(const wire::Call& call);
std::string token_of(std::string_view last);

}  // namespace stepwell::batch
