#pragma once
// Deliveries in a world of their own: virtual time, a store in memory that can die at any commit, and services that
// stand in for those which are sent to.

#include "../../../support/virtual_time.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "services/deliveries/deliveries.h"
#include "store/codec.h"
#include "store/memory/memory_store.h"

#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::deliveries {

using store::Table;

// Takes so many commits; later ones are lost, as with a process that is gone.
class DyingStore final : public store::Store {
 public:
  std::size_t commits_left = std::numeric_limits<std::size_t>::max();
  bool refuses = false;  // the medium is full

  Result<std::optional<std::string>> get(Table table, std::string_view key) override { return disk_.get(table, key); }
  std::unique_ptr<store::Cursor> scan(Table table, std::string_view from, std::string_view to,
                                      store::Direction direction) override {
    return disk_.scan(table, from, to, direction);
  }
  store::Ticket write(store::Batch batch, store::Committed committed) override {
    if (refuses) {
      committed(fail({.fault = Fault::server, .code = "StorageFull", .message = "full"}));
      return 0;
    }
    if (commits_left == 0) return 0;
    --commits_left;
    return disk_.commit(std::move(batch), std::move(committed));
  }

  std::vector<std::pair<std::string, std::string>> rows(Table table) {
    std::vector<std::pair<std::string, std::string>> found;
    for (auto cursor = disk_.scan(table, {}, {}, store::Direction::forward); cursor->valid(); cursor->next()) {
      found.emplace_back(cursor->key(), cursor->value());
    }
    return found;
  }

 private:
  store::MemoryStore disk_;
};

// SendMessage is folded: what a queue has is in the store. A queue called "missing" is not there.
class Queues final : public directory::Service {
 public:
  const wire::ApiModel& model() const override { return *model_; }
  Task<Result<wire::Reply>> call(wire::Call& call) override { co_return directory::Service::fold(call, unused_); }
  Result<wire::Reply> fold(wire::Call& call, store::Batch& batch) override {
    const std::string url(call.text("QueueUrl"));
    if (url.ends_with("/missing"))
      return fail(Error{.code = "QueueDoesNotExist", .message = "There is no such queue."});
    if (url.ends_with("/broken")) return fail(Error{.fault = Fault::server, .code = "InternalError", .message = "no"});
    const json::Value* attributes = call.member("MessageAttributes");
    std::string text(call.text("MessageBody"));
    for (const json::Member& member : attributes == nullptr ? std::span<const json::Member>() : attributes->members()) {
      const json::Value* value = member.value.find("StringValue");
      if (value == nullptr) value = member.value.find("BinaryValue");
      text += fmt::format(" {}={}", member.key, value->as_string());
    }
    batch.put(Table::log_event, store::KeyWriter().text(url).u64(++serial_).view(), text);
    return wire::Reply{};
  }

 private:
  std::unique_ptr<const wire::ApiModel> model_ = wire::ApiModel::load_embedded(R"({
    "service": "sqs", "protocol": "json", "targetPrefix": "AmazonSQS", "validationError": "ValidationException",
    "operations": {"SendMessage": {"input": "Send", "errors": []}},
    "shapes": {
      "Attributes": {"type": "map", "key": "Text", "value": "Value"},
      "Send": {"type": "structure", "required": ["QueueUrl"], "members":
        {"QueueUrl": "Text", "MessageBody": "Text", "MessageAttributes": "Attributes"}},
      "Text": {"type": "string"},
      "Value": {"type": "structure", "members": {"DataType": "Text", "StringValue": "Text", "BinaryValue": "Text"}}}})");
  store::Batch unused_;
  std::uint64_t serial_ = 0;
};

// Cannot be folded. Answers as it is told, when it is told.
class Functions final : public directory::Service {
 public:
  struct Invocation {
    std::string function;
    std::string payload;
    std::string request_id;
    Timestamp at{};
  };

  explicit Functions(Clock& clock) : clock_(clock) {}
  std::vector<Invocation> invocations;
  std::function<Result<void>(const Invocation&)> answer = [](const Invocation&) { return Result<void>(); };
  std::function<bool(const Invocation&)> hangs = [](const Invocation&) { return false; };
  std::size_t under_way = 0, most_under_way = 0;
  std::vector<Pending<bool>> waiting;

  const wire::ApiModel& model() const override { return *model_; }
  Task<Result<wire::Reply>> call(wire::Call& call) override {
    const Invocation invocation{std::string(call.text("FunctionName")), call.payload, call.caller.request_id,
                                clock_.now()};
    invocations.push_back(invocation);
    most_under_way = std::max(most_under_way, ++under_way);
    if (hangs(invocation)) {
      Pending<bool> pending;
      waiting.push_back(pending);
      co_await pending;
    }
    --under_way;
    CO_TRY(answer(invocation));
    co_return wire::Reply{};
  }

