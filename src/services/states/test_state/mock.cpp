#include "services/states/test_state/mock.h"

#include "lang/json/parse.h"
#include "services/states/errors.h"
#include "services/states/test_state/response_shape.h"
#include "services/states/test_state/result_check.h"
#include "wire/errors.h"

namespace stepwell::states {
namespace {

using asl::StateType;

std::unexpected<Error> refuse(std::string why) { return fail(wire::validation_exception(std::move(why))); }

std::string_view name_of(StateType type) {
  switch (type) {
#define STATE(name, member) \
  case StateType::name: return #name;
#include "lang/asl/states/states.def"
#undef STATE
  }
  std::unreachable();
}

// States whose work is done elsewhere, or is more than TestState does.
Result<void> check_needs_no_mock(const Subject& subject) {
  if (subject.is(StateType::Map) || subject.is(StateType::Parallel)) {
    return fail(
        errors::invalid_definition("TestState API does not support Map or Parallel states. Supported state types "
                                   "include: [Task, Wait, Pass, Succeed, Fail, Choice]",
                                   "With a mock it does."));
  }
  const asl::Resource* resource = subject.state->resource();
  if (resource == nullptr) return {};
  if (resource->kind == asl::Resource::Kind::activity) {
    return fail(errors::invalid_definition("TestState API does not support Activity tasks.", "With a mock it does."));
  }
  if (resource->pattern != asl::Pattern::request_response) {
    return fail(errors::invalid_definition(
        "TestState API does not support '.sync' or '.waitForTaskToken' integration patterns.", "With a mock it does."));
  }
  return {};
}

Result<void> check_takes_mock(const wire::Call& call, const Subject& subject) {
  const StateType type = subject.state->type();
  if (type != StateType::Task && type != StateType::Map && type != StateType::Parallel) {
    return refuse(fmt::format("State type '{}' is not supported when a mock is specified", name_of(type)));
  }
  if (call.flag("revealSecrets")) return refuse("TestState does not support RevealSecrets when a mock is specified.");
  return {};
}

bool has_result_writer(const Subject& subject) { return subject.definition.find("ResultWriter") != nullptr; }

Result<void> check_children(const Subject& subject, const json::Value& result) {
  if (subject.is(StateType::Map) && has_result_writer(subject)) {
    return result.is_object() ? Result<void>() : refuse("Mocked result must be a JSON object.");
  }
  if (!result.is_array()) return refuse("Mocked result must be an array.");
  if (subject.is(StateType::Parallel) && result.size() != subject.definition.find("Branches")->size()) {
    return refuse("Mocked result must contain the same number of items as number of Parallel branches.");
  }
  return {};
}

Result<void> check_answer(const directory::Directory& directory, const json::Value& mock, const Subject& subject,
                          const json::Value& result) {
  const json::Value* mode = mock.find("fieldValidationMode");
  const std::string_view validation = mode != nullptr && mode->is_string() ? mode->as_string() : "STRICT";
  if (validation == "NONE") return {};
  const asl::Resource& resource = *subject.state->resource();
  const wire::Shape* shape = response_shape(directory, resource);
  if (shape == nullptr) return {};
  return check_result(*shape, result, validation == "PRESENT" ? FieldValidation::present : FieldValidation::strict,
                      resource.service.starts_with("aws-sdk:") ? Bodies::text : Bodies::parsed);
}

Result<json::Value> read_result(const directory::Directory& directory, json::Arena& arena, const json::Value& mock,
                                const Subject& subject) {
  const auto result = json::parse(arena, mock.find("result")->as_string());
  if (!result) return refuse("Mocked result must be valid JSON");
  if (subject.is(StateType::Task)) {
    TRY(check_answer(directory, mock, subject, *result));
  } else {
    TRY(check_children(subject, *result));
  }
  return *result;
}

Result<asl::Failure> read_failure(const json::Value& output) {
  asl::Failure failure;
  const auto text = [&output](std::string_view field) {
    const json::Value* value = output.find(field);
    return value != nullptr && value->is_string() ? std::optional(std::string(value->as_string())) : std::nullopt;
  };
  failure.error = text("error");
  failure.cause = text("cause");
  if (!failure.error) return refuse("A mocked error output should have the field [error].");
  return failure;
}

bool has(const json::Value& object, std::string_view member) {
  const json::Value* value = object.find(member);
  return value != nullptr && !value->is_null();
}

}  // namespace

Result<std::optional<Mock>> read_mock(const directory::Directory& directory, wire::Call& call, const Subject& subject) {
  const json::Value* given = call.member("mock");
  if (given == nullptr) {
    TRY(check_needs_no_mock(subject));
    return std::nullopt;
  }
  TRY(check_takes_mock(call, subject));
  const bool has_result = has(*given, "result");
  const bool has_failure = has(*given, "errorOutput");
  if (has_result && has_failure) {
    return refuse("A test mock should have only one of the following fields: [result, errorOutput].");
  }
  if (!has_result && !has_failure) {
    return refuse("A test mock should have one of the following fields: [result, errorOutput].");
  }
  Mock mock;
  if (has_result) {
    TRY_ASSIGN(mock.result, read_result(directory, call.arena, *given, subject));
  } else {
    TRY_ASSIGN(mock.failure, read_failure(*given->find("errorOutput")));
  }
  return mock;
}

}  // namespace stepwell::states
