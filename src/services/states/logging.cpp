#include "services/states/logging.h"

#include "engine/execution.h"
#include "lang/json/build.h"
#include "lang/json/print.h"
#include "services/states/history_view.h"

namespace stepwell::states {
namespace {

constexpr std::size_t max_streams = 10'000;
constexpr std::size_t max_logged_data = 248 * 1'024;  // of one input or output; the rest is cut off

// A log event's message: the event with its numbers as texts, as AWS writes it.
std::string record_of(engine::Execution& execution, const std::string& execution_arn, const engine::Event& event,
                      ExecutionData data) {
  json::Arena& arena = execution.arena;
  return json::print(json::ObjectBuilder(arena)
                         .add("id", fmt::to_string(event.id))
                         .add("type", json::Value::string(info(event.type).name))
                         .add("details", event_details(arena, event, data, max_logged_data))
                         .add("previous_event_id", fmt::to_string(event.previous))
                         .add("event_timestamp", fmt::to_string(event.at.time_since_epoch().count()))
                         .add("execution_arn", execution_arn)
                         .add("redrive_count", fmt::to_string(execution.redrive_count))
                         .build());
}

// states/<machine>/2024-05-01-10-20/<8 hexadecimal digits>
std::string stream_name(std::string_view machine, Timestamp now, Random& random) {
  std::string minute = format_rfc3339(now).substr(0, 16);
  for (char& c : minute) {
    if (c == 'T' || c == ':') c = '-';
  }
  return fmt::format("states/{}/{}/{:08x}", machine, minute, static_cast<std::uint32_t>(random.next()));
}

}  // namespace

const std::string& Logging::stream_of(const engine::Revision& revision) {
  if (streams_.size() >= max_streams) streams_.clear();
  std::string& stream = streams_[revision.machine_arn];
  if (stream.empty()) stream = stream_name(revision.machine_name, clock_->now(), *random_);
  return stream;
}

// The log events of one decision on their way, in calls that CloudWatch Logs takes.
class Logging::Delivery {
 public:
  Delivery(Logging& logging, const LogTarget& target, const engine::Execution& execution, store::Batch& batch)
      : logging_(logging), target_(target), execution_(execution), batch_(batch) {}

  void add(Timestamp at, std::string_view message) {
    if (bytes_ + message.size() > max_call_bytes || records_.size() == max_call_events) send();
    bytes_ += message.size() + overhead;
    records_.push_back(json::ObjectBuilder(call_->arena)
                           .add("timestamp", at.time_since_epoch().count())
                           .add("message", message)
                           .build());
  }

  void send() {
    if (records_.empty()) return;
    call_->caller.account = target_.account;
    call_->caller.region = target_.region;
    call_->input = json::ObjectBuilder(call_->arena)
                       .add("logEvents", json::make_array(call_->arena, records_))
                       .add("logGroupName", target_.group_name)
                       .add("logStreamName", logging_.stream_of(*execution_.revision))
                       .build();
    const auto folded = logging_.directory_->fold("logs", "PutLogEvents", *call_, batch_);
    // A log that cannot be written does not hold the execution, as on AWS.
    if (!folded && folded.error().code == directory::not_foldable) {
      logging_.remote_.send(std::move(call_));
    } else if (!folded) {
      logging_.log_->warning(fmt::format("Execution {} is not logged to {}: {}", execution_.name, target_.group_name,
                                         folded.error().message));
    }
    records_.clear();
    call_ = std::make_unique<wire::Call>();
    bytes_ = 0;
  }

 private:
  static constexpr std::size_t max_call_events = 10'000;
  static constexpr std::size_t max_call_bytes = 900'000;
  static constexpr std::size_t overhead = 26;

  Logging& logging_;
  const LogTarget& target_;
  const engine::Execution& execution_;
  store::Batch& batch_;
  std::unique_ptr<wire::Call> call_ = std::make_unique<wire::Call>();
  std::vector<json::Value> records_;
  std::size_t bytes_ = 0;
};

void Logging::witness(engine::Execution& execution, std::span<const engine::Event> events, store::Batch& batch) {
  const LogTarget& target = machines_->log_target(execution.revision->machine_arn);
  if (target.level == LogLevel::off) return;
  const std::string execution_arn = execution.arn();
  const auto data = target.includes_data ? ExecutionData::include : ExecutionData::exclude;
  Delivery delivery(*this, target, execution, batch);
  for (const engine::Event& event : events) {
    if (is_internal(event.type) || !target.takes(info(event.type).name)) continue;
    delivery.add(event.at, record_of(execution, execution_arn, event, data));
  }
  delivery.send();
}

}  // namespace stepwell::states
