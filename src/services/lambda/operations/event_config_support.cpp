#include "services/lambda/operations/event_config_support.h"

#include "services/lambda/destinations.h"

namespace stepwell::lambda {
namespace {

std::string shown_arn(const NamedFunction& named) { return fmt::format("{}:{}", named.reference.arn, latest); }

Result<void> apply_destination(const json::Value& config, std::string_view member, std::string& arn) {
  const json::Value* side = config.find(member);
  const json::Value* given = side == nullptr ? nullptr : side->find("Destination");
  if (given == nullptr || !given->is_string()) return {};
  if (!given->as_string().empty() && !is_destination(given->as_string())) {
    return fail(
        errors::invalid_parameter(fmt::format("The provided destination config DestinationConfig is invalid: "
                                              "{} is no queue, topic, function or event bus.",
                                              given->as_string())));
  }
  arn = given->as_string();
  return {};
}

json::Value show_destination(json::Arena& arena, std::string_view arn) {
  json::ObjectBuilder shown(arena);
  if (!arn.empty()) shown.add("Destination", arn);
  return shown.build();
}

}  // namespace

Result<EventConfig> find_event_config(Lambda& lambda, const NamedFunction& named) {
  TRY_ASSIGN(auto config, lambda.event_configs.find(named.reference.arn));
  if (config) return std::move(*config);
  return fail(errors::make("ResourceNotFoundException",
                           fmt::format("The function {} doesn't have an EventInvokeConfig", shown_arn(named))));
}

Result<void> apply_event_config(const wire::Call& call, EventConfig& config) {
  if (const auto retries = call.integer("MaximumRetryAttempts")) {
    config.max_retries = static_cast<std::uint32_t>(*retries);
  }
  if (const auto age = call.integer("MaximumEventAgeInSeconds")) {
    config.max_age_seconds = static_cast<std::uint32_t>(*age);
  }
  const json::Value* destinations = call.member("DestinationConfig");
  if (destinations == nullptr) return {};
  TRY(apply_destination(*destinations, "OnSuccess", config.on_success));
  return apply_destination(*destinations, "OnFailure", config.on_failure);
}

json::Value show(json::Arena& arena, const NamedFunction& named, const EventConfig& config) {
  json::ObjectBuilder shown(arena);
  shown.add("LastModified", wire::epoch_seconds(arena, config.modified.time_since_epoch().count()));
  shown.add("FunctionArn", shown_arn(named));
  if (config.max_retries) shown.add("MaximumRetryAttempts", static_cast<std::int64_t>(*config.max_retries));
  if (config.max_age_seconds) {
    shown.add("MaximumEventAgeInSeconds", static_cast<std::int64_t>(*config.max_age_seconds));
  }
  return shown
      .add("DestinationConfig", json::ObjectBuilder(arena)
                                    .add("OnSuccess", show_destination(arena, config.on_success))
                                    .add("OnFailure", show_destination(arena, config.on_failure))
                                    .build())
      .build();
}

}  // namespace stepwell::lambda
