#include "services/containers/engine.h"

#include "lang/json/build.h"
#include "lang/json/print.h"
#include "services/containers/docker.h"
#include "services/containers/errors.h"
#include "services/containers/finder.h"
#include "services/containers/log_lines.h"
#include "services/containers/pause.h"
#include "services/containers/places.h"
#include "wire/percent.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::containers {
namespace {

constexpr int follows = 5;  // of a log of which nothing more comes
constexpr Duration between_tries{200};
constexpr Duration usual_timeout = std::chrono::minutes(2);
constexpr Duration pull_timeout = std::chrono::minutes(30);
constexpr Duration longest_wait = std::chrono::hours(1);  // of one call; it is made again
constexpr std::size_t max_progress = 64U << 10U;

// A call of the engine.
struct Request {
  std::string method;
  std::string target;
  std::string body = {};
  Duration timeout = usual_timeout;
  std::function<void(std::string_view)> on_body = {};
  int tries = 5;  // where nobody answers
};

std::string of(std::string_view name, std::string_view rest) { return fmt::format("/containers/{}{}", name, rest); }

bool is_good(const http::Response& response) { return response.status >= 200 && response.status < 300; }

Error refused(std::string_view what, const http::Response& response) {
  return errors::failed(fmt::format("The container engine could not {}: {}", what, message_of(response)));
}

}  // namespace

struct Engine::Parts {
  Parts(EnginePorts all, const EngineLimits& bounds)
      : ports(std::move(all)), limits(bounds), finder(ports), running(bounds.running), starting(bounds.starting) {}

  Task<Result<http::Response>> call(Request request);
  Task<Result<std::optional<Inspection>>> inspect(std::string name);
  Task<Result<void>> create(const Spec& spec);
  Task<Result<void>> pull(const std::string& image);
  Task<Result<void>> begin(const Spec& spec);
  Task<Result<void>> erase(std::string name);

  EnginePorts ports;
  EngineLimits limits;
  Finder finder;
  Places running;
  Places starting;
};

// Calls that nobody answers are made again where the engine is found then: all of them may be made twice.
Task<Result<http::Response>> Engine::Parts::call(Request request) {
  for (int attempt = 1;; ++attempt) {
    CO_TRY_ASSIGN(const std::string socket, co_await finder.find());
    http::Call outgoing{.url = "http://engine" + request.target,
                        .timeout = request.timeout,
                        .max_response_bytes = limits.answer_bytes,
                        .socket = socket,
                        .on_body = request.on_body};
    outgoing.request.method = request.method;
    if (!request.body.empty()) outgoing.request.headers.add("Content-Type", "application/json");
    outgoing.request.body = request.body;
    auto answer = co_await ports.client.send(std::move(outgoing));
    if (answer) co_return answer;
    if (answer.error().code == "Timeout") co_return fail(std::move(answer).error());
    finder.lost(socket);
    if (attempt == request.tries || answer.error().code == "ResponseTooLarge") {
      co_return fail(errors::failed(fmt::format("The container engine does not answer: {}", answer.error().message)));
    }
    co_await pause(ports.scheduler, between_tries * attempt);
  }
}

// nullopt: there is none of that name.
Task<Result<std::optional<Inspection>>> Engine::Parts::inspect(std::string name) {
  CO_TRY_ASSIGN(const auto answer, co_await call({.method = "GET", .target = of(name, "/json")}));
  if (answer.status == 404) co_return std::nullopt;
  if (!is_good(answer)) co_return fail(refused(fmt::format("say how {} is", name), answer));
  CO_TRY_ASSIGN(const Inspection inspection, read_inspection(answer.body));
  co_return inspection;
}

Task<Result<void>> Engine::Parts::create(const Spec& spec) {
  const std::string target = "/containers/create?name=" + spec.name;
  for (const bool may_pull : {true, false}) {
    CO_TRY_ASSIGN(const auto answer,
                  co_await call({.method = "POST", .target = target, .body = creation(spec, ports.allowance)}));
    if (is_good(answer) || answer.status == 409) co_return Result<void>();  // 409: it has been made meanwhile
    if (answer.status != 404 || !may_pull) {
      co_return fail(errors::not_started(fmt::format("{} could not be made: {}", spec.name, message_of(answer))));
    }
    CO_TRY(co_await pull(spec.image));
  }
  co_return fail(errors::image_not_found(fmt::format("There is no image {}.", spec.image)));
}

Task<Result<void>> Engine::Parts::pull(const std::string& image) {
  std::string progress;
  const auto on_body = [&progress](std::string_view piece) {
    progress += piece;
    if (progress.size() > max_progress) progress.erase(0, progress.size() - max_progress);
  };
  const auto answer = co_await call({.method = "POST",
                                     .target = "/images/create?" + image_query(image),
                                     .timeout = pull_timeout,
                                     .on_body = on_body});
  if (!answer && answer.error().code != "Timeout") co_return fail(answer.error());
  const auto error = !answer            ? std::optional<std::string>(answer.error().message)
                     : is_good(*answer) ? pull_error(progress)
                                        : std::optional<std::string>(message_of(*answer));
  if (!error) co_return Result<void>();
  co_return fail(errors::image_not_found(fmt::format("The image {} could not be fetched: {}", image, *error)));
}

// 304: it runs already.
Task<Result<void>> Engine::Parts::begin(const Spec& spec) {
  const auto answer = co_await call({.method = "POST", .target = of(spec.name, "/start")});
  if (!answer) co_return fail(answer.error());
  if (is_good(*answer) || answer->status == 304) co_return Result<void>();
  co_return fail(errors::not_started(message_of(*answer)));
}

