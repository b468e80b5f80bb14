// What a Task state calls: a function, an activity, or an integration that there is (spec §4).
#include "lang/asl/resource.h"
#include "lang/asl/validation/nearest.h"
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

struct Integration {
  std::string_view name;  // "dynamodb:putItem"
  std::string_view patterns;

  std::string_view service() const { return name.substr(0, name.find(':')); }
  std::string_view action() const { return name.substr(name.find(':') + 1); }
  bool is_called(const Resource& resource) const {
    return service() == resource.service && action() == resource.action;
  }
};

constexpr auto integrations = std::to_array<Integration>({
#define INTEGRATION(name, patterns) {name, patterns},
#include "lang/asl/validation/integrations.def"
#undef INTEGRATION
});

bool allows(std::string_view patterns, Pattern pattern) {
  switch (pattern) {
    case Pattern::request_response: return true;
    case Pattern::sync: return patterns.contains('S') || patterns.contains('2');
    case Pattern::sync2: return patterns.contains('2');
    case Pattern::wait_for_task_token: return patterns.contains('T');
  }
  return false;
}

// AWS SDK integrations reach any action of any service, and know no jobs.
constexpr std::string_view sdk_patterns = "T";

bool is_known(const Resource& resource) {
  if (resource.kind != Resource::Kind::integration) return true;
  if (resource.service.starts_with("aws-sdk:")) return allows(sdk_patterns, resource.pattern);
  return std::ranges::any_of(integrations, [&](const Integration& integration) {
    return integration.is_called(resource) && allows(integration.patterns, resource.pattern);
  });
}

// What to write instead of an integration that is not known.
std::string hint_for(const Resource& resource) {
  if (resource.service.starts_with("aws-sdk:")) return "integrations of the AWS SDK do not wait for a job";
  std::vector<std::string_view> services;
  std::vector<std::string_view> actions;
  for (const Integration& integration : integrations) {
    services.push_back(integration.service());
    if (integration.is_called(resource)) return "this integration does not know that pattern";
    if (integration.service() == resource.service) actions.push_back(integration.action());
  }
  if (actions.empty()) return did_you_mean(resource.service, services);
  std::string hint = did_you_mean(resource.action, actions);
  if (hint.empty()) {
    hint = fmt::format("the AWS SDK integration reaches it: arn:aws:states:::aws-sdk:{}:{}", resource.service,
                       resource.action);
  }
  return hint;
}

void check(const StateNode& state, const Document&, Findings& findings) {
  const json::Value* value = state.takes("Resource") ? state.find("Resource") : nullptr;
  if (value == nullptr || !value->is_string()) return;
  const Place place = state.place / "Resource";
  const std::string_view arn = value->as_string();
  if (!arn.starts_with("arn:")) {
    findings.schema_error(place, "Value is not a valid resource ARN");
    return;
  }
  const std::optional<Resource> resource = parse_resource(arn);
  if (resource && is_known(*resource)) return;
  Diagnostic& diagnostic = findings.schema_error(
      place, fmt::format("The resource provided {} is not recognized. The value is not a valid resource ARN, or the "
                         "resource is not available in this region.",
                         arn));
  if (resource) diagnostic.hint = hint_for(*resource);
}

}  // namespace

const Rule resources_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
