#include "services/states/operations/support.h"

#include "lang/asl/validation/jackson.h"
#include "lang/asl/validation/report.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/states/machine_target.h"

namespace stepwell::states {
namespace {
constexpr std::size_t max_payload_bytes = 262'144;
constexpr std::size_t max_versions = 1'000;  // of a machine
}  // namespace

json::Value date(json::Arena& arena, Timestamp time) {
  return wire::epoch_seconds(arena, time.time_since_epoch().count());
}

json::Value stored_json(json::Arena& arena, std::string_view text) {
  const auto value = json::parse_copy(arena, text);
  return value ? *value : json::Value{};
}

Result<void> check_definition(std::string_view definition, asl::MachineType type) {
  const auto diagnostics = asl::validate(definition, type);
  const auto is_error = [](const asl::Diagnostic& diagnostic) { return diagnostic.severity == asl::Severity::error; };
  if (std::ranges::none_of(diagnostics, is_error)) return {};
  return fail(errors::invalid_definition(asl::invalid_definition_message(diagnostics),
                                         asl::report("definition", definition, diagnostics)));
}

Result<void> check_json(std::string_view text, Error (*refusal)(std::string_view why)) {
  if (text.size() > max_payload_bytes) {
    return fail(refusal(fmt::format("Input size exceeds the maximum of {} bytes.", max_payload_bytes)));
  }
  json::Arena arena;
  const auto value = json::parse(arena, text);
  if (value) return {};
  const auto said = asl::jackson_error(text);
  return fail(refusal(said ? said->message : value.error().message));
}

Result<engine::ExecutionId> find_execution(const States& states, std::string_view arn) {
  TRY_ASSIGN(const ExecutionReference reference, read_execution_arn(arn));
  TRY_ASSIGN(const auto id, states.queries.find(reference.machine_arn, reference.name));
  if (!id) return fail(errors::execution_does_not_exist(arn));
  return *id;
}

Result<engine::StartRequest> read_start(States& states, const wire::Call& call) {
  TRY_ASSIGN(const MachineReference machine, read_machine_arn(call.text("stateMachineArn")));
  if (machine.is_labelled()) return fail(labelled(call));
  engine::StartRequest request;
  request.trace_header = call.optional_text("traceHeader").value_or(call.caller.trace_header);
  request.name = call.text("name");
  if (request.name.empty()) {
    request.name = make_uuid(states.random);
    request.unique_name = true;
  } else {
    TRY(check_name(request.name));
  }
  TRY_ASSIGN(MachineTarget target, find_target(states, machine));
  request.revision = std::move(target.revision);
  request.version_arn = std::move(target.version_arn);
  request.alias_arn = std::move(target.alias_arn);
  request.input = call.optional_text("input").value_or("{}");
  if (request.input.empty()) return fail(errors::invalid_execution_input("Invalid execution input."));
  TRY(check_json(request.input, errors::invalid_execution_input));
  return request;
}

void add_variable_references(json::ObjectBuilder& output, json::Arena& arena, const asl::Machine& machine) {
  if (machine.variable_references().empty()) return;
  json::ObjectBuilder states(arena);
  for (const auto& [state, variables] : machine.variable_references()) {
    const auto names = arena.make_array<json::Value>(variables.size());
    std::ranges::transform(variables, names.begin(),
                           [&](const std::string& name) { return json::make_string(arena, name); });
    states.add(arena.copy(state), json::Value::array(names));
  }
  output.add("variableReferences", states.build());
}

Result<Page> read_page(const States& states, const wire::Call& call, std::string_view listing, std::size_t usual) {
  Page page;
  const auto limit = static_cast<std::size_t>(call.integer("maxResults").value_or(0));
  page.limit = limit == 0 ? usual : limit;
  if (const std::string_view token = call.text("nextToken"); !token.empty()) {
    TRY_ASSIGN(page.position, states.tokens.read_page_token(listing, token, states.clock.now()));
  }
  return page;
}

std::string configuration_of(const wire::Call& call, std::string_view member, std::string_view otherwise) {
  const json::Value* value = call.member(member);
  return value ? json::print(*value) : std::string(otherwise);
}

Result<std::string> logging_of(const wire::Call& call, std::string_view otherwise) {
  const json::Value* given = call.member("loggingConfiguration");
  if (given == nullptr) return std::string(otherwise);
  const json::Value* level = given->find("level");
  const json::Value* data = given->find("includeExecutionData");
  const json::Value* destinations = given->find("destinations");
  const std::size_t count = destinations ? destinations->size() : 0;
  const bool off = level == nullptr || level->is_null() || level->as_string() == "OFF";
  if (count > 1 || (!off && count == 0)) return fail(errors::invalid_logging_configuration());
  json::Arena arena;
  json::ObjectBuilder kept(arena);
  if (count == 1) kept.add("destinations", *destinations);
  kept.add("includeExecutionData", data != nullptr && data->is_boolean() && data->as_boolean());
  kept.add("level", off ? std::string_view("OFF") : level->as_string());
  return json::print(kept.build());
}

Result<std::string> encryption_of(const wire::Call& call, std::string_view otherwise) {
  const json::Value* given = call.member("encryptionConfiguration");
  if (given == nullptr) return std::string(otherwise);
  const auto member = [given](std::string_view name) {
    const json::Value* value = given->find(name);
    return value != nullptr && !value->is_null() ? value : nullptr;
  };
  const json::Value* key = member("kmsKeyId");
  if (member("type")->as_string() == "AWS_OWNED_KEY") {
    if (key == nullptr) return std::string(owned_key);
    return fail(errors::invalid_encryption_configuration("An AWS owned key is not chosen by kmsKeyId"));
  }
  if (key == nullptr) {
    return fail(errors::invalid_encryption_configuration("A customer managed key is chosen by kmsKeyId"));
  }
  const json::Value* period = member("kmsDataKeyReusePeriodSeconds");
  json::Arena arena;
  json::ObjectBuilder kept(arena);
  kept.add("kmsDataKeyReusePeriodSeconds", period ? *period : json::Value::integer(arena, 300));
  kept.add("kmsKeyId", *key);
  kept.add("type", "CUSTOMER_MANAGED_KMS_KEY");
  return json::print(kept.build());
}

void add_encryption_limit(wire::Reply& answer, std::string_view encryption) {
  if (encryption == owned_key) return;
  answer.detail =
      "The encryption configuration is kept in the record, but this version of Stepwell encrypts nothing with KMS "
      "keys.";
}

Result<void> check_versions(const States& states, std::string_view machine_arn) {
  TRY_ASSIGN(const auto versions, states.machines.list_versions(machine_arn, 0, max_versions));
  if (versions.size() < max_versions) return {};
  return fail(errors::service_quota_exceeded(
      fmt::format("A state machine can have {} versions; delete those that are no longer needed.", max_versions)));
}

Error labelled(const wire::Call& call) {
  return errors::validation(fmt::format("{} does not support state machine ARNs with a label.", call.operation->name));
}

Result<std::string> version_description_of(const wire::Call& call) {
  const auto description = call.optional_text("versionDescription");
  if (description && !call.flag("publish")) {
    return fail(errors::validation("Version description can only be set when publish is true"));
  }
  return std::string(description.value_or(""));
}

std::string arn_prefix(const wire::Caller& caller, std::string_view type) {
  return fmt::format("arn:aws:states:{}:{}:{}:", caller.region, caller.account, type);
}

}  // namespace stepwell::states
