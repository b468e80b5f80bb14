#include "server/console/history_stream.h"

#include "engine/execution.h"
#include "lang/json/build.h"
#include "lang/json/print.h"

#include <optional>

#include <fmt/format.h>

namespace stepwell::server::console {
namespace {

constexpr std::size_t events_at_once = 250;
constexpr std::size_t max_data = 1'024;
constexpr Duration silence{15'000};

class HistoryStream final : public http::BodyStream {
 public:
  HistoryStream(states::Reading& executions, engine::ExecutionId id, engine::Serial from, Scheduler& scheduler,
                std::stop_token gone)
      : executions_(&executions), id_(id), next_(from), scheduler_(&scheduler), gone_(std::move(gone)) {}

  Task<std::optional<std::string>> next() override {
    while (!ended_ && !gone_.stop_requested() && !executions_->draining()) {
      // Watched from before the reading, so that nothing falls between.
      const Pending<bool> told;
      const auto tell = [told](bool something) {
        if (!told.is_set()) told.set(something);
      };
      const auto watch = executions_->watch(id_, [this, tell] { scheduler_->post([tell] { tell(true); }); });
      if (auto piece = read()) co_return piece;
      const auto timer = scheduler_->after(silence, [tell] { tell(false); });
      const std::stop_callback on_gone(gone_, [tell] { tell(true); });
      if (!co_await told) co_return ": nothing new\n\n";
    }
    co_return std::nullopt;
  }

 private:
  // nullopt: nothing new.
  std::optional<std::string> read() {
    json::Arena arena;
    const auto growth = executions_->history(id_, next_, events_at_once, max_data, arena);
    if (!growth) {
      ended_ = true;
      std::string text = "event: lost\ndata: ";
      json::print_string(text, growth.error().message);
      return text + "\n\n";
    }
    const bool over = growth->status != engine::Status::running && growth->is_all;
    const bool complete_anew = growth->is_all && !std::exchange(told_complete_, growth->is_all);
    if (growth->events.empty() && !over && !complete_anew) return std::nullopt;
    next_ = growth->next;
    json::ObjectBuilder data(arena);
    data.add("status", engine::name_of(growth->status));
    data.add("complete", growth->is_all);
    data.add("events", json::make_array(arena, growth->events));
    std::string text = fmt::format("id: {}\nevent: history\ndata: ", next_);
    json::print(text, data.build());
    text += "\n\n";
    ended_ = over;
    if (over) text += "event: end\ndata: {}\n\n";
    return text;
  }

  states::Reading* executions_;
  const engine::ExecutionId id_;
  engine::Serial next_;
  Scheduler* scheduler_;
  const std::stop_token gone_;
  bool told_complete_ = false;
  bool ended_ = false;
};

}  // namespace

std::shared_ptr<http::BodyStream> history_stream(states::Reading& executions, engine::ExecutionId id,
                                                 engine::Serial from, Scheduler& scheduler, std::stop_token gone) {
  return std::make_shared<HistoryStream>(executions, id, from, scheduler, std::move(gone));
}

}  // namespace stepwell::server::console
