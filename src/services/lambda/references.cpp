#include "services/lambda/references.h"

#include "services/lambda/errors.h"

#include <vector>

namespace stepwell::lambda {
namespace {

constexpr std::size_t max_name = 64;

bool is_account(std::string_view text) {
  return text.size() == 12 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':')) {
    parts.push_back(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  parts.push_back(text);
  return parts;
}

struct Parts {
  std::string_view region;
  std::string_view account;
  std::string_view name;
  std::string_view qualifier;
};

// Reads what stands before the name, from the front: each part may be absent.
Parts read_parts(std::string_view text) {
  const auto words = split(text);
  Parts parts;
  std::size_t at = 0;
  const auto left = [&] { return words.size() - at; };
  if (left() > 3 && words[at] == "arn" && words[at + 2] == "lambda") at += 3;
  if (left() > 2 && is_account(words[at + 1])) parts.region = words[at++];
  if (left() > 1 && is_account(words[at])) parts.account = words[at++];
  if (left() > 1 && words[at] == "function") ++at;
  parts.name = words[at++];
  if (left() > 0) parts.qualifier = words[at];
  return parts;
}

}  // namespace

std::string function_arn_prefix(const wire::Caller& caller) {
  return fmt::format("arn:aws:lambda:{}:{}:function:", caller.region, caller.account);
}

Result<FunctionReference> read_function(const wire::Caller& caller, std::string_view text, std::string_view qualifier) {
  const Parts parts = read_parts(text);
  if (!parts.region.empty() && parts.region != caller.region) {
    return fail(errors::region_not_reachable(parts.region, caller.region));
  }
  if (!parts.qualifier.empty() && !qualifier.empty() && parts.qualifier != qualifier) {
    return fail(errors::invalid_parameter(
        "The derived qualifier from the function name does not match the specified qualifier."));
  }
  if (parts.name.size() > max_name) {
    return fail(errors::validation(parts.name, "functionName",
                                   fmt::format("Member must have length less than or equal to {}", max_name)));
  }
  wire::Caller owner = caller;
  if (!parts.account.empty()) owner.account = parts.account;
  return FunctionReference{.name = std::string(parts.name),
                           .arn = function_arn_prefix(owner).append(parts.name),
                           .qualifier = std::string(qualifier.empty() ? parts.qualifier : qualifier)};
}

}  // namespace stepwell::lambda
