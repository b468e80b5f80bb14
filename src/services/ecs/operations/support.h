#pragma once
// What several operations do in the same way.

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/print.h"
#include "services/ecs/ecs.h"
#include "services/ecs/errors.h"
#include "services/ecs/show.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace stepwell::ecs {

inline wire::Reply reply_with(json::Value output) {
  wire::Reply reply;
  reply.output = output;
  return reply;
}
inline wire::Reply reply_with(wire::Call& call, std::string_view member, json::Value value) {
  return reply_with(json::ObjectBuilder(call.arena).add(member, value).build());
}

Home home_of(const wire::Call& call);

// The cluster that the member `cluster` names. Error ClusterNotFoundException.
Result<Cluster> find_cluster(const Ecs& ecs, const wire::Call& call);
// The definition that the member `taskDefinition` names. Error ClientException with that text.
Result<Definition> find_definition(const Ecs& ecs, const wire::Call& call, std::string_view otherwise);
// The task of that id or ARN, if it is in the cluster.
Result<std::optional<TaskRecord>> find_task(const Ecs& ecs, const ClusterPlace& cluster, std::string_view text);

// Something that has tags. Error InvalidParameterException, ResourceNotFoundException.
using Tagged = std::variant<Cluster, Definition, TaskRecord>;
Result<Tagged> find_tagged(const Ecs& ecs, std::string_view arn);
std::string tags_of(const Tagged& tagged);  // JSON array
Task<Result<void>> save_tags(Ecs& ecs, Tagged tagged, std::string tags);

// The roles that RegisterTaskDefinition and RunTask hand on.
std::vector<std::string> passed_roles(const Ecs& ecs, const wire::Call& call);

// {"arn":…, "reason":"MISSING"}
json::Value failure(json::Arena& arena, std::string_view arn, std::string_view reason);

// Whether a list asks for that.
bool includes(const wire::Call& call, std::string_view what);

// A page of a listing: what `each` adds until it is full, and where the next one begins.
class Page {
 public:
  // Error InvalidParameterException: the token of the page before is none.
  static Result<Page> of(const wire::Call& call);
  const std::string& after() const { return after_; }
  // false: the page was full already.
  bool add(std::string_view key, json::Value value);
  bool add(json::Arena& arena, std::string_view key, std::string_view text) {
    return add(key, json::make_string(arena, text));
  }
  wire::Reply reply(wire::Call& call, std::string_view member) const;

 private:
  std::size_t limit_ = 100;
  std::string after_;
  std::string last_;
  bool more_ = false;
  std::vector<json::Value> values_;
};

}  // namespace stepwell::ecs
