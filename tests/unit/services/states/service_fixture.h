#pragma once
// Step Functions as a whole in virtual time, over a store in memory that can fail. Restarting makes a new service over
// what the store has, as a crash would.

#include "../../engine/harness.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "services/states/service.h"

#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace stepwell::states {

// Passes on to a store; from a certain commit on, it fails.
class FailingStore final : public store::Store {
 public:
  enum class Failure : std::uint8_t {
    lost,    // that commit and all after it are lost
    silent,  // that commit is kept, but nobody learns of it; all after it are lost
    hiccup,  // only that commit is lost
  };
  explicit FailingStore(store::Store& inner) : inner_(inner) {}

  void fail_at(std::size_t commit, Failure failure) {
    commits_ = 0;
    fails_at_ = commit;
    failure_ = failure;
  }
  void heal() { fails_at_ = never; }
  std::size_t commits() const { return commits_; }
  bool has_failed() const { return commits_ > fails_at_; }

  Result<std::optional<std::string>> get(store::Table table, std::string_view key) override {
    return inner_.get(table, key);
  }
  std::unique_ptr<store::Cursor> scan(store::Table table, std::string_view from, std::string_view to,
                                      store::Direction direction) override {
    return inner_.scan(table, from, to, direction);
  }
  store::Ticket write(store::Batch batch, store::Committed committed) override {
    const std::size_t number = commits_++;
    const bool lost_before = failed_.contains(batch.required());
    const store::Ticket ticket = ++tickets_;
    if (number < fails_at_ && !lost_before) return inner_.commit(std::move(batch), std::move(committed)), ticket;
    if (number > fails_at_ && failure_ == Failure::hiccup && !lost_before)
      return inner_.commit(std::move(batch), std::move(committed)), ticket;
    if (number == fails_at_ && failure_ == Failure::silent) inner_.commit(std::move(batch), [](const Result<void>&) {});
    failed_.insert(ticket);
    committed(fail(Error{Fault::server, "StorageFull", "The store takes nothing now", {}, 0}));
    return ticket;
  }

 private:
  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();
  store::Store& inner_;
  std::size_t commits_ = 0;
  std::size_t fails_at_ = never;
  Failure failure_ = Failure::lost;
  store::Ticket tickets_ = 0;
  std::set<store::Ticket> failed_;
};

class ServiceTest : public testing::Test {
 protected:
  void SetUp() override { restart(); }
  void TearDown() override { shut_down(); }

  // Services beside Step Functions; made anew at every restart.
  virtual void add_services(directory::Directory&) {}
  virtual engine::Limits limits() { return {}; }
  // For tasks that call HTTP APIs.
  virtual http::Client* http() { return nullptr; }
  virtual deliveries::Connections* connections() { return nullptr; }

  void shut_down() {
    scheduler_.run();
    directory_.reset();
    scheduler_.clear();
  }

  void restart() {
    shut_down();
    store_->heal();
    directory_ = std::make_unique<directory::Directory>();
    add_services(*directory_);
    auto service = Service::open({.store = *store_,
                                  .scheduler = scheduler_,
                                  .clock = clock_,
                                  .random = random_,
                                  .log = log_,
                                  .directory = *directory_,
                                  .limits = limits(),
                                  .mocks = std::move(mocks_),
                                  .http = http(),
                                  .connections = connections()});
    ASSERT_TRUE(service.has_value()) << service.error().message;
    directory_->add(std::move(*service));
  }

  // What an operation answers, as JSON text, or the name of its error.
  std::string call(const std::string& operation, const std::string& input) {
    wire::Call request;
    request.caller = {.account = "123456789012", .region = "us-east-1", .access_key = {}, .request_id = "r"};
    request.input = *json::parse_copy(request.arena, input);
    std::optional<Result<wire::Reply>> reply;
    start(directory_->call("states", operation, request),
          [&reply](std::optional<Result<wire::Reply>> value, std::exception_ptr) { reply = std::move(value); });
    scheduler_.run();
    if (!reply) return "no answer";
    return *reply ? json::print((*reply)->output) : (*reply).error().code;
  }

