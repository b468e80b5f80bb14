#include "lang/asl/resource.h"

#include <algorithm>
#include <array>

namespace stepwell::asl {

namespace {

struct Suffix {
  std::string_view text;
  Pattern pattern;
};
constexpr Suffix suffixes[] = {
    {".sync:2", Pattern::sync2},
    {".sync", Pattern::sync},
    {".waitForTaskToken", Pattern::wait_for_task_token},
};

// arn:partition:service:region:account:rest, where the rest may hold colons.
std::optional<std::array<std::string_view, 6>> split_arn(std::string_view arn) {
  std::array<std::string_view, 6> parts;
  for (std::size_t i = 0; i < 5; ++i) {
    const std::size_t colon = arn.find(':');
    if (colon == arn.npos) return std::nullopt;
    parts[i] = arn.substr(0, colon);
    arn.remove_prefix(colon + 1);
  }
  parts[5] = arn;
  return parts;
}

// "<service>:<action>[pattern]" or "aws-sdk:<service>:<action>[pattern]"
bool parse_integration(std::string_view text, Resource& resource) {
  for (const Suffix& suffix : suffixes) {
    if (!text.ends_with(suffix.text)) continue;
    resource.pattern = suffix.pattern;
    text.remove_suffix(suffix.text.size());
    break;
  }
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos) return false;
  const auto service = text.substr(0, colon);
  const auto action = text.substr(colon + 1);
  const auto name = service.starts_with("aws-sdk:") ? service.substr(8) : service;
  if (name.empty() || action.empty() || name.find(':') != name.npos || action.find('.') != action.npos) return false;
  resource.kind = Resource::Kind::integration;
  resource.service = service;
  resource.action = action;
  return true;
}

bool consists_of(std::string_view text, std::string_view others) {
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return alphanumeric || others.contains(c);
  });
}

// "function:<name>[:<version or alias>]"
bool is_function(std::string_view text) {
  constexpr std::string_view type = "function:";
  if (!text.starts_with(type)) return false;
  text.remove_prefix(type.size());
  const std::size_t colon = text.find(':');
  const bool qualified = colon != text.npos;
  return consists_of(text.substr(0, colon), "-_.") && (!qualified || consists_of(text.substr(colon + 1), "-_$"));
}

}  // namespace

std::string Resource::action_and_pattern() const {
  for (const Suffix& suffix : suffixes) {
    if (suffix.pattern == pattern) return action + std::string(suffix.text);
  }
  return action;
}

std::optional<Resource> parse_resource(std::string_view arn) {
  const auto parts = split_arn(arn);
  if (!parts) return std::nullopt;
  const auto& [prefix, partition, service, region, account, rest] = *parts;
  if (prefix != "arn" || partition.empty()) return std::nullopt;
  Resource resource{.arn = std::string(arn), .service = {}, .action = {}};
  if (service == "lambda" && is_function(rest)) {
    resource.kind = Resource::Kind::lambda;
    resource.service = "lambda";
    return resource;
  }
  if (service != "states") return std::nullopt;
  if (rest.starts_with("activity:")) {
    if (region.empty() || account.empty() || rest.size() == 9) return std::nullopt;
    resource.kind = Resource::Kind::activity;
    return resource;
  }
  // Integrations are written without region and account; definitions that have them work on AWS all the same.
  if (parse_integration(rest, resource)) return resource;
  return std::nullopt;
}

}  // namespace stepwell::asl