Task<Result<void>> Engine::Parts::erase(std::string name) {
  const std::string target = of(name, "?force=true&v=true");
  CO_TRY_ASSIGN(const auto answer, co_await call({.method = "DELETE", .target = target}));
  running.give(name);
  if (is_good(answer) || answer.status == 404) co_return Result<void>();
  co_return fail(refused(fmt::format("remove {}", name), answer));
}

Engine::Engine(EnginePorts ports, const EngineLimits& limits)
    : parts_(std::make_unique<Parts>(std::move(ports), limits)) {}
Engine::~Engine() = default;

Task<Result<void>> Engine::ready() {
  CO_TRY(co_await parts_->finder.find());
  co_return Result<void>();
}

Task<Result<void>> Engine::start(Spec spec) {
  Parts& parts = *parts_;
  CO_TRY_ASSIGN(auto there, co_await parts.inspect(spec.name));
  if (there && there->state == Inspection::State::running) parts.running.count(spec.name);
  if (there && there->state != Inspection::State::created) co_return Result<void>();
  co_await parts.running.take(spec.name);
  co_await parts.starting.take(spec.name);
  auto started = there ? Result<void>() : co_await parts.create(spec);
  if (started) started = co_await parts.begin(spec);
  parts.starting.give(spec.name);
  if (started) co_return started;
  parts.running.give(spec.name);
  if (started.error().code == "ContainerNotStarted") {
    // One that cannot be started is of no use; whether it goes is no matter of the caller's.
    const auto erased = co_await parts.erase(spec.name);
    if (!erased) parts.ports.log.warning(erased.error().message);
  }
  co_return started;
}

Task<Result<End>> Engine::wait(std::string name) {
  Parts& parts = *parts_;
  while (true) {
    const auto waited = co_await parts.call({.method = "POST", .target = of(name, "/wait"), .timeout = longest_wait});
    if (!waited && waited.error().code != "Timeout") co_return fail(waited.error());
    if (waited && waited->status != 404 && !is_good(*waited)) {
      co_return fail(refused(fmt::format("wait for {}", name), *waited));
    }
    CO_TRY_ASSIGN(const auto there, co_await parts.inspect(name));
    if (there && there->state == Inspection::State::running) continue;
    parts.running.give(name);
    if (!there) co_return fail(errors::not_found(name));
    co_return there->end;
  }
}

Task<Result<void>> Engine::follow(std::string name, Timestamp since,
                                  std::function<void(Timestamp, std::string_view line)> on_line) {
  Parts& parts = *parts_;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since).time_since_epoch().count();
  const std::string target = of(name, fmt::format("/logs?follow=true&stdout=true&stderr=true&timestamps=true{}",
                                                  seconds > 0 ? fmt::format("&since={}", seconds) : ""));
  std::size_t told = 0;  // where the engine has gone in between, it begins again
  const auto wanted = [&](Timestamp at, std::string_view line) {
    if (at >= since) on_line(at, line);
  };
  for (int failures = 0; failures < follows;) {
    LogLines lines(told, parts.limits.line_bytes, wanted);
    const auto answer = co_await parts.call({.method = "GET",
                                             .target = target,
                                             .timeout = longest_wait,
                                             .on_body = [&lines](std::string_view bytes) { lines.feed(bytes); },
                                             .tries = 1});
    if (answer && answer->status == 404) co_return fail(errors::not_found(name));
    if (answer && !is_good(*answer)) co_return fail(refused(fmt::format("show the log of {}", name), *answer));
    if (answer) {
      lines.end();
      co_return Result<void>();
    }
    const bool goes_on = answer.error().code == "Timeout" || lines.lines() > told;
    failures = goes_on ? 0 : failures + 1;
    told = std::max(told, lines.lines());
    co_await pause(parts.ports.scheduler, between_tries);
  }
  co_return fail(errors::failed(fmt::format("The log of {} could not be read to its end.", name)));
}

Task<Result<void>> Engine::stop(std::string name, Duration grace) {
  Parts& parts = *parts_;
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(std::max(grace, Duration{}));
  CO_TRY_ASSIGN(const auto answer, co_await parts.call({.method = "POST",
                                                        .target = of(name, fmt::format("/stop?t={}", seconds.count())),
                                                        .timeout = grace + usual_timeout}));
  if (is_good(answer) || answer.status == 304 || answer.status == 404) {
    parts.running.give(name);
    co_return Result<void>();
  }
  // An engine may refuse to stop what does not run.
  CO_TRY_ASSIGN(const auto there, co_await parts.inspect(name));
  if (there && there->state == Inspection::State::running) {
    co_return fail(refused(fmt::format("stop {}", name), answer));
  }
  parts.running.give(name);
  co_return Result<void>();
}

Task<Result<void>> Engine::remove(std::string name) { co_return co_await parts_->erase(std::move(name)); }

Task<Result<std::vector<Listed>>> Engine::list(std::string label, std::string value) {
  json::Arena arena;
  const json::Value labels = json::make_string(arena, fmt::format("{}={}", label, value));
  const std::string filters =
      json::print(json::ObjectBuilder(arena).add("label", json::make_array(arena, {&labels, 1})).build());
  const std::string target = "/containers/json?all=true&filters=" + wire::percent_encode(filters);
  CO_TRY_ASSIGN(const auto answer, co_await parts_->call({.method = "GET", .target = target}));
  if (!is_good(answer)) co_return fail(refused("list containers", answer));
  co_return read_list(answer.body);
}

}  // namespace stepwell::containers
