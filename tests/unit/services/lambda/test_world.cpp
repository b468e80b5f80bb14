#include "test_world.h"

#include "crypto/hash.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/lambda/errors.h"
#include "wire/validate.h"

#include <algorithm>
#include <unistd.h>

// Who waits for an invocation when the server ends is never resumed: with the server everything goes.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:stepwell::lambda::TestWorld::begin\nleak:stepwell::lambda::Events::State";
}

namespace stepwell::lambda {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view role = "arn:aws:iam::123456789012:role/lambda";

std::filesystem::path new_directory() {
  std::string name = testing::TempDir() + "stepwell-lambda-XXXXXX";
  EXPECT_NE(mkdtemp(name.data()), nullptr);
  return name;
}

Answer answer_of(const wire::Call& call, Result<wire::Reply> reply) {
  if (!reply) return {.error = std::move(reply.error()), .output = {}, .payload = {}};
  return {.ok = true,
          .error = {},
          .output = json::print(reply->output),
          .payload = std::move(reply->payload),
          .status = reply->status.value_or(call.operation->status)};
}

// Owns the call while the operation runs.
Task<Answer> run(Service& service, std::string operation, std::string input, std::string payload) {
  wire::Call call;
  call.operation = service.model().operation(operation);
  call.caller = {.account = "123456789012", .region = "us-east-1", .access_key = {}, .request_id = {}};
  call.payload = std::move(payload);
  const auto parsed = json::parse_copy(call.arena, input);
  EXPECT_TRUE(parsed) << input;
  call.input = *parsed;
  if (const auto valid = wire::validate_input(*call.operation->input, call.input); !valid) {
    co_return answer_of(call, fail(valid.error()));
  }
  Result<wire::Reply> reply = co_await service.call(call);
  co_return answer_of(call, std::move(reply));
}

}  // namespace

// A queue service whose messages are lines of the log: "queue NAME: BODY {attributes}".
class LoggedQueues final : public directory::Service {
 public:
  explicit LoggedQueues(Log& log) : log_(log) {}
  const wire::ApiModel& model() const override { return *model_; }
  Task<Result<wire::Reply>> call(wire::Call& call) override {
    co_return fail(errors::not_implemented(call.operation->name));
  }
  Result<wire::Reply> fold(wire::Call& call, store::Batch& batch) override {
    const std::string_view url = call.text("QueueUrl");
    const json::Value* attributes = call.member("MessageAttributes");
    batch.then(
        [this, line = fmt::format("queue {}: {} {}", url.substr(url.rfind('/') + 1), call.text("MessageBody"),
                                  attributes == nullptr ? "" : json::print(*attributes))](const Result<void>& durable) {
          if (durable) log_.info(line);
        });
    return wire::Reply{};
  }

 private:
  Log& log_;
  std::unique_ptr<const wire::ApiModel> model_ = wire::ApiModel::load_embedded(R"({
    "service": "sqs", "protocol": "json", "targetPrefix": "AmazonSQS", "validationError": "ValidationException",
    "operations": {"SendMessage": {"input": "Send", "errors": []}},
    "shapes": {
      "Attributes": {"type": "map", "key": "Text", "value": "Value"},
      "Send": {"type": "structure", "required": ["QueueUrl"], "members":
        {"QueueUrl": "Text", "MessageBody": "Text", "MessageAttributes": "Attributes"}},
      "Text": {"type": "string"},
      "Value": {"type": "structure", "members": {"DataType": "Text", "StringValue": "Text"}}}})");
};

void TestLog::write(Level, std::string_view message) {
  {
    const std::lock_guard lock(mutex_);
    lines_.emplace_back(message);
  }
  changed_.notify_all();
}

std::size_t TestLog::count_locked(std::string_view text) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(lines_, [&](const std::string& line) { return line.find(text) != std::string::npos; }));
}

std::size_t TestLog::count(std::string_view text) {
  const std::lock_guard lock(mutex_);
  return count_locked(text);
}

std::size_t TestLog::bytes() {
  const std::lock_guard lock(mutex_);
  std::size_t bytes = 0;
  for (const std::string& line : lines_) bytes += line.size();
  return bytes;
}

bool TestLog::wait_for(std::string_view text, std::size_t times) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, 30s, [&] { return count_locked(text) >= times; });
}

std::string Answer::text(std::string_view member) const {
  json::Arena arena;
  const auto value = json::parse(arena, output);
  const json::Value* found = value ? value->find(member) : nullptr;
  if (found == nullptr) return {};
  return found->is_string() ? std::string(found->as_string()) : json::print(*found);
}

