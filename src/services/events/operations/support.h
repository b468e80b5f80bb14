#pragma once
// What several operations do in the same way.

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/events/documents.h"
#include "services/events/errors.h"
#include "services/events/events.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::events {

inline wire::Reply reply_with(json::Value output) {
  wire::Reply reply;
  reply.output = output;
  return reply;
}
inline wire::Reply reply_with_nothing(wire::Call& call) { return reply_with(json::ObjectBuilder(call.arena).build()); }

// The bus that the member names or is the ARN of. Error ResourceNotFoundException.
Result<const Bus*> find_bus(Events& events, const wire::Call& call, std::string_view member);
// The rule `member` of the bus EventBusName. Error ResourceNotFoundException.
Result<RulePtr> find_rule(Events& events, const wire::Call& call, std::string_view member);
// The same for a change of its document, which `change` makes.
using Change = std::function<json::Value(json::Arena& arena, const json::Value& document)>;
Task<Result<void>> change_rule(Events& events, RulePtr rule, const Change& change);

// A document, which has been valid when it was written.
json::Value read(json::Arena& arena, std::string_view document);
json::Value millis(json::Arena& arena, Timestamp time);
// Created and Modified of a document, as this service shows dates; absent where the document has none.
json::Value date_of(json::Arena& arena, const json::Value& document, std::string_view member);

// A page of a listing (NamePrefix, Limit, NextToken): the items whose names begin so, behind the one that the token
// names, below `member`. Error ValidationException for a token that is none.
struct Item {
  std::string name;
  std::function<json::Value()> show;
};
Result<wire::Reply> reply_with_page(wire::Call& call, std::string_view member, const std::vector<Item>& items);

// Something that has tags, by its ARN.
struct Tagged {
  std::string document;
  std::function<Task<Result<void>>(std::string document)> save;
};
Result<Tagged> find_tagged(Events& events, std::string_view arn);
// [{Key, Value}] with those added. Errors ValidationException, LimitExceededException.
Result<json::Value> add_tags(json::Arena& arena, const json::Value& tags, std::span<const json::Value> added);
std::optional<std::string> tag_of(Registry& registry, std::string_view arn, std::string_view key);

// A connection or an API destination by the call's Name. Error ResourceNotFoundException.
Result<ResourcePtr> find_resource(Events& events, const wire::Call& call, Shelf shelf);

}  // namespace stepwell::events
