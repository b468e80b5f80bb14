#include "crypto/hash.h"
#include "services/lambda/operations/support.h"

namespace stepwell::lambda {
namespace {

constexpr std::int64_t max_page = 50;  // whatever is asked for, as on AWS

// A marker is the name that the page before ended with.
Result<std::string> read_marker(const wire::Call& call, const std::string& prefix) {
  const std::string_view marker = call.text("Marker");
  if (marker.empty()) return std::string{};
  const auto name = crypto::base64url_decode(marker);
  if (!name) return fail(errors::invalid_parameter("Invalid marker"));
  return prefix + *name;
}

}  // namespace

Task<Result<wire::Reply>> list_functions(Lambda& lambda, wire::Call& call) {
  const std::string prefix = function_arn_prefix(call.caller);
  CO_TRY_ASSIGN(const std::string after, read_marker(call, prefix));
  const auto limit = static_cast<std::size_t>(std::min(call.integer("MaxItems").value_or(max_page), max_page));
  CO_TRY_ASSIGN(const auto functions, lambda.functions.list(prefix, after, limit + 1));
  json::Arena& arena = call.arena;
  const bool all_versions = call.text("FunctionVersion") == "ALL";
  std::vector<json::Value> items;
  for (const FunctionPtr& function : std::span(functions).first(std::min(functions.size(), limit))) {
    const std::string arn = all_versions ? fmt::format("{}:{}", function->arn, latest) : function->arn;
    items.push_back(show_function(arena, *function, arn).build());
  }
  json::ObjectBuilder output(arena);
  output.add("Functions", json::make_array(arena, items));
  if (functions.size() > limit) output.add("NextMarker", crypto::base64url_encode(functions[limit - 1]->name));
  co_return reply_with(output.build());
}

}  // namespace stepwell::lambda
