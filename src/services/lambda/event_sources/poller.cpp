#include "services/lambda/event_sources/poller.h"

#include "lang/json/build.h"
#include "services/lambda/role.h"
#include "wire/arn.h"

#include <algorithm>
#include <span>

namespace stepwell::lambda {
namespace {

constexpr std::size_t usual_concurrency = 5;
constexpr std::size_t most_concurrency = 32;  // processes of one function
constexpr std::size_t most_received = 10;     // by one ReceiveMessage
constexpr std::size_t most_deleted = 10;
constexpr std::size_t most_event_bytes = 6'000'000;
constexpr Duration longest_wait = std::chrono::seconds(20);
constexpr Duration after_failure = std::chrono::seconds(5);

std::size_t concurrency_of(const Mapping& mapping) {
  if (mapping.max_concurrency == 0) return usual_concurrency;
  return std::min<std::size_t>(mapping.max_concurrency, most_concurrency);
}

}  // namespace

Poller::Poller(const PollerPorts& ports, Mapping mapping) : ports_(ports), mapping_(std::move(mapping)) {
  const auto queue = wire::Arn::parse(mapping_.source_arn);
  region_ = queue->region;
  account_ = queue->account;
  queue_url_ = fmt::format("/{}/{}", queue->account, queue->resource);
  // Without its qualifier: arn:aws:lambda:region:account:function:name[:qualifier]
  const auto function = wire::Arn::parse(mapping_.function_arn);
  const std::string_view name = function->resource.substr(function->resource.find(':') + 1);
  function_ = mapping_.function_arn.substr(0, mapping_.function_arn.size() - name.size());
  function_ += name.substr(0, name.find(':'));
  for (const std::string& filter : mapping_.filters) {
    if (auto pattern = event_pattern::compile(filter, event_pattern::Dialect::event_bus)) {
      patterns_.push_back(std::move(*pattern));
    }
  }
}

void Poller::start() {
  for (std::size_t i = 0; i < concurrency_of(mapping_); ++i) {
    ports_.scheduler.post([weak = weak_from_this()] {
      const auto self = weak.lock();
      if (self == nullptr || self->is_stopped()) return;
      stepwell::start(run(self), [&log = self->ports_.log](std::exception_ptr failure) {
        if (failure) log.error("An event source mapping ended with an exception; it goes on after a restart.");
      });
    });
  }
}

Task<void> Poller::run(std::shared_ptr<Poller> self) {
  while (!self->is_stopped()) {
    auto records = co_await self->gather();
    if (self->is_stopped()) co_return;
    if (!records) {
      self->last_result_ = fmt::format("PROBLEM: {}", records.error().message);
      co_await self->wait(after_failure);
    } else if (!records->empty()) {
      co_await self->deliver(std::move(*records));
    }
  }
}

// As many as a batch takes, as long as the window is open; without one, what is there.
Task<Result<Poller::Records>> Poller::gather() {
  CO_TRY_ASSIGN(Records records, co_await receive(mapping_.batch_size, longest_wait));
  const Timestamp end = ports_.clock.now() + std::chrono::seconds(mapping_.window_seconds);
  bool was_full = records.size() == most_received;
  while (!records.empty() && records.size() < mapping_.batch_size && !is_stopped()) {
    const Duration left = std::max(end - ports_.clock.now(), Duration::zero());
    if (left == Duration::zero() && !was_full) break;
    auto more = co_await receive(mapping_.batch_size - records.size(), std::min(left, longest_wait));
    if (!more) break;
    was_full = more->size() == most_received;
    std::ranges::move(*more, std::back_inserter(records));
  }
  co_return records;
}

Result<void> Poller::fill_caller(wire::Call& call) const {
  call.caller.account = account_;
  call.caller.region = region_;
  call.caller.request_id = make_uuid(ports_.random);
  if (!ports_.directory.is_enforced()) return {};
  TRY_ASSIGN(const FunctionPtr function, ports_.functions.find(function_));
  if (function == nullptr) return {};
  TRY_ASSIGN(call.caller.principal, role_session(*ports_.directory.access(), *function));
  return {};
}

Task<Result<Poller::Records>> Poller::receive(std::size_t most, Duration patience) {
  wire::Call call;
  CO_TRY(fill_caller(call));
  call.gone = stop_.get_token();
  const json::Value all = json::make_array(call.arena, std::to_array({json::Value::string("All")}));
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(patience).count();
  call.input = json::ObjectBuilder(call.arena)
                   .add("QueueUrl", queue_url_)
                   .add("MaxNumberOfMessages", static_cast<std::int64_t>(std::min(most, most_received)))
                   .add("WaitTimeSeconds", static_cast<std::int64_t>(seconds))
                   .add("AttributeNames", all)
                   .add("MessageAttributeNames", all)
                   .build();
  CO_TRY_ASSIGN(const wire::Reply reply, co_await ports_.directory.call("sqs", "ReceiveMessage", call));
  Records records;
  if (const json::Value* messages = reply.output.find("Messages")) {
    for (const json::Value& message : messages->elements()) {
      records.push_back(make_record(message, mapping_.source_arn, region_));
    }
  }
  co_return records;
}

// What no filter lets through is done with. A batch that is too large for one event is several.
Task<void> Poller::deliver(Records received) {
  Records records;
  Records refused;
  for (SqsRecord& record : received) (fits(record, patterns_) ? records : refused).push_back(std::move(record));
  co_await remove(std::move(refused));
  for (std::span<const SqsRecord> rest = records; !rest.empty();) {
    std::size_t count = 0;
    for (std::size_t bytes = 0; count < rest.size(); ++count) {
      bytes += rest[count].text.size() + 1;
      if (bytes > most_event_bytes && count > 0) break;
    }
    const bool succeeded = co_await invoke(rest.first(count));
    last_result_ = succeeded ? "OK" : "PROBLEM: Function call failed";
    rest = rest.subspan(count);
  }
}

Task<bool> Poller::invoke(std::span<const SqsRecord> records) {
  Invocation invocation;
  invocation.request_id = make_uuid(ports_.random);
  invocation.function_arn = mapping_.function_arn;
  invocation.payload = make_event(records);
  const auto outcome = co_await ports_.runner.run(function_, std::move(invocation));
  if (!outcome || outcome->kind != Outcome::Kind::success) {
    // What could not be called at all would be so at once again.
    if (!outcome) co_await wait(after_failure);
    co_return false;
  }
  std::optional<std::set<std::string>> failed = std::set<std::string>{};
  if (mapping_.reports_failures) failed = read_failures(outcome->payload, records);
  if (!failed) co_return false;
  Records done;
  std::ranges::copy_if(records, std::back_inserter(done),
                       [&](const SqsRecord& record) { return !failed->contains(record.message_id); });
  co_await remove(std::move(done));
  co_return failed->empty();
}

Task<void> Poller::remove(Records records) {
  for (std::span<const SqsRecord> rest = records; !rest.empty();) {
    const auto part = rest.first(std::min(rest.size(), most_deleted));
    rest = rest.subspan(part.size());
    wire::Call call;
    if (!fill_caller(call)) co_return;
    std::vector<json::Value> entries;
    for (const SqsRecord& record : part) {
      entries.push_back(json::ObjectBuilder(call.arena)
                            .add("Id", record.message_id)
                            .add("ReceiptHandle", record.receipt_handle)
                            .build());
    }
    call.input = json::ObjectBuilder(call.arena)
                     .add("QueueUrl", queue_url_)
                     .add("Entries", json::make_array(call.arena, entries))
                     .build();
    const auto reply = co_await ports_.directory.call("sqs", "DeleteMessageBatch", call);
    // What is not deleted comes again: the function is called at least once.
    if (!reply) ports_.log.warning(fmt::format("Messages stay in {}: {}", mapping_.source_arn, reply.error().message));
  }
}

Task<void> Poller::wait(Duration delay) {
  Pending<bool> over;
  const auto timer = ports_.scheduler.after(delay, [over] { over.set(true); });
  co_await over;
}

}  // namespace stepwell::lambda
