// Any valid definition runs to an end within the limits, whatever its input and its workers do; its history is sound;
// and an engine that is thrown away and made anew again and again comes to the same.
//
// An input is a definition, the execution's input, and bytes: two for a call of a worker, the time it takes and what it
// answers.
#include "../support/virtual_engine.h"
#include "base/check.h"
#include "lang/asl/validation/validate.h"
#include "lang/json/parse.h"
#include "parts.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include <fmt/format.h>

namespace stepwell {
namespace {

constexpr engine::EventId kMostEvents = 400;
constexpr std::size_t kMostActions = 1'000;
// What chance or the clock has a hand in may differ between two runs.
constexpr std::string_view kByChance[] = {"uuid", "UUID", "andom", "shuffle", "Jitter", "\\u"};

bool is_valid(const std::string& definition) {
  const auto diagnostics = asl::validate(definition, asl::MachineType::standard);
  return std::ranges::none_of(diagnostics, [](const auto& one) { return one.severity == asl::Severity::error; });
}

// Workers that read what they do: each call from a scope at a place of its own, so that the order of calls is no
// matter.
class Scripted {
 public:
  explicit Scripted(std::string_view script) : script_(script) {}

  WorkerAnswer answer(std::string_view arguments, engine::ScopeId scope) {
    const std::size_t place = (scope + 16 * calls_[scope]++) * 2;
    const unsigned time = at(place);
    const unsigned what = at(place + 1);
    WorkerAnswer answer{
        .delay = Duration(1 + time * 64 + scope % 64), .failed = what % 4 == 1, .error = {}, .cause = {}, .output = {}};
    if (what % 8 == 1) answer.error = "E";
    if (what % 16 == 1) answer.cause = "because";
    answer.output = what % 4 == 2 ? R"({"a":[1,2,{"b":null}],"n":1.50})" : std::string(arguments);
    return answer;
  }

 private:
  unsigned at(std::size_t place) const {
    return script_.empty() ? 0 : static_cast<unsigned char>(script_[place % script_.size()]);
  }
  std::string_view script_;
  std::map<engine::ScopeId, std::size_t> calls_;
};

bool is_end(engine::EventType type) {
  using enum engine::EventType;
  return type == ExecutionSucceeded || type == ExecutionFailed || type == ExecutionTimedOut || type == ExecutionAborted;
}

void check_history(const std::vector<engine::Event>& events, engine::Status status) {
  CHECK(!events.empty() && events.size() <= kMostEvents + 1);
  for (std::size_t i = 0; i < events.size(); ++i) {
    CHECK(events[i].id == i + 1 && events[i].previous < events[i].id);
    CHECK(i == 0 || events[i].at >= events[i - 1].at);
    CHECK(!is_end(events[i].type) || i + 1 == events.size());
  }
  CHECK(is_end(events.back().type) == (status != engine::Status::running));
}

// The history as text, checked.
std::string run(const std::shared_ptr<const asl::Machine>& machine, std::string_view input, std::string_view script,
                std::size_t restart_every) {
  Scripted workers(script);
  engine::Limits limits;
  limits.max_events = kMostEvents;
  VirtualEngine virtual_engine([&](const WorkerCall& call) { return workers.answer(call.arguments, call.scope); },
                               {.limits = limits, .restart_every = restart_every, .most_actions = kMostActions});
  const engine::ExecutionId id = virtual_engine.run(machine, input);
  const auto view = virtual_engine.queries().describe(id);
  CHECK(view && *view);
  json::Arena arena;
  const engine::Queries queries = virtual_engine.queries();  // payloads are read through it
  const auto page = queries.history(id, std::nullopt, engine::Order::oldest_first, 25'000, arena);
  CHECK(page.has_value());
  check_history(page->events, (*view)->record.status);
  std::string text((*view)->output.value_or(""));
  for (const engine::Event& event : page->events) {
    text += fmt::format("\n{} {}<{} @{}", event.id, engine::info(event.type).name, event.previous,
                        event.at.time_since_epoch().count());
    for (const engine::Field& field : event.fields) {
      text.append(field.text());
      if (field.payload() != nullptr) text.append(field.payload()->text(arena));
    }
  }
  CHECK(json::is_valid_utf8(text));
  return text;
}

void run_parts(std::string_view rest) {
  const std::string definition(take_part(rest));
  const std::string_view input = take_part(rest);
  if (definition.size() > 8'192 || input.size() > 8'192 || !is_valid(definition)) return;
  json::Arena arena;
  if (!json::parse(arena, input)) return;
  const auto machine = asl::Machine::compile(definition);
  if (!machine) return;  // fuzz_asl sees to what must compile
  const std::string once = run(*machine, input, rest, 0);
  const bool by_chance =
      std::ranges::any_of(kByChance, [&](std::string_view word) { return definition.contains(word); });
  const std::string again = run(*machine, input, rest, 3);
  CHECK(by_chance || once == again);
}

}  // namespace
}  // namespace stepwell

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepwell::run_parts({reinterpret_cast<const char*>(data), size});
  return 0;
}
