#include "services/lambda/operations/tags.h"

#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "wire/arn.h"

namespace stepwell::lambda {
namespace {

constexpr std::size_t most_tags = 50;

// What has tags: one of the two.
struct Tagged {
  FunctionPtr function;
  const Mapping* mapping = nullptr;

  const std::string& tags() const { return function != nullptr ? function->tags : mapping->tags; }
};

Result<Tagged> find_tagged(const Lambda& lambda, std::string_view text) {
  const auto arn = wire::Arn::parse(text);
  if (!arn) return fail(errors::not_there());
  const std::size_t colon = std::min(arn->resource.find(':'), arn->resource.size());
  const std::string_view kind = arn->resource.substr(0, colon);
  const std::string_view name = arn->resource.substr(std::min(colon + 1, arn->resource.size()));
  if (kind == "event-source-mapping") {
    const Mappings::Known* known = lambda.mappings.find(name);
    if (known == nullptr || known->mapping.arn != text) return fail(errors::not_there());
    return Tagged{.function = nullptr, .mapping = &known->mapping};
  }
  if (kind != "function") return fail(errors::not_there());
  if (name.contains(':')) {
    return fail(errors::invalid_parameter(
        "Tags on function aliases and versions are not supported. Please specify a function ARN."));
  }
  TRY_ASSIGN(FunctionPtr function, lambda.functions.find(std::string(text)));
  if (function == nullptr) return fail(errors::function_not_found(text));
  return Tagged{.function = std::move(function)};
}

Result<json::Value> parse_tags(json::Arena& arena, const Tagged& tagged) {
  const auto tags = json::parse_copy(arena, tagged.tags());
  if (!tags) return fail(internal_error("The tags of a function cannot be read."));
  return *tags;
}

Task<Result<void>> save(Lambda& lambda, const Tagged& tagged, std::string tags) {
  if (tagged.mapping != nullptr) {
    Mapping changed = *tagged.mapping;
    changed.tags = std::move(tags);
    co_return co_await lambda.mappings.save_tags(std::move(changed));
  }
  FunctionRecord changed = *tagged.function;
  changed.tags = std::move(tags);
  changed.revision_id = make_uuid(lambda.random);
  co_return co_await lambda.functions.save(std::move(changed));
}

}  // namespace

Result<json::Value> tags_of(const Lambda& lambda, json::Arena& arena, std::string_view arn) {
  TRY_ASSIGN(const Tagged tagged, find_tagged(lambda, arn));
  return parse_tags(arena, tagged);
}

Task<Result<wire::Reply>> change_tags(Lambda& lambda, wire::Call& call, ChangeTags change) {
  const auto functions = co_await lambda.functions.changes().lock();
  const auto mappings = co_await lambda.mappings.changes().lock();
  CO_TRY_ASSIGN(const Tagged tagged, find_tagged(lambda, call.text("Resource")));
  CO_TRY_ASSIGN(const json::Value before, parse_tags(call.arena, tagged));
  const json::Value tags = change(before);
  if (tags.size() > most_tags) {
    co_return fail(errors::invalid_parameter("Number of tags exceeds resource tag limit."));
  }
  CO_TRY(co_await save(lambda, tagged, json::print(tags)));
  co_return reply_with_status(call, 204);
}

}  // namespace stepwell::lambda
