#include "services/sns/http_policy.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace stepwell::sns {
namespace {

using deliveries::Retries;

constexpr std::chrono::hours max_age{1};  // AWS: all retries of HTTP together
constexpr std::int64_t max_retries = 100;
constexpr std::int64_t max_seconds = 3'600;

struct Number {
  std::string_view name;
  std::int64_t RetryPolicy::* member;
  std::int64_t least;
  std::int64_t most;
};
constexpr auto numbers = std::to_array<Number>({{"minDelayTarget", &RetryPolicy::min_delay, 1, max_seconds},
                                                {"maxDelayTarget", &RetryPolicy::max_delay, 1, max_seconds},
                                                {"numRetries", &RetryPolicy::retries, 0, max_retries},
                                                {"numMaxDelayRetries", &RetryPolicy::at_max, 0, max_retries},
                                                {"numNoDelayRetries", &RetryPolicy::at_once, 0, max_retries},
                                                {"numMinDelayRetries", &RetryPolicy::at_min, 0, max_retries}});
constexpr auto functions = std::to_array<std::string_view>({"linear", "arithmetic", "geometric", "exponential"});
constexpr auto content_types = std::to_array<std::string_view>(
    {"application/atom+xml", "application/json", "application/octet-stream", "application/soap+xml",
     "application/x-www-form-urlencoded", "application/xhtml+xml", "application/xml", "text/css", "text/csv",
     "text/html", "text/plain", "text/xml"});

const json::Value* object_in(const json::Value* object, std::string_view name) {
  const json::Value* found = object == nullptr ? nullptr : object->find(name);
  return found != nullptr && found->is_object() ? found : nullptr;
}

void read_retry(const json::Value* policy, RetryPolicy& retry) {
  if (policy == nullptr) return;
  for (const Number& number : numbers) {
    const json::Value* given = policy->find(number.name);
    if (given != nullptr && given->is_number()) retry.*number.member = given->as_integer().value_or(0);
  }
  const json::Value* function = policy->find("backoffFunction");
  if (function != nullptr && function->is_string()) retry.backoff = function->as_string();
}

void read_content_type(const json::Value* policy, std::string& type) {
  const json::Value* given = policy == nullptr ? nullptr : policy->find("headerContentType");
  if (given != nullptr && given->is_string()) type = given->as_string();
}

std::optional<std::string> fault_of_retry(std::string_view name, const json::Value* policy) {
  if (policy == nullptr) return std::nullopt;
  RetryPolicy retry;
  for (const Number& number : numbers) {
    const json::Value* given = policy->find(number.name);
    if (given == nullptr || given->is_null()) continue;
    const auto value = given->is_number() ? given->as_integer() : std::nullopt;
    if (!value || *value < number.least) {
      return fmt::format("{}.{} must be greater than or equal to {}", name, number.name, number.least);
    }
    if (*value > number.most)
      return fmt::format("{}.{} must be less than or equal to {}", name, number.name, number.most);
    retry.*number.member = *value;
  }
  read_retry(policy, retry);
  if (retry.max_delay < retry.min_delay) {
    return fmt::format("{0}.maxDelayTarget must be greater than or equal to {0}.minDelayTarget", name);
  }
  if (retry.at_once + retry.at_min + retry.at_max > retry.retries) {
    return fmt::format(
        "{0}.numRetries must be greater than or equal to total of {0}.numMinDelayRetries, "
        "{0}.numNoDelayRetries and {0}.numMaxDelayRetries",
        name);
  }
  if (std::ranges::find(functions, retry.backoff) == functions.end()) {
    return fmt::format("{}.backoffFunction is not recognized", name);
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_request(std::string_view name, const json::Value* policy) {
  std::string type = "text/plain";
  read_content_type(policy, type);
  type.resize(std::min(type.size(), type.find(';')));
  if (std::ranges::find(content_types, type) != content_types.end()) return std::nullopt;
  return fmt::format("{}.headerContentType is not recognized", name);
}

std::optional<std::string> fault_of(std::string_view text, std::string_view inside, std::string_view retry,
                                    std::string_view request) {
  if (text.empty()) return std::nullopt;
  json::Arena arena;
  const auto document = json::parse(arena, text);
  if (!document || !document->is_object()) return "DeliveryPolicy: failed to parse JSON.";
  const json::Value* policy = inside.empty() ? &*document : object_in(&*document, inside);
  auto fault = fault_of_retry(retry, object_in(policy, retry));
  if (!fault) fault = fault_of_request(request, object_in(policy, request));
  if (fault) return "DeliveryPolicy: " + *fault;
  return std::nullopt;
}

json::Value show(json::Arena& arena, const RetryPolicy& retry) {
  json::ObjectBuilder shown(arena);
  for (const Number& number : numbers) shown.add(number.name, retry.*number.member);
  return shown.add("backoffFunction", retry.backoff).build();
}

json::Value show_request(json::Arena& arena, std::string_view type) {
  return json::ObjectBuilder(arena).add("headerContentType", type).build();
}

}  // namespace

Retries HttpPolicy::retries() const {
  const auto function = std::ranges::find(functions, retry.backoff) - functions.begin();
  const std::int64_t fixed = retry.at_once + retry.at_min + retry.at_max;
  return {.immediate = static_cast<std::uint32_t>(retry.at_once),
          .shortest_first = static_cast<std::uint32_t>(retry.at_min),
          .growing = static_cast<std::uint32_t>(retry.retries - fixed),
          .longest_last = static_cast<std::uint32_t>(retry.at_max),
          .shortest = std::chrono::seconds(retry.min_delay),
          .longest = std::chrono::seconds(retry.max_delay),
          .growth = static_cast<Retries::Growth>(function),
          .max_age = max_age};
}

HttpPolicy http_policy(std::string_view of_topic, std::string_view of_subscription) {
  HttpPolicy policy;
  json::Arena arena;
  const auto topic = json::parse(arena, of_topic);
  const json::Value* http = topic ? object_in(&*topic, "http") : nullptr;
  read_retry(object_in(http, "defaultHealthyRetryPolicy"), policy.retry);
  read_content_type(object_in(http, "defaultRequestPolicy"), policy.content_type);
  const json::Value* disables = http == nullptr ? nullptr : http->find("disableSubscriptionOverrides");
  if (disables != nullptr && disables->is_boolean() && disables->as_boolean()) return policy;
  const auto own = json::parse(arena, of_subscription);
  if (!own) return policy;
  read_retry(object_in(&*own, "healthyRetryPolicy"), policy.retry);
  read_content_type(object_in(&*own, "requestPolicy"), policy.content_type);
  return policy;
}

std::optional<std::string> fault_of_topic_policy(std::string_view text) {
  return fault_of(text, "http", "defaultHealthyRetryPolicy", "defaultRequestPolicy");
}
std::optional<std::string> fault_of_subscription_policy(std::string_view text) {
  return fault_of(text, {}, "healthyRetryPolicy", "requestPolicy");
}

std::string show_topic_policy(std::string_view of_topic) {
  json::Arena arena;
  const HttpPolicy policy = http_policy(of_topic, {});
  const auto given = json::parse(arena, of_topic);
  const json::Value* http = given ? object_in(&*given, "http") : nullptr;
  const json::Value* disables = http == nullptr ? nullptr : http->find("disableSubscriptionOverrides");
  json::ObjectBuilder shown(arena);
  shown.add("defaultHealthyRetryPolicy", show(arena, policy.retry));
  shown.add("disableSubscriptionOverrides", disables != nullptr ? *disables : json::Value::boolean(false));
  if (const json::Value* throttle = object_in(http, "defaultThrottlePolicy")) {
    shown.add("defaultThrottlePolicy", *throttle);
  }
  shown.add("defaultRequestPolicy", show_request(arena, policy.content_type));
  return json::print(json::ObjectBuilder(arena).add("http", shown.build()).build());
}

std::string show_subscription_policy(const HttpPolicy& policy) {
  json::Arena arena;
  return json::print(json::ObjectBuilder(arena)
                         .add("healthyRetryPolicy", show(arena, policy.retry))
                         .add("sicklyRetryPolicy", json::Value())
                         .add("throttlePolicy", json::Value())
                         .add("requestPolicy", show_request(arena, policy.content_type))
                         .add("guaranteed", false)
                         .build());
}

std::string show_own_policy(std::string_view of_subscription) {
  json::Arena arena;
  const auto given = json::parse(arena, of_subscription);
  json::ObjectBuilder shown(arena);
  for (const std::string_view name : {"healthyRetryPolicy", "sicklyRetryPolicy", "throttlePolicy", "requestPolicy"}) {
    const json::Value* member = given ? given->find(name) : nullptr;
    shown.add(name, member == nullptr ? json::Value() : *member);
  }
  return json::print(shown.add("guaranteed", false).build());
}

}  // namespace stepwell::sns
