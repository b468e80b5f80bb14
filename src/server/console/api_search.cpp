// What is asked of many executions: finding some, and how the states of a machine fare. Both take long where there are
// many: threads beside the loop work on them, and what they have after a while is the answer, with the place from where
// to go on.

#include "engine/records.h"
#include "lang/json/build.h"
#include "lang/json/print.h"
#include "server/console/api.h"
#include "server/console/query.h"
#include "services/states/reading.h"

#include <algorithm>
#include <chrono>

namespace stepwell::server::console {
namespace {

constexpr std::size_t max_found = 1'000;
constexpr std::size_t usual_found = 100;
constexpr std::size_t max_slots = 240;
constexpr std::size_t usual_slots = 60;

// How long one answer may be worked on.
class Patience {
 public:
  bool is_over() const { return std::chrono::steady_clock::now() >= deadline_; }

 private:
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(150);
};

Result<states::ExecutionSearch> read_search(std::string_view query) {
  states::ExecutionSearch search;
  search.list = wire::query_value(query, "machine").value_or("");
  search.name = wire::query_value(query, "name").value_or("");
  search.text = wire::query_value(query, "text").value_or("");
  TRY_ASSIGN(search.status, status_of(query));
  TRY_ASSIGN(search.from, time_of(query, "from"));
  TRY_ASSIGN(search.to, time_of(query, "to"));
  return search;
}

Result<states::FiguresQuery> read_figures(std::string_view query) {
  TRY_ASSIGN(const auto from, time_of(query, "from"));
  TRY_ASSIGN(const auto to, time_of(query, "to"));
  TRY_ASSIGN(const auto slots, number_of<std::size_t>(query, "slots"));
  states::FiguresQuery wanted;
  wanted.list = wire::query_value(query, "machine").value_or("");
  if (wanted.list.empty() || !from || !to || *from >= *to)
    return fail(refused("'machine', 'from' and 'to' are needed, and 'from' has to be before 'to'."));
  wanted.from = *from;
  wanted.to = *to;
  wanted.slots = std::clamp<std::size_t>(slots.value_or(usual_slots), 1, max_slots);
  return wanted;
}

// The ARNs of the executions of machines that are named by an ARN or its beginning; empty: there are none.
std::string executions_of(std::string machines) {
  const std::size_t kind = machines.find(":stateMachine:");
  if (kind == std::string::npos) return {};
  machines.replace(kind, std::string_view(":stateMachine:").size(), ":execution:");
  return machines + ":*";
}

json::Value shown(json::Arena& arena, const states::FoundExecution& found) {
  const engine::ListEntry& entry = found.entry;
  const auto date = [&arena](Timestamp time) { return wire::epoch_seconds(arena, time.time_since_epoch().count()); };
  json::ObjectBuilder item(arena);
  item.add("executionArn", engine::execution_arn(found.machine_arn, entry.name));
  item.add("name", entry.name);
  item.add("status", engine::name_of(entry.status));
  item.add("stateMachineArn", found.machine_arn);
  if (!entry.version_arn.empty()) item.add("stateMachineVersionArn", entry.version_arn);
  if (!entry.alias_arn.empty()) item.add("stateMachineAliasArn", entry.alias_arn);
  item.add("redriveCount", static_cast<std::int64_t>(entry.redrive_count));
  item.add("startDate", date(entry.started));
  if (entry.stopped) item.add("stopDate", date(*entry.stopped));
  return item.build();
}

json::Value shown(json::Arena& arena, const states::StateFigures& figures) {
  using Slot = states::StateFigures::Slot;
  const auto numbers = [&](auto member) {
    std::vector<json::Value> values;
    for (const Slot& slot : figures.slots)
      values.push_back(json::Value::integer(arena, static_cast<std::int64_t>(slot.*member)));
    return json::make_array(arena, values);
  };
  json::ObjectBuilder item(arena);
  item.add("name", figures.name);
  item.add("entered", numbers(&Slot::entered));
  item.add("failed", numbers(&Slot::failed));
  item.add("left", numbers(&Slot::left));
  item.add("milliseconds", numbers(&Slot::milliseconds));
  return item.build();
}

void add_up(std::vector<states::StateFigures>& sums, std::vector<states::StateFigures>&& part) {
  for (states::StateFigures& figures : part) {
    const auto sum = std::ranges::find(sums, figures.name, &states::StateFigures::name);
    if (sum == sums.end()) {
      sums.push_back(std::move(figures));
      continue;
    }
    for (std::size_t i = 0; i < sum->slots.size(); ++i) {
      sum->slots[i].entered += figures.slots[i].entered;
      sum->slots[i].failed += figures.slots[i].failed;
      sum->slots[i].left += figures.slots[i].left;
      sum->slots[i].milliseconds += figures.slots[i].milliseconds;
    }
  }
}

}  // namespace

// A text that is found or not tells of inputs and outputs.
Result<void> Api::authorize_search(const states::ExecutionSearch& search, wire::Call& call) const {
  const std::string machines = search.list.empty() ? search.machines + "*" : search.list;
  TRY(authorize("ListExecutions", "stateMachineArn", machines, call));
  if (search.text.empty()) return {};
  const std::string executions = executions_of(machines);
  if (executions.empty()) return {};  // no machine: nothing is found
  return authorize("DescribeExecution", "executionArn", executions, call);
}

// Each thread looks at its share of the shards.
Task<Result<states::SearchPart>> Api::search(const states::ExecutionSearch& search,
                                             std::optional<states::SearchPosition> after, std::size_t limit) {
  std::vector<Pending<Result<states::SearchShare>>> asked;
  for (std::size_t index = 0; index < threads_; ++index) {
    const states::ShardShare share{.index = static_cast<engine::ShardId>(index),
                                   .of = static_cast<engine::ShardId>(threads_)};
    asked.push_back(workers_.run([&executions = node_->executions(), share, search, after, limit] {
      return executions.search(share, search, after, limit);
    }));
  }
  std::vector<Result<states::SearchShare>> answers;
  for (const auto& each : asked) answers.push_back(co_await each);
  std::vector<states::SearchShare> shares;
  for (auto& each : answers) {
    CO_TRY_ASSIGN(states::SearchShare share, std::move(each));
    shares.push_back(std::move(share));
  }
  co_return states::put_together(std::move(shares), limit);
}

Task<Result<http::Response>> Api::executions(std::string_view query, wire::Call& call) {
  CO_TRY_ASSIGN(states::ExecutionSearch search, read_search(query));
  search.machines = fmt::format("arn:aws:states:{}:{}:stateMachine:", call.caller.region, call.caller.account);
  CO_TRY_ASSIGN(auto position, position_of(query));
  CO_TRY_ASSIGN(const auto limit, number_of<std::size_t>(query, "limit"));
  CO_TRY(authorize_search(search, call));
  const std::size_t wanted = std::clamp<std::size_t>(limit.value_or(usual_found), 1, max_found);
  const Patience patience;
  std::vector<json::Value> items;
  std::int64_t looked_at = 0;
  do {
    CO_TRY_ASSIGN(const states::SearchPart part, co_await this->search(search, position, wanted - items.size()));
    for (const auto& found : part.found) items.push_back(shown(call.arena, found));
    looked_at += static_cast<std::int64_t>(part.looked_at);
    position = part.next;
  } while (position && items.size() < wanted && !call.gone.stop_requested() && !patience.is_over());
  json::ObjectBuilder output(call.arena);
  output.add("executions", json::make_array(call.arena, items));
  output.add("lookedAt", looked_at);
  if (position) output.add("next", states::encode(*position));
  co_return json_response(200, json::print(output.build()));
}

Task<Result<http::Response>> Api::figures(std::string_view query, wire::Call& call) {
  CO_TRY_ASSIGN(const states::FiguresQuery wanted, read_figures(query));
  CO_TRY_ASSIGN(auto position, position_of(query));
  CO_TRY(authorize("ListExecutions", "stateMachineArn", wanted.list, call));
  if (const std::string executions = executions_of(wanted.list); !executions.empty())
    CO_TRY(authorize("GetExecutionHistory", "executionArn", executions, call));
  const Patience patience;
  std::vector<states::StateFigures> sums;
  std::int64_t looked_at = 0;
  do {
    CO_TRY_ASSIGN(states::FiguresPart part,
                  co_await workers_.run([&executions = node_->executions(), wanted, position] {
                    return executions.figures(wanted, position);
                  }));
    add_up(sums, std::move(part.states));
    looked_at += static_cast<std::int64_t>(part.executions);
    position = part.next;
  } while (position && !call.gone.stop_requested() && !patience.is_over());
  std::vector<json::Value> items;
  for (const states::StateFigures& figures : sums) items.push_back(shown(call.arena, figures));
  json::ObjectBuilder output(call.arena);
  output.add("states", json::make_array(call.arena, items));
  output.add("lookedAt", looked_at);
  if (position) output.add("next", states::encode(*position));
  co_return json_response(200, json::print(output.build()));
}

}  // namespace stepwell::server::console
