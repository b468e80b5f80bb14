#include "services/states/old_revisions.h"

#include "store/codec.h"

namespace stepwell::states {
namespace {

constexpr Duration pause = std::chrono::minutes(10);
constexpr std::size_t machines_in_a_turn = 64;
constexpr std::size_t most_unneeded = 10'000;  // kept in mind

// Lets others have their turn.
Task<void> turn(Scheduler& scheduler) {
  const Pending<bool> now;
  scheduler.post([now] { now.set(true); });
  co_await now;
}

}  // namespace

void OldRevisions::look_later() {
  timer_ = states_->scheduler.after(pause, [this] {
    start(look(), [this](const auto& done, const std::exception_ptr&) {
      if (!done || !*done) log_->warning("Old revisions could not be taken away; trying again in some minutes.");
      look_later();
    });
  });
}

Task<Result<void>> OldRevisions::look() {
  std::unordered_set<std::string> unneeded;
  std::size_t looked_at = 0;
  std::string from;
  for (;;) {
    const auto cursor = states_->store.scan(store::Table::revision, from, {}, store::Direction::forward);
    CO_TRY(cursor->status());
    if (!cursor->valid()) break;
    std::string machine = read_revision_key(cursor->key());
    from = store::prefix_end(revisions_prefix(machine));
    CO_TRY_ASSIGN(const bool needed, is_needed(machine));
    if (!needed && unneeded_.contains(machine)) {
      CO_TRY(co_await remove(std::move(machine)));
    } else if (!needed && unneeded.size() < most_unneeded) {
      unneeded.insert(std::move(machine));
    }
    if (++looked_at % machines_in_a_turn == 0) co_await turn(states_->scheduler);
  }
  unneeded_ = std::move(unneeded);
  co_return Result<void>{};
}

Result<bool> OldRevisions::is_needed(std::string_view machine_arn) const {
  TRY_ASSIGN(const auto machine, states_->store.get(store::Table::state_machine, machine_key(machine_arn)));
  if (machine) return true;
  return states_->queries.has_any(machine_arn);
}

Task<Result<void>> OldRevisions::remove(std::string machine_arn) {
  const auto lock = co_await states_->machines.changes().lock();
  CO_TRY_ASSIGN(const bool needed, is_needed(machine_arn));
  if (needed) co_return Result<void>{};
  co_return co_await states_->machines.remove_revisions(std::move(machine_arn));
}

}  // namespace stepwell::states
