#pragma once
// Sends spans to a collector by OTLP over HTTP, in JSON. Spans wait in a queue of bounded length and leave in batches,
// one request at a time. A collector that is slow, refuses or is gone costs nothing but the spans that no longer fit.

#include "base/http_client.h"
#include "base/ports.h"
#include "base/timer.h"
#include "base/trace.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace stepwell::server {

class SpanExporter final : public trace::Sink {
 public:
  // `endpoint`: the collector's base URL, or that of its traces. What is handed in outlives the exporter. Error
  // "InvalidUrl".
  static Result<std::unique_ptr<SpanExporter>> open(std::string endpoint, http::Client& client, Scheduler& scheduler,
                                                    Log& log);
  ~SpanExporter() override;

  void add(trace::Span span) override;
  // Sends what waits, once, and calls `done` when that is over or `patience` has passed.
  void finish(Duration patience, std::move_only_function<void()> done);

  std::uint64_t sent() const { return sent_; }
  std::uint64_t dropped() const { return dropped_; }

 private:
  SpanExporter(std::string url, http::Client& client, Scheduler& scheduler, Log& log)
      : url_(std::move(url)), client_(client), scheduler_(scheduler), log_(log) {}

  void send_later(Duration delay);
  void send();
  void answered(std::size_t count, const Result<http::Response>& response);
  void end();

  const std::string url_;
  http::Client& client_;
  Scheduler& scheduler_;
  Log& log_;
  std::deque<trace::Span> waiting_;
  std::unique_ptr<Timer> next_;
  Duration rest_{};  // before the collector is tried again; zero: it answers
  bool sending_ = false;
  std::uint64_t sent_ = 0;
  std::uint64_t dropped_ = 0;
  std::unique_ptr<Timer> deadline_;
  std::move_only_function<void()> finished_;
  std::shared_ptr<SpanExporter*> self_ = std::make_shared<SpanExporter*>(this);  // null when it is gone
};

// {"resourceSpans": […]}
std::string otlp_json(std::span<const trace::Span* const> spans);

}  // namespace stepwell::server
