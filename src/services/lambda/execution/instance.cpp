#include "services/lambda/execution/instance.h"

#include "base/check.h"
#include "services/lambda/errors.h"
#include "services/lambda/execution/memory.h"
#include "services/lambda/execution/report.h"

#include <csignal>

namespace stepwell::lambda {
namespace {

constexpr Duration free_start{10'000};
constexpr Duration settling{100};
constexpr Duration memory_interval{200};
constexpr std::uint64_t mebibyte = 1U << 20U;

}  // namespace

Instance::Instance(const Ports& ports, Owner& owner, FunctionPtr function, CodePtr code, std::filesystem::path home,
                   std::shared_ptr<WorkQueue> disk)
    : ports_(ports),
      owner_(owner),
      function_(std::move(function)),
      code_(std::move(code)),
      home_(std::move(home)),
      disk_(std::move(disk)),
      output_(ports.log, function_->name) {}

Instance::~Instance() {
  process_.reset();
  api_.reset();
  disk_->add([home = home_] {
    std::error_code ignored;
    std::filesystem::remove_all(home, ignored);
  });
}

Result<std::unique_ptr<Instance>> Instance::start(const Ports& ports, Owner& owner, const Surroundings& surroundings,
                                                  FunctionPtr function, CodePtr code, std::filesystem::path home,
                                                  std::shared_ptr<WorkQueue> disk) {
  std::unique_ptr<Instance> instance(
      new Instance(ports, owner, std::move(function), std::move(code), std::move(home), std::move(disk)));
  TRY(instance->launch(surroundings));
  return instance;
}

Result<void> Instance::launch(const Surroundings& surroundings) {
  std::error_code failure;
  std::filesystem::create_directories(home_, failure);
  if (failure)
    return fail(errors::service_exception(fmt::format("Cannot make {}: {}", home_.string(), failure.message())));
  TRY_ASSIGN(api_, RuntimeApi::open(ports_.network, *this));
  launched_ = ports_.clock.now();
  const LaunchPlace place{.code = code_->path(),
                          .home = home_,
                          .runtime_api_port = api_->port(),
                          .log_stream = log_stream_name(launched_, ports_.random)};
  TRY_ASSIGN(ProcessSpec spec, plan_launch(*function_, ports_.runtimes, surroundings, place));
  auto process = ports_.processes.launch(
      std::move(spec), [this](std::string_view text) { output_.append(text); },
      [this](ProcessExit exit) { exited(exit); });
  if (!process) return fail(errors::make("Runtime.InvalidEntrypoint", process.error().message));
  process_ = std::move(*process);
  return {};
}

Pending<Outcome> Instance::run(Invocation invocation) {
  CHECK(!current_ && !dead_);
  current_.emplace(Current{.invocation = std::move(invocation), .result = {}, .answer = {}, .begun = {}});
  const Pending<Outcome> result = current_->result;
  if (std::exchange(frozen_, false)) process_->thaw();
  watch_memory();
  if (api_->is_waiting()) {
    hand_over();
    return result;
  }
  deadline_ = ports_.scheduler.after(free_start, [this] {
    deadline_ = ports_.scheduler.after(std::chrono::seconds(function_->timeout_seconds), [this] { timed_out(); });
  });
  return result;
}

// Where its log begins and its time is counted from.
void Instance::begin() {
  if (current_->begun) return;
  current_->begun = ports_.clock.now();
  output_.append(start_line(current_->invocation.request_id));
}

void Instance::hand_over() {
  const auto timeout = std::chrono::seconds(function_->timeout_seconds);
  begin();
  deadline_ = ports_.scheduler.after(timeout, [this] { timed_out(); });
  api_->give(current_->invocation, *current_->begun + timeout);
}

void Instance::asked() {
  if (!std::exchange(initialised_, true)) init_duration_ = ports_.clock.now() - launched_;
  if (!current_) return;
  if (!current_->begun) return hand_over();
  deadline_.reset();
  settle_.reset();
  memory_watch_.reset();
  if (!current_->delivered) note_memory();
  // The owner hears of it first: whoever gets the answer may want this process again.
  Current done = *std::exchange(current_, std::nullopt);
  if (!done.delivered) done.answer->log = finish_log(done);
  owner_.freed(*this);
  if (!done.delivered) done.result.set(*std::move(done.answer));
}

void Instance::answered(Outcome outcome) {
  current_->answer = std::move(outcome);
  settle_ = ports_.scheduler.after(settling, [this] { deliver(*std::exchange(current_->answer, std::nullopt)); });
}

void Instance::deliver(Outcome outcome) {
  note_memory();
  outcome.log = finish_log(*current_);
  current_->delivered = true;
  Pending(current_->result).set(std::move(outcome));
}

void Instance::init_failed(std::string error) {
  begin();
  die(Outcome{.kind = Outcome::Kind::function_error, .payload = std::move(error), .log = {}});
}

void Instance::timed_out() {
  begin();
  const std::string message = fmt::format("Task timed out after {}.00 seconds", function_->timeout_seconds);
  output_.append(timeout_line(ports_.clock.now(), current_->invocation.request_id, message));
  fail_current("Sandbox.Timedout", message);
}

void Instance::ran_out_of_memory() {
  begin();
  fail_current("Runtime.OutOfMemory", exit_message({.code = 0, .signal = SIGKILL}));
}

void Instance::exited(ProcessExit exit) {
  if (!current_) return die(std::nullopt);
  begin();
  const std::string message = exit_message(exit);
  output_.append(exit_line(current_->invocation.request_id, message));
  fail_current("Runtime.ExitError", message);
}

// An answer that was given holds, whatever the process does behind it.
void Instance::fail_current(std::string_view type, std::string_view message) {
  if (current_->delivered || current_->answer) return die(std::move(current_->answer));
  die(Outcome{.kind = Outcome::Kind::function_error,
              .payload = platform_error(type, current_->invocation.request_id, message),
              .log = {}});
}

void Instance::die(std::optional<Outcome> outcome) {
  if (std::exchange(dead_, true)) return;
  deadline_.reset();
  settle_.reset();
  memory_watch_.reset();
  process_->kill();
  std::optional<Current> last = std::exchange(current_, std::nullopt);
  if (outcome) outcome->log = finish_log(*last);
  owner_.died(*this);
  if (outcome) last->result.set(*std::move(outcome));
}

void Instance::freeze() {
  frozen_ = true;
  process_->freeze();
}

void Instance::watch_memory() {
  memory_watch_ = ports_.scheduler.after(memory_interval, [this] {
    note_memory();
    if (peak_memory_ > function_->memory_mb * mebibyte) return ran_out_of_memory();
    watch_memory();
  });
}

void Instance::note_memory() { peak_memory_ = std::max(peak_memory_, private_memory(process_->pid())); }

// The lines behind the invocation's output, and the end of it all.
std::string Instance::finish_log(const Current& current) {
  const Timestamp now = ports_.clock.now();
  output_.append(report_lines({.request_id = current.invocation.request_id,
                               .duration = now - current.begun.value_or(now),
                               .memory_size_mb = function_->memory_mb,
                               .max_memory_used = peak_memory_,
                               .init_duration = std::exchange(init_duration_, std::nullopt)}));
  return output_.take_tail();
}

}  // namespace stepwell::lambda
