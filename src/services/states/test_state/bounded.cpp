#include "services/states/test_state/bounded.h"

#include <memory>

namespace stepwell::states {
namespace {

// Between an integration and the time: the first to come decides.
struct Race {
  Pending<std::optional<TaskOutcome>> first;
  std::stop_source cancel;
  std::exception_ptr failure;
  bool given_up = false;
};

void finish(const std::shared_ptr<Race>& race, std::optional<TaskOutcome> outcome, std::exception_ptr failure) {
  if (race->given_up) return;
  race->failure = std::move(failure);
  race->first.set(std::move(outcome));
}

// The waiter goes on in `set`, and may end whoever called this.
void give_up(std::shared_ptr<Race> race) {
  if (race->given_up || race->first.is_set()) return;
  race->given_up = true;
  race->cancel.request_stop();
  race->first.set(std::nullopt);
}

Task<TaskOutcome> call(States& states, engine::RunTask task, wire::Caller caller, std::stop_token cancelled) {
  co_return co_await run_integration(states, task, std::move(caller), std::move(cancelled));
}

}  // namespace

Task<std::optional<TaskOutcome>> call_within(States& states, engine::RunTask task, wire::Caller caller, Duration limit,
                                             std::stop_token gone) {
  const auto race = std::make_shared<Race>();
  start(call(states, std::move(task), std::move(caller), race->cancel.get_token()),
        [race](std::optional<TaskOutcome> outcome, std::exception_ptr failure) {
          finish(race, std::move(outcome), std::move(failure));
        });
  const auto timer = states.scheduler.after(limit, [race] { give_up(race); });
  const std::stop_callback left(gone, [race] { give_up(race); });
  auto outcome = co_await race->first;
  if (race->failure) std::rethrow_exception(race->failure);
  co_return outcome;
}

Task<void> sleep(Scheduler& scheduler, Duration duration, std::stop_token gone) {
  const Pending<bool> over;
  const auto wake = [over] {
    if (!over.is_set()) over.set(true);
  };
  const auto timer = scheduler.after(duration, wake);
  const std::stop_callback left(gone, wake);
  co_await over;
}

}  // namespace stepwell::states
