#pragma once
// Queues in a world of their own: virtual time, and a store in memory whose commits can be held back or refused.

#include "../../../support/virtual_time.h"
#include "services/sqs/queues.h"
#include "store/commit.h"
#include "store/memory/memory_store.h"

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::sqs {

// Holds commits until they are let go, in their order, or refused.
class HeldStore final : public store::Store {
 public:
  explicit HeldStore(store::Store& below) : below_(below) {}

  Result<std::optional<std::string>> get(store::Table table, std::string_view key) override {
    return below_.get(table, key);
  }
  std::unique_ptr<store::Cursor> scan(store::Table table, std::string_view from, std::string_view to,
                                      store::Direction direction) override {
    return below_.scan(table, from, to, direction);
  }

  bool holds = false;
  std::size_t held() const { return held_.size(); }
  void let_go() {
    for (auto& [batch, committed] : std::exchange(held_, {})) below_.commit(std::move(batch), std::move(committed));
  }
  void refuse() {
    const Error error{.fault = Fault::server, .code = "StorageFull", .message = "Full."};
    for (auto& [batch, committed] : std::exchange(held_, {})) committed(fail(error));
  }

 protected:
  store::Ticket write(store::Batch batch, store::Committed committed) override {
    if (!holds) return below_.commit(std::move(batch), std::move(committed));
    held_.emplace_back(std::move(batch), std::move(committed));
    return 1;
  }

 private:
  store::Store& below_;
  std::deque<std::pair<store::Batch, store::Committed>> held_;
};

class QueueWorld : public testing::Test {
 protected:
  using seconds = std::chrono::seconds;

  QueueWorld() { restart(); }
  ~QueueWorld() override {
    queues_.reset();
    scheduler_.run();
  }

  // What a crash leaves: the store.
  void restart() {
    queues_.reset();
    scheduler_.clear();
    queues_.emplace(ServicePorts{.store = store_,
                                 .scheduler = scheduler_,
                                 .clock = clock_,
                                 .random = random_,
                                 .log = log_,
                                 .endpoint_url = [] { return std::string("http://here"); },
                                 .limits = limits_});
  }

  template <typename T>
  T wait(Task<T> task) {
    std::optional<T> result;
    start(std::move(task), [&](auto value, const std::exception_ptr&) { result = std::move(value); });
    scheduler_.run();
    EXPECT_TRUE(result);
    return std::move(*result);
  }
  void pass(Duration by) { scheduler_.run_until(clock_.now() + by); }

  static std::string arn(std::string_view name) { return fmt::format("arn:aws:sqs:us-east-1:123456789012:{}", name); }
  void make(std::string_view name, Attributes attributes = {}) {
    QueueRecord record{.arn = arn(name), .id = next_id_++, .created = clock_.now(), .modified = clock_.now()};
    record.attributes = std::move(attributes);
    ASSERT_TRUE(wait(queues_->create(std::move(record))));
  }
  static Attributes fifo() { return {{"FifoQueue", "true"}}; }
  std::shared_ptr<Queue> queue(std::string_view name) { return *queues_->find(arn(name)); }

  Message message(std::string body, std::string group = "", std::string deduplication = "") {
    Message made{.sent = clock_.now(), .due = clock_.now(), .body = std::move(body)};
    made.group = std::move(group);
    made.deduplication_id = std::move(deduplication);
    return made;
  }
  Sent fold(std::string_view name, Message made, store::Batch& batch) {
    return *queue(name)->send(std::move(made), batch);
  }
  Sent send(std::string_view name, std::string body, std::string group = "", std::string deduplication = "",
            Duration delay = {}) {
    if (!group.empty() && deduplication.empty()) deduplication = body;
    Message made = message(std::move(body), std::move(group), std::move(deduplication));
    made.due += delay;
    store::Batch batch;
    const Sent sent = fold(name, std::move(made), batch);
    commit(std::move(batch));
    return sent;
  }
  void commit(store::Batch batch) {
    store_.commit(std::move(batch), [](const auto&) {});
    scheduler_.run();
  }

  std::vector<Delivery> deliver(std::string_view name, std::size_t most = 10, Duration visibility = seconds(30)) {
    auto received =
        wait(queue(name)->receive({.most = most, .visibility = visibility, .attempt = {}}, Duration::zero(), {}));
    EXPECT_TRUE(received);
    return received ? std::move(*received) : std::vector<Delivery>{};
  }
  std::string bodies(const std::vector<Delivery>& deliveries) {
    std::string all;
    for (const Delivery& delivery : deliveries) all += delivery.message.body;
    return all;
  }
  std::string receive(std::string_view name, std::size_t most = 10, Duration visibility = seconds(30)) {
    return bodies(deliver(name, most, visibility));
  }
  // "" or the code of the error.
  std::string remove(std::string_view name, const std::string& handle) {
    store::Batch batch;
    const auto removed = queue(name)->remove(*read_receipt_handle(handle), handle, batch);
    if (!removed) return removed.error().code;
    commit(std::move(batch));
    if (*removed) queue(name)->removed(**removed);
    scheduler_.run();
    return "";
  }
  std::string change(std::string_view name, const std::string& handle, std::int64_t to_seconds) {
    store::Batch batch;
    const auto changed = queue(name)->change_visibility(*read_receipt_handle(handle), handle, to_seconds, batch);
    commit(std::move(batch));
    return changed ? "" : changed.error().code;
  }
  std::string counts(std::string_view name) {
    const auto counts = wait(queue(name)->count());
    return fmt::format("{} {} {}", counts->visible, counts->delayed, counts->in_flight);
  }
  std::size_t rows(store::Table table) {
    std::size_t count = 0;
    for (const auto cursor = memory_.scan(table, {}, {}, store::Direction::forward); cursor->valid(); cursor->next()) {
      ++count;
    }
    return count;
  }

  VirtualClock clock_;
  VirtualScheduler scheduler_{clock_};
  SeededRandom random_{1};
  NoLog log_;
  store::MemoryStore memory_;
  HeldStore store_{memory_};
  QueueLimits limits_;
  std::optional<Queues> queues_;
  QueueId next_id_ = 1;
};

}  // namespace stepwell::sqs
