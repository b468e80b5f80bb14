#include "services/batch/job_log.h"

#include "lang/json/build.h"
#include "lang/json/utf8.h"
#include "store/commit.h"

#include <fmt/format.h>

namespace stepwell::batch {
namespace {

constexpr std::string_view service = "logs";
constexpr Duration gathering{200};             // lines that come together are written together
constexpr std::size_t most_bytes = 8U << 20U;  // that wait to be written
constexpr std::size_t most_line_bytes = 256U << 10U;
constexpr std::size_t most_events = 1'000;  // of one commit
constexpr std::size_t most_event_bytes = 512U << 10U;

// A line as text: what is no UTF-8 becomes U+FFFD.
std::string as_text(std::string_view line) {
  std::string text;
  text.reserve(line.size());
  const char* const end = line.data() + line.size();
  for (const char* at = line.data(); at < end;) {
    const auto byte = static_cast<unsigned char>(*at);
    const std::size_t size = byte < 0x80 ? 1 : json::utf8_sequence(at, end);
    if (text.size() + std::max<std::size_t>(size, 3) > most_line_bytes) break;
    if (size == 0)
      text += "\xEF\xBF\xBD";
    else
      text.append(at, size);
    at += std::max<std::size_t>(size, 1);
  }
  return text;
}

json::Value event(json::Arena& arena, Timestamp time, std::string_view text) {
  return json::ObjectBuilder(arena)
      .add("timestamp", static_cast<std::int64_t>(time.time_since_epoch().count()))
      .add("message", json::Value::string(text))
      .build();
}

}  // namespace

Task<Result<Timestamp>> JobLog::open() {
  const auto self = shared_from_this();
  wire::Call call;
  call.caller = target_.caller;
  call.input = json::ObjectBuilder(call.arena).add("logGroupName", target_.group).build();
  const auto made = co_await ports_.directory.call(std::string(service), "CreateLogGroup", call);
  if (!made && made.error().code != "ResourceAlreadyExistsException") co_return fail(made.error());
  CO_TRY_ASSIGN(const auto row, ports_.ledger.row(id_key(Row::logged, id_)));
  const auto before = row ? decode_logged(*row) : std::nullopt;
  if (!before || before->attempt != logged_.attempt) co_return Timestamp{};
  logged_ = *before;
  known_ = logged_.lines;
  written_time_ = logged_.time;
  written_lines_ = logged_.lines;
  co_return logged_.time;
}

void JobLog::close() {
  closed_ = true;
  timer_.reset();
  lines_.clear();
}

void JobLog::line(Timestamp time, std::string_view text) {
  if (closed_) return;
  if (time < logged_.time) time = logged_.time;  // the log is in order
  if (known_ > 0 && time == logged_.time) {
    --known_;
    return;
  }
  known_ = 0;
  if (bytes_ > most_bytes) {
    ++dropped_;
    return;
  }
  logged_.lines = time == logged_.time ? logged_.lines + 1 : 1;
  logged_.time = time;
  lines_.push_back({.time = time, .text = as_text(text)});
  bytes_ += lines_.back().text.size();
  if (!writing_ && timer_ == nullptr) write_soon();
}

void JobLog::write_soon() {
  timer_ = ports_.scheduler.after(gathering, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->timer_.reset();
    start(self->write_all(), [](const std::exception_ptr&) {});
  });
}

// A piece of the lines and how far the log is with them, in one commit.
Task<Result<void>> JobLog::write_some() {
  wire::Call call;
  call.caller = target_.caller;
  std::vector<json::Value> events;
  Logged logged{.attempt = logged_.attempt};
  std::size_t taken = 0;
  std::size_t bytes = 0;
  for (const Line& line : lines_) {
    if (taken == most_events || bytes > most_event_bytes) break;
    logged.lines = line.time == logged.time ? logged.lines + 1 : 1;
    logged.time = line.time;
    // CloudWatch Logs has no empty lines.
    if (!line.text.empty()) events.push_back(event(call.arena, line.time, line.text));
    bytes += line.text.size();
    ++taken;
  }
  // Lines of that time that went before.
  if (written_time_ == logged.time && logged.lines == taken) logged.lines += written_lines_;
  store::Batch batch;
  if (!events.empty()) {
    call.input = json::ObjectBuilder(call.arena)
                     .add("logGroupName", target_.group)
                     .add("logStreamName", target_.stream)
                     .add("logEvents", json::make_array(call.arena, events))
                     .build();
    CO_TRY(ports_.directory.fold(service, "PutLogEvents", call, batch));
  }
  batch.put(store::Table::job_index, id_key(Row::logged, id_), encode(logged));
  CO_TRY(co_await store::commit(ports_.ledger.store(), ports_.scheduler, std::move(batch)));
  if (closed_) co_return Result<void>();
  written_time_ = logged.time;
  written_lines_ = logged.lines;
  for (; taken > 0; --taken) {
    bytes_ -= lines_.front().text.size();
    lines_.pop_front();
  }
  co_return Result<void>();
}

Task<void> JobLog::write_all() {
  const auto self = shared_from_this();
  if (writing_) co_return;
  writing_ = true;
  while (!lines_.empty()) {
    const auto written = co_await write_some();
    if (closed_) co_return;
    if (written) continue;
    dropped_ += lines_.size();
    ports_.log.warning(fmt::format("Output of job {} cannot be written: {}", id_.text(), written.error().message));
    lines_.clear();
    bytes_ = 0;
  }
  writing_ = false;
  if (dropped_ > 0) ports_.log.warning(fmt::format("{} lines of job {} are lost.", dropped_, id_.text()));
  dropped_ = 0;
  for (const Pending<bool>& waiting : std::exchange(waiting_, {})) waiting.set(true);
}

Task<void> JobLog::flush() {
  const auto self = shared_from_this();
  timer_.reset();
  if (!writing_) co_return co_await write_all();
  Pending<bool> written;
  waiting_.push_back(written);
  co_await written;
}

}  // namespace stepwell::batch
