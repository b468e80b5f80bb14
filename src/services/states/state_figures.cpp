#include "services/states/state_figures.h"

#include "engine/event.h"
#include "services/states/execution_sources.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace stepwell::states {
namespace {

constexpr std::size_t executions_at_once = 200;
constexpr std::size_t events_at_once = 4'000;
constexpr std::size_t events_of_one = 2'000;  // what is behind them is not counted

enum class Means : std::uint8_t { nothing, entered, left, attempt_succeeded, attempt_failed, execution_failed };

constexpr Means meaning_of(std::string_view type) {
  if (type.ends_with("StateEntered")) return Means::entered;
  if (type.ends_with("StateExited")) return Means::left;
  const bool of_execution = type.starts_with("Execution");
  if (type.starts_with("MapIteration") || type.starts_with("MapRun")) return Means::nothing;
  if (type.ends_with("Failed") || type.ends_with("TimedOut"))
    return of_execution ? Means::execution_failed : Means::attempt_failed;
  return type.ends_with("Succeeded") && !of_execution ? Means::attempt_succeeded : Means::nothing;
}

constexpr std::array<Means, 256> meanings = [] {
  std::array<Means, 256> table{};
#define EVENT(number, type, details) table[number] = meaning_of(#type);
#include "engine/events.def"
#undef EVENT
  return table;
}();

class Counting {
 public:
  Counting(const FiguresQuery& query, FiguresPart& part) : query_(query), part_(part) {}

  void begin() { open_.clear(); }
  void see(const engine::Event& event) {
    switch (meanings[static_cast<std::uint8_t>(event.type)]) {
      case Means::entered: return enter(event);
      case Means::left: return leave(event);
      case Means::attempt_succeeded: return mark(event, false);
      case Means::attempt_failed: return mark(event, true);
      case Means::execution_failed: return end();
      case Means::nothing: return;
    }
  }

 private:
  struct Visit {
    std::size_t state = 0, slot = 0;
    Timestamp entered{};
    engine::EventId event = 0;
    bool has_failed = false;
  };

  void enter(const engine::Event& event) {
    const Visit visit{.state = index_of(event.text(engine::FieldTag::name)),
                      .slot = slot_of(event.at),
                      .entered = event.at,
                      .event = event.id,
                      .has_failed = event.type == engine::EventType::FailStateEntered};
    ++slot(visit).entered;
    open_[event.scope] = visit;
  }

  void leave(const engine::Event& event) {
    const auto visit = open_.find(event.scope);
    if (visit == open_.end()) return;
    StateFigures::Slot& counted = slot(visit->second);
    ++counted.left;
    counted.failed += visit->second.has_failed ? 1 : 0;
    counted.milliseconds += (event.at - visit->second.entered).count();
    open_.erase(visit);
  }

  void mark(const engine::Event& event, bool has_failed) {
    const auto visit = open_.find(event.scope);
    if (visit != open_.end()) visit->second.has_failed = has_failed;
  }

  // Those that had failed, or the latest one where nothing says which it was. What was cut off beside it has not.
  void end() {
    const bool is_known = std::ranges::any_of(open_, [](const auto& each) { return each.second.has_failed; });
    const auto latest = std::ranges::max_element(open_, {}, [](const auto& each) { return each.second.event; });
    for (auto visit = open_.begin(); visit != open_.end(); ++visit)
      slot(visit->second).failed += is_known ? visit->second.has_failed : visit == latest;
    open_.clear();
  }

  std::size_t index_of(std::string_view name) {
    const auto [place, is_new] = known_.try_emplace(std::string(name), part_.states.size());
    if (is_new)
      part_.states.push_back({.name = std::string(name), .slots = std::vector<StateFigures::Slot>(query_.slots)});
    return place->second;
  }

  std::size_t slot_of(Timestamp at) const {
    const auto all = std::max<std::int64_t>(1, (query_.to - query_.from).count());
    const auto since = std::clamp<std::int64_t>((at - query_.from).count(), 0, all - 1);
    return static_cast<std::size_t>(since * static_cast<std::int64_t>(query_.slots) / all);
  }

  StateFigures::Slot& slot(const Visit& visit) { return part_.states[visit.state].slots[visit.slot]; }

  const FiguresQuery& query_;
  FiguresPart& part_;
  std::unordered_map<std::string, std::size_t> known_;
  std::unordered_map<engine::ScopeId, Visit> open_;
};

}  // namespace

Result<FiguresPart> figures_part(store::Store& store, const engine::Queries& queries, engine::ShardId shards,
                                 const FiguresQuery& query, const std::optional<SearchPosition>& after) {
  FiguresPart part;
  ExecutionSearch all;
  all.list = query.list;
  all.from = query.from;
  all.to = query.to;
  ExecutionSources sources(store, shards, ShardShare{}, all, after);
  Counting counting(query, part);
  std::size_t events = 0;
  for (; const auto* const execution = sources.current(); sources.next()) {
    if (part.executions == executions_at_once || events >= events_at_once) return part;
    ++part.executions;
    part.next = execution->at;
    json::Arena arena;
    TRY_ASSIGN(const engine::HistoryPage page,
               queries.history(execution->at.id, std::nullopt, engine::Order::oldest_first, events_of_one, arena));
    events += page.events.size();
    counting.begin();
    for (const engine::Event& event : page.events) counting.see(event);
  }
  TRY(sources.status());
  part.next.reset();
  return part;
}

}  // namespace stepwell::states
