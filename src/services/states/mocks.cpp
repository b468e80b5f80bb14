#include "services/states/mocks.h"

#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <charconv>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

Error invalid(std::string message) {
  return {.fault = Fault::client, .code = "InvalidMocks", .message = std::move(message), .detail = {}};
}

// The member of that name; where `name` is empty, the only one.
Result<const json::Value*> choose(const json::Value* object, std::string_view name, std::string_view what) {
  if (object == nullptr || !object->is_object()) return fail(invalid(fmt::format("The mocks have no {}.", what)));
  if (name.empty()) {
    if (object->size() == 1) return &object->members().front().value;
    return fail(invalid(
        fmt::format("The mocks have {} {}: name one of them (--mock FILE#MACHINE/CASE).", object->size(), what)));
  }
  if (const json::Value* found = object->find(name)) return found;
  return fail(invalid(fmt::format("The mocks have no {} '{}'.", what, name)));
}

std::optional<std::pair<std::size_t, std::size_t>> read_attempts(std::string_view text) {
  std::size_t first = 0;
  const auto head = std::from_chars(text.data(), text.data() + text.size(), first);
  if (head.ec != std::errc{}) return std::nullopt;
  if (head.ptr == text.data() + text.size()) return std::pair(first, first);
  std::size_t last = 0;
  const auto tail = std::from_chars(head.ptr + 1, text.data() + text.size(), last);
  if (*head.ptr != '-' || tail.ec != std::errc{} || tail.ptr != text.data() + text.size() || last < first)
    return std::nullopt;
  return std::pair(first, last);
}

Result<TaskOutcome> read_outcome(const json::Value& response) {
  if (const json::Value* value = response.find("Return")) return TaskOutcome(json::print(*value));
  const json::Value* thrown = response.find("Throw");
  if (thrown == nullptr) return fail(invalid("A mocked response has neither Return nor Throw."));
  TaskFailure failure;
  const auto text = [thrown](std::string_view member) -> std::optional<std::string> {
    const json::Value* value = thrown->find(member);
    return value != nullptr && value->is_string() ? std::optional(std::string(value->as_string())) : std::nullopt;
  };
  failure.error = text("Error");
  failure.cause = text("Cause");
  return TaskOutcome(std::unexpected(std::move(failure)));
}

}  // namespace

Result<std::unique_ptr<Mocks>> Mocks::load(std::string_view text, std::string_view machine,
                                           std::string_view test_case) {
  json::Arena arena;
  const auto root = json::parse(arena, text);
  if (!root)
    return fail(
        invalid(fmt::format("line {}, column {}: {}", root.error().line, root.error().column, root.error().message)));
  TRY_ASSIGN(const json::Value* machine_mocks, choose(root->find("StateMachines"), machine, "state machines"));
  TRY_ASSIGN(const json::Value* states, choose(machine_mocks->find("TestCases"), test_case, "test cases"));
  const json::Value* responses = root->find("MockedResponses");
  auto mocks = std::make_unique<Mocks>();
  for (const json::Member& state : states->members()) {
    const json::Value* attempts =
        responses && state.value.is_string() ? responses->find(state.value.as_string()) : nullptr;
    if (attempts == nullptr || !attempts->is_object())
      return fail(invalid(fmt::format("State '{}' names a response that is not there.", state.key)));
    Answers& answers = mocks->states_[std::string(state.key)];
    for (const json::Member& response : attempts->members()) {
      const auto range = read_attempts(response.key);
      if (!range) return fail(invalid(fmt::format("'{}' is no attempt or range of attempts.", response.key)));
      TRY_ASSIGN(TaskOutcome outcome, read_outcome(response.value));
      answers.responses.push_back({range->first, range->second, std::move(outcome)});
    }
  }
  return mocks;
}

std::optional<TaskOutcome> Mocks::next(std::string_view state) {
  const auto found = states_.find(state);
  if (found == states_.end()) return std::nullopt;
  const std::size_t attempt = found->second.attempts++;
  for (const Response& response : found->second.responses) {
    if (response.first <= attempt && attempt <= response.last) return response.outcome;
  }
  return TaskOutcome(std::unexpected(
      TaskFailure{"States.Runtime", fmt::format("State '{}' has no mocked response for attempt {}.", state, attempt)}));
}

}  // namespace stepwell::states
