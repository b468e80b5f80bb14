#include "services/lambda/settings.h"

#include "crypto/hash.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/lambda/errors.h"
#include "services/lambda/execution/runtime.h"
#include "wire/arn.h"

namespace stepwell::lambda {
namespace {

constexpr std::int64_t max_timeout_seconds = 900;
constexpr std::int64_t max_memory_mb = 10'240;
constexpr std::size_t max_environment_bytes = 4'096;

// What AWS sets itself (execution/launch.cpp does here).
constexpr auto reserved_variables = std::to_array<std::string_view>(
    {"AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV",
     "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION",
     "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
     "AWS_LAMBDA_RUNTIME_API", "AWS_REGION", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "LAMBDA_RUNTIME_DIR",
     "LAMBDA_TASK_ROOT", "_HANDLER", "_X_AMZN_TRACE_ID"});
static_assert(std::ranges::is_sorted(reserved_variables));

// Kept and shown as given: there is no other architecture, network, key or trace store to choose here.
constexpr auto shown_settings =
    std::to_array<std::string_view>({"Architectures", "DeadLetterConfig", "EphemeralStorage", "KMSKeyArn",
                                     "LoggingConfig", "TracingConfig", "VpcConfig"});

struct Refusal {
  std::string_view member;
  std::string_view what;
};
// What would make the function run in another way.
constexpr auto refused_settings = std::to_array<Refusal>({
    {"CapacityProviderConfig", "A capacity provider"},
    {"CodeSigningConfigArn", "Code signing"},
    {"DurableConfig", "A durable function"},
    {"FileSystemConfigs", "A file system"},
    {"ImageConfig", "A container image"},
    {"Layers", "A layer"},
    {"Publish", "Publishing a version"},
    {"PublishTo", "Publishing a version"},
    {"TenancyConfig", "Tenant isolation"},
});

// Empty lists, empty objects, empty texts and false ask for nothing.
bool asks_for_something(const json::Value* value) {
  if (value == nullptr) return false;
  if (value->is_boolean()) return value->as_boolean();
  if (value->is_object()) {
    return std::ranges::any_of(value->members(), [](const json::Member& m) { return asks_for_something(&m.value); });
  }
  return value->size() > 0;
}

Result<void> check_refusals(const wire::Call& call) {
  for (const Refusal& refusal : refused_settings) {
    if (asks_for_something(call.member(refusal.member))) return fail(errors::not_implemented(refusal.what));
  }
  if (call.text("PackageType") == "Image") return fail(errors::not_implemented("A container image"));
  const json::Value* snap_start = call.member("SnapStart");
  const json::Value* apply_on = snap_start == nullptr ? nullptr : snap_start->find("ApplyOn");
  if (apply_on != nullptr && apply_on->is_string() && apply_on->as_string() != "None") {
    return fail(errors::not_implemented("SnapStart"));
  }
  return {};
}

Result<void> check_variables(const json::Value& variables) {
  std::string reserved;
  for (const auto& [name, value] : variables.members()) {
    if (value.as_string().find('\0') != std::string_view::npos) {
      return fail(errors::invalid_parameter(fmt::format("The environment variable {} holds a zero byte.", name)));
    }
    if (!std::ranges::binary_search(reserved_variables, name)) continue;
    reserved.append(reserved.empty() ? "" : ", ").append(name);
  }
  constexpr std::string_view unable =
      "Lambda was unable to configure your environment variables because the environment variables you have provided ";
  if (!reserved.empty()) {
    return fail(errors::invalid_parameter(
        fmt::format("{}contains reserved keys that are currently not supported for modification. Reserved keys used "
                    "in this request: {}",
                    unable, reserved)));
  }
  const std::string measured = json::print(variables);
  if (measured.size() > max_environment_bytes) {
    return fail(
        errors::invalid_parameter(fmt::format("{}exceeded the 4KB limit. String measured: {}", unable, measured)));
  }
  return {};
}

Result<void> apply_environment(const json::Value& environment, FunctionRecord& function) {
  function.environment.emplace();
  const json::Value* variables = environment.find("Variables");
  if (variables == nullptr || variables->is_null()) return {};
  TRY(check_variables(*variables));
  for (const auto& [name, value] : variables->members()) function.environment->emplace_back(name, value.as_string());
  return {};
}

Result<std::uint32_t> read_number(const wire::Call& call, std::string_view member, std::string_view member_shown,
                                  std::int64_t max, std::uint32_t otherwise) {
  const auto number = call.integer(member);
  if (!number) return otherwise;
  if (*number > max) {
    return fail(errors::validation(std::to_string(*number), member_shown,
                                   fmt::format("Member must have value less than or equal to {}", max)));
  }
  return static_cast<std::uint32_t>(*number);
}

Result<void> apply_runtime(const wire::Call& call, FunctionRecord& function) {
  const std::string_view runtime = call.text("Runtime");
  if (runtime.empty()) return {};
  if (!runtime_kind(runtime)) return fail(errors::not_implemented(fmt::format("The runtime {}", runtime)));
  function.runtime = runtime;
  return {};
}

// A queue or a topic, or nothing.
Result<void> check_dead_letters(const wire::Call& call) {
  const json::Value* config = call.member("DeadLetterConfig");
  const json::Value* target = config == nullptr ? nullptr : config->find("TargetArn");
  if (target == nullptr || !target->is_string() || target->as_string().empty()) return {};
  const auto arn = wire::Arn::parse(target->as_string());
  if (arn && (arn->service == "sqs" || arn->service == "sns")) return {};
  return fail(errors::invalid_parameter(
      fmt::format("The provided target ARN {} is neither a queue nor a topic.", target->as_string())));
}

void apply_shown(const wire::Call& call, FunctionRecord& function) {
  json::Arena arena;
  json::ObjectBuilder shown(arena);
  const auto before = json::parse(arena, function.shown);
  for (const std::string_view name : shown_settings) {
    const json::Value* value = call.member(name);
    if (value == nullptr && before) value = before->find(name);
    if (value != nullptr) shown.add(name, *value);
  }
  function.shown = json::print(shown.build());
}

json::Value object_of_one(json::Arena& arena, std::string_view name, json::Value value) {
  return json::ObjectBuilder(arena).add(name, value).build();
}

void show_defaults(json::Arena& arena, const FunctionRecord& function, json::ObjectBuilder& output) {
  const json::Value architecture = json::Value::string("x86_64");
  output.add("TracingConfig", object_of_one(arena, "Mode", json::Value::string("PassThrough")));
  output.add("Architectures", json::make_array(arena, std::span(&architecture, 1)));
  output.add("EphemeralStorage", object_of_one(arena, "Size", json::Value::number("512")));
  output.add("LoggingConfig", json::ObjectBuilder(arena)
                                  .add("LogFormat", "Text")
                                  .add("LogGroup", fmt::format("/aws/lambda/{}", function.name))
                                  .build());
}

void show_environment(json::Arena& arena, const FunctionRecord& function, json::ObjectBuilder& output) {
  if (!function.environment) return;
  json::ObjectBuilder variables(arena);
  for (const auto& [name, value] : *function.environment) variables.add(arena.copy(name), value);
  output.add("Environment", object_of_one(arena, "Variables", variables.build()));
}

// "2024-05-01T10:20:30.123+0000"
std::string format_modified(Timestamp time) {
  std::string text = format_rfc3339(time);
  text.replace(text.size() - 1, 1, "+0000");
  return text;
}

}  // namespace

Result<void> apply_settings(const wire::Call& call, FunctionRecord& function) {
  TRY(check_refusals(call));
  TRY(apply_runtime(call, function));
  if (const auto role = call.optional_text("Role")) function.role = *role;
  if (const auto handler = call.optional_text("Handler")) function.handler = *handler;
  if (const auto description = call.optional_text("Description")) function.description = *description;
  TRY_ASSIGN(function.timeout_seconds,
             read_number(call, "Timeout", "timeout", max_timeout_seconds, function.timeout_seconds));
  TRY_ASSIGN(function.memory_mb, read_number(call, "MemorySize", "memorySize", max_memory_mb, function.memory_mb));
  if (const json::Value* environment = call.member("Environment")) TRY(apply_environment(*environment, function));
  TRY(check_dead_letters(call));
  apply_shown(call, function);
  return {};
}

json::ObjectBuilder show_function(json::Arena& arena, const FunctionRecord& function, std::string_view arn) {
  json::ObjectBuilder output(arena);
  output.add("FunctionName", function.name)
      .add("FunctionArn", arn)
      .add("Runtime", function.runtime)
      .add("Role", function.role)
      .add("Handler", function.handler)
      .add("CodeSize", static_cast<std::int64_t>(function.code_bytes))
      .add("Description", function.description)
      .add("Timeout", static_cast<std::int64_t>(function.timeout_seconds))
      .add("MemorySize", static_cast<std::int64_t>(function.memory_mb))
      .add("LastModified", format_modified(function.modified))
      .add("CodeSha256", crypto::base64_encode(function.code_digest))
      .add("Version", "$LATEST");
  show_environment(arena, function, output);
  show_defaults(arena, function, output);
  // A setting that was given takes the place of its default.
  if (const auto shown = json::parse_copy(arena, function.shown)) {
    for (const json::Member& member : shown->members()) output.add(member.key, member.value);
  }
  output.add("RevisionId", function.revision_id)
      .add("State", "Active")
      .add("LastUpdateStatus", "Successful")
      .add("PackageType", "Zip")
      .add("SnapStart", json::ObjectBuilder(arena).add("ApplyOn", "None").add("OptimizationStatus", "Off").build());
  return output;
}

}  // namespace stepwell::lambda
