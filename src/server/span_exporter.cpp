#include "server/span_exporter.h"

#include "net/url.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

constexpr std::size_t max_waiting = 20'000;
constexpr std::size_t batch = 512;
constexpr Duration usual_delay{1'000};
constexpr Duration first_rest{1'000};
constexpr Duration longest_rest{30'000};
constexpr Duration timeout{10'000};
constexpr std::string_view traces_path = "/v1/traces";

bool is_worth_another_try(const Result<http::Response>& response) {
  return !response || response->status >= 500 || response->status == 429;
}

}  // namespace

Result<std::unique_ptr<SpanExporter>> SpanExporter::open(std::string endpoint, http::Client& client,
                                                         Scheduler& scheduler, Log& log) {
  while (endpoint.ends_with('/')) endpoint.pop_back();
  if (!endpoint.ends_with(traces_path)) endpoint += traces_path;
  TRY(net::parse_url(endpoint));
  return std::unique_ptr<SpanExporter>(new SpanExporter(std::move(endpoint), client, scheduler, log));
}

SpanExporter::~SpanExporter() { *self_ = nullptr; }

void SpanExporter::add(trace::Span span) {
  if (waiting_.size() >= max_waiting) {
    ++dropped_;
    return;
  }
  waiting_.push_back(std::move(span));
  if (sending_ || rest_ > Duration::zero()) return;
  if (waiting_.size() == batch) return send_later(Duration::zero());
  if (!next_) send_later(usual_delay);
}

void SpanExporter::send_later(Duration delay) {
  next_ = scheduler_.after(delay, [this] { send(); });
}

void SpanExporter::send() {
  next_.reset();
  if (sending_) return;
  if (waiting_.empty()) return end();
  const std::size_t count = std::min(batch, waiting_.size());
  std::vector<const trace::Span*> spans;
  for (std::size_t i = 0; i < count; ++i) spans.push_back(&waiting_[i]);
  http::Call call{.url = url_, .request = {}, .timeout = timeout, .max_response_bytes = 64U << 10U};
  call.request.method = "POST";
  call.request.headers.add("Content-Type", "application/json");
  call.request.body = otlp_json(spans);
  sending_ = true;
  start(client_.send(std::move(call)),
        [self = self_, count](std::optional<Result<http::Response>> response, const std::exception_ptr&) {
          if (*self == nullptr) return;
          (*self)->answered(
              count, response ? *std::move(response) : fail(internal_error("The call ended with an exception.")));
        });
}

void SpanExporter::answered(std::size_t count, const Result<http::Response>& response) {
  sending_ = false;
  const bool taken = response && response->status < 300;
  if (is_worth_another_try(response)) {
    if (rest_ == Duration::zero()) {
      log_.warning(fmt::format("Traces cannot be sent to {}: {}", url_,
                               response ? fmt::format("status {}", response->status) : response.error().message));
    }
    rest_ = std::clamp(rest_ * 2, first_rest, longest_rest);
    if (finished_) return end();
    return send_later(rest_);
  }
  if (!taken && rest_ == Duration::zero())
    log_.warning(fmt::format("The collector at {} refuses traces with status {}", url_, response->status));
  if (taken && rest_ > Duration::zero()) log_.info(fmt::format("Traces are sent to {} again", url_));
  rest_ = Duration::zero();
  (taken ? sent_ : dropped_) += count;
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
  if (waiting_.empty() && finished_) return end();
  if (!waiting_.empty()) send_later(waiting_.size() >= batch || finished_ ? Duration::zero() : usual_delay);
}

void SpanExporter::finish(Duration patience, std::move_only_function<void()> done) {
  finished_ = std::move(done);
  deadline_ = scheduler_.after(patience, [this] { end(); });
  if (!sending_) send_later(Duration::zero());
}

void SpanExporter::end() {
  if (auto finished = std::exchange(finished_, {})) finished();
}

}  // namespace stepwell::server