 private:
  Clock& clock_;
  std::unique_ptr<const wire::ApiModel> model_ = wire::ApiModel::load_embedded(R"({
    "service": "lambda", "protocol": "json", "targetPrefix": "AWSLambda", "validationError": "ValidationException",
    "operations": {"Invoke": {"input": "Invocation", "errors": []}},
    "shapes": {
      "Blob": {"type": "blob"},
      "Invocation": {"type": "structure", "members":
        {"FunctionName": "Text", "Payload": {"shape": "Blob", "in": "payload"}}},
      "Text": {"type": "string"}}})");
};

class Endpoints final : public http::Client {
 public:
  std::vector<http::Call> calls;
  std::function<Result<http::Response>(const http::Call&)> answer = [](const http::Call&) { return http::Response{}; };
  Task<Result<http::Response>> send(http::Call call) override {
    calls.push_back(call);
    co_return answer(call);
  }
};

class NotedLog final : public Log {
 public:
  std::vector<std::string> lines;
  void write(Level, std::string_view message) override { lines.emplace_back(message); }
};

class DeliveriesTest : public testing::Test {
 protected:
  DeliveriesTest() {
    auto functions = std::make_unique<Functions>(clock_);
    functions_ = functions.get();
    directory_.add(std::move(functions));
    directory_.add(std::make_unique<Queues>());
    restart();
  }

  ~DeliveriesTest() override { end(); }

  // Attempts under way come to nothing.
  void end() {
    deliveries_.reset();
    scheduler_.clear();
    for (const Pending<bool>& attempt : std::exchange(functions_->waiting, {})) attempt.set(true);
    functions_->under_way = 0;
  }

  void restart() {
    end();
    deliveries_ = std::make_unique<Deliveries>(Deliveries::Ports{.store = store_,
                                                                 .scheduler = scheduler_,
                                                                 .clock = clock_,
                                                                 .random = random_,
                                                                 .log = log_,
                                                                 .directory = directory_,
                                                                 .client = endpoints_},
                                               limits_);
    ASSERT_TRUE(deliveries_->start());
  }

  Delivery to_queue(std::string_view name, std::string_view body) {
    const json::Value input = json::ObjectBuilder(arena_)
                                  .add("QueueUrl", fmt::format("http://here/1/{}", name))
                                  .add("MessageBody", body)
                                  .build();
    return {.what = ServiceCall{.service = "sqs", .operation = "SendMessage", .input = input},
            .sender = "sns.amazonaws.com",
            .source_arn = "subscription",
            .target = fmt::format("arn:aws:sqs:us-east-1:123456789012:{}", name)};
  }
  Delivery to_function(std::string_view name, std::string_view payload, const Retries& retries = {}) {
    const json::Value input = json::ObjectBuilder(arena_).add("FunctionName", name).build();
    return {
        .what =
            ServiceCall{.service = "lambda", .operation = "Invoke", .input = input, .payload = std::string(payload)},
        .sender = "sns.amazonaws.com",
        .source_arn = "subscription",
        .target = fmt::format("arn:aws:lambda:us-east-1:123456789012:function:{}", name),
        .retries = retries};
  }
  static Delivery to_url(std::string_view url, const Retries& retries = {}) {
    return {.what = HttpRequest{.url = std::string(url), .headers = {{"X-Test", "1"}}, .body = "hello"},
            .sender = "sns.amazonaws.com",
            .source_arn = "subscription",
            .target = std::string(url),
            .retries = retries};
  }
  static Delivery with_dead_letters(Delivery delivery, bool tells_error = false, std::string queue = "dead") {
    delivery.dead_letter = DeadLetter{.queue_arn = "arn:aws:sqs:us-east-1:123456789012:" + queue,
                                      .body = "lost",
                                      .attributes = {{"RULE_ARN", "rule"}},
                                      .tells_error = tells_error};
    return delivery;
  }

  // A commit of somebody else that promises the delivery.
  void commit(Delivery delivery) {
    store::Batch batch;
    ASSERT_TRUE(deliveries_->add(std::move(delivery), batch));
    store_.commit(std::move(batch), [](const Result<void>&) {});
    scheduler_.run();
  }
  void pass(Duration by) { scheduler_.run_until(clock_.now() + by); }

  std::string messages(std::string_view queue) {
    std::string text;
    for (const auto& [key, value] : store_.rows(Table::log_event)) {
      if (store::KeyReader(key).text().ends_with(fmt::format("/{}", queue))) text += "[" + value + "]";
    }
    return text;
  }
  std::size_t waiting_rows() { return store_.rows(Table::delivery).size(); }

  VirtualClock clock_;
  VirtualScheduler scheduler_{clock_};
  SeededRandom random_{5};
  DyingStore store_;
  NotedLog log_;
  directory::Directory directory_;
  Functions* functions_ = nullptr;
  Endpoints endpoints_;
  json::Arena arena_;
  Limits limits_;
  std::unique_ptr<Deliveries> deliveries_;
};

}  // namespace stepwell::deliveries
