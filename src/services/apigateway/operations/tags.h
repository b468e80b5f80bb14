#pragma once
// Tags of APIs and stages: arn:aws:apigateway:<region>::/apis/<id>[/stages/<name>].

#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

struct Tagged {
  std::string api;
  std::string stage;  // empty: the API itself
};
std::optional<Tagged> parse_tagged(std::string_view arn);

// The document that has the tags of the thing that resourceArn names. Errors BadRequestException, NotFoundException.
struct TaggedDocument {
  Api api;
  std::string stage;
  json::Value document;
};
Result<TaggedDocument> find_tagged(const Gateway& gateway, wire::Call& call);
// Writes it with these tags.
Task<Result<void>> save_tags(Gateway& gateway, wire::Call& call, TaggedDocument tagged, json::Value tags);

}  // namespace stepwell::apigateway