std::string Answer::log() const { return crypto::base64_decode(text("LogResult")).value_or("(no base64)"); }

TestWorld::TestWorld(Limits limits) : limits_(limits), directory_(new_directory()) { open(); }

TestWorld::~TestWorld() {
  close();
  std::filesystem::remove_all(directory_);
}

void TestWorld::open() {
  loop_ = std::make_unique<net::Loop>();
  network_ = std::make_unique<net::Network>(*loop_);
  processes_ = std::make_unique<net::ProcessLauncher>(*loop_);
  client_ = std::make_unique<net::HttpClient>(*loop_);
  directory_of_services_ = std::make_unique<directory::Directory>();
  directory_of_services_->add(std::make_unique<LoggedQueues>(log_));
  deliveries_ =
      std::make_unique<deliveries::Deliveries>(deliveries::Deliveries::Ports{.store = store_,
                                                                             .scheduler = *loop_,
                                                                             .clock = clock_,
                                                                             .random = random_,
                                                                             .log = log_,
                                                                             .directory = *directory_of_services_,
                                                                             .client = *client_});
  std::promise<void> opened;
  loop_->post([this, &opened] {
    auto service = Service::open({.store = store_,
                                  .scheduler = *loop_,
                                  .clock = clock_,
                                  .random = random_,
                                  .log = log_,
                                  .processes = *processes_,
                                  .network = *network_,
                                  .directory = sources_,
                                  .deliveries = *deliveries_,
                                  .work_directory = directory_,
                                  .search_path = search_path,
                                  .endpoint_url = [this] { return endpoint_url; },
                                  .access_key = "access",
                                  .secret_key = "secret",
                                  .limits = limits_});
    EXPECT_TRUE(service) << service.error().message;
    service_ = std::move(*service);
    opened.set_value();
  });
  thread_ = std::thread([this] { loop_->run(); });
  opened.get_future().wait();
}

void TestWorld::close() {
  loop_->post([this] {
    service_.reset();
    loop_->post([this] { loop_->stop(); });
  });
  thread_.join();
  processes_.reset();
  network_.reset();
  loop_.reset();
}

void TestWorld::restart() {
  close();
  open();
}

std::future<Answer> TestWorld::begin(std::string operation, std::string input, std::string payload) {
  auto promise = std::make_shared<std::promise<Answer>>();
  auto future = promise->get_future();
  loop_->post([this, promise, operation = std::move(operation), input = std::move(input),
               payload = std::move(payload)]() mutable {
    start(run(*service_, std::move(operation), std::move(input), std::move(payload)),
          [promise](std::optional<Answer> answer, std::exception_ptr failure) {
            if (failure)
              promise->set_exception(failure);
            else
              promise->set_value(*std::move(answer));
          });
  });
  return future;
}

Answer TestWorld::create(std::string_view name, std::string_view runtime, std::string_view handler,
                         const std::vector<ZipEntry>& files, std::string_view more) {
  return call(
      "CreateFunction",
      fmt::format(R"({{"FunctionName":"{}","Runtime":"{}","Handler":"{}","Role":"{}","Code":{{"ZipFile":"{}"}}{}{}}})",
                  name, runtime, handler, role, crypto::base64_encode(zip_of(files)), more.empty() ? "" : ",", more));
}

Answer TestWorld::create_python(std::string_view name, std::string code, std::string_view more) {
  return create(name, "python3.11", "app.handler", {{"app.py", std::move(code)}}, more);
}

Answer TestWorld::create_node(std::string_view name, std::string code, std::string_view more) {
  return create(name, "nodejs20.x", "index.handler", {{"index.js", std::move(code)}}, more);
}

Answer TestWorld::create_provided(std::string_view name, std::string bootstrap, std::string_view more) {
  return create(name, "provided.al2023", "any", {program_entry("bootstrap", std::move(bootstrap))}, more);
}

std::future<Answer> TestWorld::begin_invoke(std::string_view name, std::string payload, std::string_view more) {
  return begin("Invoke", fmt::format(R"({{"FunctionName":"{}"{}{}}})", name, more.empty() ? "" : ",", more),
               std::move(payload));
}

bool has_node() { return access("/usr/bin/node", X_OK) == 0 || access("/usr/local/bin/node", X_OK) == 0; }

}  // namespace stepwell::lambda
