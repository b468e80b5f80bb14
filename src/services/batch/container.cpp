#include "services/batch/container.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "services/batch/errors.h"
#include "wire/arn.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace stepwell::batch {
namespace {

constexpr std::uint64_t least_memory_mib = 4;
constexpr std::string_view reference = "Ref::";

struct Refusal {
  std::string_view member;
  std::string_view what;
};
// What would make the container another one than it is here.
constexpr auto refused = std::to_array<Refusal>({
    {"mountPoints", "A volume"},
    {"repositoryCredentials", "Credentials of a registry"},
    {"secrets", "A secret in a container's environment"},
    {"volumes", "A volume"},
});

bool is_given(const json::Value* value) {
  if (value == nullptr || value->is_null()) return false;
  return !(value->is_array() || value->is_object()) || value->size() > 0;
}

Result<void> check_log(const json::Value& container) {
  const std::string_view driver = text_of(object_of(container, "logConfiguration"), "logDriver");
  if (driver.empty() || driver == "awslogs") return {};
  return fail(errors::not_implemented(fmt::format("The log driver {}", driver)));
}

std::optional<std::uint32_t> milli_of(std::string_view text) {
  double value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size() && value > 0 && value <= 1024;
  return good ? std::optional(static_cast<std::uint32_t>(std::lround(value * 1000))) : std::nullopt;
}

std::optional<std::uint64_t> whole(std::string_view text) {
  std::uint64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = !text.empty() && parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size();
  return good ? std::optional(value) : std::nullopt;
}

// The value of a resource: in the list, or in the older member of its own.
std::string resource(const json::Value& container, std::string_view type, std::string_view member) {
  for (const json::Value& requirement : elements_of(container, "resourceRequirements")) {
    if (text_of(requirement, "type") == type) return std::string(text_of(requirement, "value"));
  }
  const json::Value* value = container.find(member);
  return value != nullptr && value->is_number() ? std::string(value->lexeme()) : std::string();
}

// Named elements, those of `over` in place of those of the same name.
json::Value merge(json::Arena& arena, std::span<const json::Value> base, std::span<const json::Value> over,
                  std::string_view name) {
  std::vector<json::Value> merged(base.begin(), base.end());
  for (const json::Value& element : over) {
    const auto same = std::ranges::find_if(
        merged, [&](const json::Value& other) { return text_of(other, name) == text_of(element, name); });
    if (same == merged.end())
      merged.push_back(element);
    else
      *same = element;
  }
  return json::make_array(arena, merged);
}

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

std::string substitute(std::string_view text, const json::Value& parameters) {
  std::string result;
  while (true) {
    const std::size_t at = text.find(reference);
    result += text.substr(0, at);
    if (at == std::string_view::npos) return result;
    text.remove_prefix(at + reference.size());
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(text, is_name) - text.begin());
    const json::Value* value = parameters.find(text.substr(0, end));
    if (value != nullptr && value->is_string())
      result += value->as_string();
    else
      result.append(reference).append(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::vector<std::string> texts_of(const json::Value& object, std::string_view member) {
  std::vector<std::string> texts;
  for (const json::Value& element : elements_of(object, member)) texts.emplace_back(element.as_string());
  return texts;
}

using Environment = std::vector<std::pair<std::string, std::string>>;

void set(Environment& environment, std::string_view name, std::string value) {
  const auto there = std::ranges::find(environment, name, &Environment::value_type::first);
  if (there == environment.end())
    environment.emplace_back(name, std::move(value));
  else
    there->second = std::move(value);
}

// What the job says of its environment goes before the address and region of this server, but not before what says who
// it is.
Environment environment_of(const Job& job, const json::Value& container, const Surroundings& surroundings) {
  const auto queue = wire::Arn::parse(job.queue_arn);
  Environment environment;
  if (!surroundings.endpoint_url.empty()) set(environment, "AWS_ENDPOINT_URL", surroundings.endpoint_url);
  set(environment, "AWS_REGION", std::string(queue->region));
  set(environment, "AWS_DEFAULT_REGION", std::string(queue->region));
  if (!surroundings.access_key.empty()) {
    set(environment, "AWS_ACCESS_KEY_ID", surroundings.access_key);
    set(environment, "AWS_SECRET_ACCESS_KEY", surroundings.secret_key);
  }
  if (!surroundings.session_token.empty()) set(environment, "AWS_SESSION_TOKEN", surroundings.session_token);
  for (const json::Value& variable : elements_of(container, "environment")) {
    set(environment, text_of(variable, "name"), std::string(text_of(variable, "value")));
  }
  set(environment, "AWS_BATCH_JOB_ID", job.id.text());
  set(environment, "AWS_BATCH_JOB_ATTEMPT", std::to_string(job.attempt));
  set(environment, "AWS_BATCH_JQ_NAME", job.queue_arn.substr(job.queue_arn.rfind('/') + 1));
  set(environment, "AWS_BATCH_CE_NAME", job.environment);
  if (job.id.index) set(environment, "AWS_BATCH_JOB_ARRAY_INDEX", std::to_string(*job.id.index));
  return environment;
}

}  // namespace

Result<void> check_container(const json::Value& properties) {
  for (const Refusal& refusal : refused) {
    if (is_given(properties.find(refusal.member))) return fail(errors::not_implemented(refusal.what));
  }
  const json::Value* privileged = properties.find("privileged");
  if (privileged != nullptr && privileged->is_boolean() && privileged->as_boolean()) {
    return fail(errors::not_implemented("A privileged container"));
  }
  if (!resource(properties, "GPU", "").empty()) return fail(errors::not_implemented("A GPU"));
  if (text_of(properties, "image").empty()) return fail(errors::refused("Container image is required."));
  TRY(check_log(properties));
  TRY(resources_of(properties));
  return {};
}

json::Value override_container(json::Arena& arena, const json::Value& properties, const json::Value& overrides) {
  const json::Value replaced =
      with(arena, properties, pick(arena, overrides, {"command", "instanceType", "memory", "vcpus"}).members());
  return with(arena, replaced,
              {{"environment",
                merge(arena, elements_of(properties, "environment"), elements_of(overrides, "environment"), "name")},
               {"resourceRequirements", merge(arena, elements_of(properties, "resourceRequirements"),
                                              elements_of(overrides, "resourceRequirements"), "type")}});
}

json::Value substitute_parameters(json::Arena& arena, const json::Value& container, const json::Value& parameters) {
  std::vector<json::Value> command;
  for (const json::Value& word : elements_of(container, "command")) {
    command.push_back(json::make_string(arena, substitute(word.as_string(), parameters)));
  }
  return with(arena, container, {{"command", json::make_array(arena, command)}});
}

Result<Resources> resources_of(const json::Value& container) {
  const std::string cpus = resource(container, "VCPU", "vcpus");
  const std::string memory = resource(container, "MEMORY", "memory");
  if (cpus.empty() || memory.empty()) {
    return fail(errors::refused("Container properties must specify VCPU and MEMORY resource requirements."));
  }
  const auto milli = milli_of(cpus);
  const auto mib = whole(memory);
  if (!milli) return fail(errors::refused(fmt::format("{} is no number of vCPUs.", cpus)));
  if (!mib || *mib < least_memory_mib) {
    return fail(errors::refused(fmt::format("{} is no amount of memory: at least 4 MiB.", memory)));
  }
  return Resources{.milli_cpus = *milli, .memory_mib = *mib};
}

std::string container_name(const JobId& id, std::uint32_t attempt) {
  std::string name = fmt::format("stepwell-batch-{}-{}", id.text(), attempt);
  std::ranges::replace(name, ':', '-');
  return name;
}

containers::Spec container_spec(const Job& job, const json::Value& document, const Surroundings& surroundings,
                                std::string_view store_name) {
  const json::Value container = object_of(document, "container");
  const Resources resources = resources_of(container).value_or(Resources{});
  const json::Value* read_only = container.find("readonlyRootFilesystem");
  return {.name = container_name(job.id, job.attempt),
          .image = std::string(text_of(container, "image")),
          .entry_point = {},
          .command = texts_of(container, "command"),
          .environment = environment_of(job, container, surroundings),
          .labels = {{std::string(store_label), std::string(store_name)},
                     {std::string(job_label), job.id.text()},
                     {std::string(attempt_label), std::to_string(job.attempt)}},
          .working_directory = {},
          .user = std::string(text_of(container, "user")),
          .memory_bytes = resources.memory_mib << 20U,
          .cpus = resources.milli_cpus / 1000.0,
          .read_only_root = read_only != nullptr && read_only->is_boolean() && read_only->as_boolean()};
}

}  // namespace stepwell::batch