  // A member of a JSON text: "output", "a.b".
  static std::string member(const std::string& text, std::string path) {
    json::Arena arena;
    const auto root = json::parse(arena, text);
    const json::Value* value = root ? &*root : nullptr;
    for (std::size_t dot = 0; value != nullptr && dot != std::string::npos;) {
      dot = path.find('.');
      value = value->find(path.substr(0, dot));
      path.erase(0, dot == std::string::npos ? path.size() : dot + 1);
    }
    if (value == nullptr) return "none";
    return value->is_string() ? std::string(value->as_string()) : json::print(*value);
  }

  std::string create_machine(const std::string& name, const std::string& definition,
                             const std::string& type = "STANDARD") {
    json::Arena arena;
    const json::Value input = json::ObjectBuilder(arena)
                                  .add("name", name)
                                  .add("definition", definition)
                                  .add("type", type)
                                  .add("roleArn", "arn:aws:iam::123456789012:role/r")
                                  .build();
    return member(call("CreateStateMachine", json::print(input)), "stateMachineArn");
  }

  static std::string machine_arn(const std::string& name) {
    return "arn:aws:states:us-east-1:123456789012:stateMachine:" + name;
  }
  static std::string execution_arn(const std::string& machine, const std::string& name) {
    return fmt::format("arn:aws:states:us-east-1:123456789012:execution:{}:{}", machine, name);
  }

  std::string start_execution(const std::string& machine, const std::string& name, const std::string& input = "{}") {
    json::Arena arena;
    const json::Value request = json::ObjectBuilder(arena)
                                    .add("stateMachineArn", machine_arn(machine))
                                    .add("name", name)
                                    .add("input", input)
                                    .build();
    return call("StartExecution", json::print(request));
  }
  std::string describe(const std::string& machine, const std::string& name) {
    return call("DescribeExecution", fmt::format(R"({{"executionArn":"{}"}})", execution_arn(machine, name)));
  }
  std::string status(const std::string& machine, const std::string& name) {
    return member(describe(machine, name), "status");
  }

  std::vector<std::string> executions(const std::string& machine) {
    const std::string text = call("ListExecutions", fmt::format(R"({{"stateMachineArn":"{}"}})", machine_arn(machine)));
    json::Arena arena;
    std::vector<std::string> arns;
    for (const json::Value& each : json::parse(arena, text)->find("executions")->elements())
      arns.emplace_back(each.find("executionArn")->as_string());
    return arns;
  }

  // "TaskSubmitted<4", one a line, of the whole history.
  std::string history(const std::string& machine, const std::string& name) {
    std::string lines;
    for_each_event(machine, name, [&lines](const json::Value& event) {
      lines += fmt::format("{}<{}\n", event.find("type")->as_string(), json::print(*event.find("previousEventId")));
    });
    return lines;
  }
  // The details of the first event of that type, as JSON.
  std::string details(const std::string& machine, const std::string& name, const std::string& type) {
    std::string found = "none";
    for_each_event(machine, name, [&](const json::Value& event) {
      if (found == "none" && event.find("type")->as_string() == type) found = json::print(event.members().back().value);
    });
    return found;
  }

  void pass(Duration by) { scheduler_.run_until(clock_.now() + by); }

  std::size_t rows(store::Table table) {
    std::size_t count = 0;
    for (auto cursor = memory_->scan(table, {}, {}, store::Direction::forward); cursor->valid(); cursor->next())
      ++count;
    return count;
  }

  // Everything anew.
  void forget_everything() {
    shut_down();
    memory_ = std::make_unique<store::MemoryStore>();
    store_ = std::make_unique<FailingStore>(*memory_);
    restart();
  }

  VirtualClock clock_;
  SeededRandom random_{7};
  VirtualScheduler scheduler_{clock_};
  std::unique_ptr<store::MemoryStore> memory_ = std::make_unique<store::MemoryStore>();
  std::unique_ptr<FailingStore> store_ = std::make_unique<FailingStore>(*memory_);
  NoLog log_;
  std::unique_ptr<Mocks> mocks_;
  std::unique_ptr<directory::Directory> directory_;

 private:
  template <typename Visit>
  void for_each_event(const std::string& machine, const std::string& name, Visit visit) {
    const std::string text =
        call("GetExecutionHistory", fmt::format(R"({{"executionArn":"{}"}})", execution_arn(machine, name)));
    json::Arena arena;
    const auto root = json::parse(arena, text);
    const json::Value* events = root ? root->find("events") : nullptr;
    if (events == nullptr) return;
    for (const json::Value& event : events->elements()) visit(event);
  }
};

}  // namespace stepwell::states
