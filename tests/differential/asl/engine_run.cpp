#include "engine_run.h"

#include "../../support/virtual_engine.h"
#include "base/check.h"
#include "engine/event.h"
#include "lang/asl/validation/validate.h"

#include <algorithm>

namespace stepwell::differential {

namespace {

HistoryEvent shown(const engine::Event& event, Timestamp started, json::Arena& arena) {
  HistoryEvent result{.id = event.id,
                      .previous = event.previous,
                      .type = std::string(engine::info(event.type).name),
                      .at = (event.at - started).count(),
                      .details = {}};
  if (engine::info(event.type).details_member.empty()) return result;
  for (const engine::Field& field : event.fields) {
    const engine::FieldInfo& info = engine::info(field.tag);
    std::string text;
    switch (info.kind) {
      case engine::FieldKind::text: text = field.text(); break;
      case engine::FieldKind::integer: text = std::to_string(field.number()); break;
      case engine::FieldKind::payload:
      case engine::FieldKind::plain: text = field.payload()->text(arena); break;
      case engine::FieldKind::hidden:
      case engine::FieldKind::note: continue;
    }
    result.details.emplace_back(info.member, std::move(text));
  }
  std::ranges::sort(result.details);
  return result;
}

}  // namespace

std::optional<Outcome> run_on_engine(const Case& value, std::size_t restart_every, std::string* why) {
  const std::string definition = print(value.definition);
  for (const asl::Diagnostic& diagnostic : asl::validate(definition, asl::MachineType::standard)) {
    if (diagnostic.severity != asl::Severity::error) continue;
    if (why != nullptr)
      *why = diagnostic.code + ": " + diagnostic.message + " at " + diagnostic.location.value_or("") + " " +
             diagnostic.hint;
    return std::nullopt;
  }
  auto machine = asl::Machine::compile(definition);
  CHECK(machine.has_value());

  Worker worker(value.worker);
  const auto workers = [&worker](const WorkerCall& call) {
    Answer answer = worker.answer(call.state, call.arguments, call.scope, call.at);
    return WorkerAnswer{.delay = Duration(answer.delay),
                        .failed = answer.failed,
                        .error = std::move(answer.error),
                        .cause = std::move(answer.cause),
                        .output = std::move(answer.output)};
  };
  VirtualEngine virtual_engine(workers, {.limits = {}, .restart_every = restart_every, .most_actions = 1'000'000});
  const engine::ExecutionId id = virtual_engine.run(*machine, print(value.input));

  const engine::Queries queries = virtual_engine.queries();
  const auto view = queries.describe(id);
  CHECK(view && *view);
  const engine::ExecutionRecord& record = (*view)->record;
  Outcome outcome{.status = std::string(engine::name_of(record.status)),
                  .output = (*view)->output,
                  .error = record.error,
                  .cause = record.cause,
                  .history = {}};
  json::Arena arena;
  const auto page = queries.history(id, std::nullopt, engine::Order::oldest_first, 25'000, arena);
  CHECK(page.has_value());
  for (const engine::Event& event : page->events) outcome.history.push_back(shown(event, record.started, arena));
  return outcome;
}

}  // namespace stepwell::differential
