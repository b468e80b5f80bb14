#include "services/lambda/execution/runtime_api.h"

#include "base/check.h"
#include "lang/json/print.h"

#include <fmt/format.h>

namespace stepwell::lambda {
namespace {

constexpr std::string_view version = "/2018-06-01/runtime/";

// One process needs few connections, but may keep them for as long as it is frozen in its long poll.
http::ServerLimits server_limits() {
  http::ServerLimits limits;
  limits.max_body_bytes = max_response_bytes + (64U << 10U);
  limits.max_connections = 16;
  limits.idle_timeout = std::chrono::hours(1);
  return limits;
}

http::Response respond(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.body = std::move(body);
  return response;
}

http::Response accepted() { return respond(202, "{\"status\":\"OK\"}\n"); }

http::Response refuse(int status, std::string_view type, std::string_view message) {
  std::string body = R"({"errorMessage":)";
  json::print_string(body, message);
  body += R"(,"errorType":)";
  json::print_string(body, type);
  body += "}\n";
  return respond(status, std::move(body));
}

http::Response refuse_transition(std::string_view from, std::string_view to) {
  return refuse(403, "InvalidStateTransition",
                fmt::format("State transition from {} to {} failed for runtime. Error: State transition is not allowed",
                            from, to));
}

Outcome too_large() {
  return {
      .kind = Outcome::Kind::function_error,
      .payload = fmt::format(R"({{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size )"
                             R"(exceeded maximum allowed payload size ({} bytes)."}})",
                             max_response_bytes),
      .log = {}};
}

http::Response invocation_response(const Invocation& invocation, Timestamp deadline) {
  http::Response response = respond(200, invocation.payload);
  response.headers.add("Lambda-Runtime-Aws-Request-Id", invocation.request_id);
  response.headers.add("Lambda-Runtime-Deadline-Ms", std::to_string(deadline.time_since_epoch().count()));
  response.headers.add("Lambda-Runtime-Invoked-Function-Arn", invocation.function_arn);
  response.headers.add("Lambda-Runtime-Trace-Id", invocation.trace_id);
  if (!invocation.client_context.empty()) {
    response.headers.add("Lambda-Runtime-Client-Context", invocation.client_context);
  }
  return response;
}

}  // namespace

struct RuntimeApi::State {
  enum class Phase { starting, waiting, running, answered, failed };

  Listener* listener;  // nullptr: closed
  Phase phase = Phase::starting;
  Phase before_waiting = Phase::starting;
  std::string request_id;  // of the invocation that runs
  std::optional<Pending<http::Response>> poll;

  std::string_view phase_name() const {
    switch (phase) {
      case Phase::starting: return "Started";
      case Phase::waiting: return "Ready";
      case Phase::running: return "Running";
      case Phase::answered: return "InvocationResponse";
      case Phase::failed: return "InitError";
    }
    return {};
  }

  // Ends the poll that waits, if it is still that one.
  void leave(const Pending<http::Response>& which) {
    if (which.is_set()) return;
    phase = before_waiting;
    poll.reset();
    which.set(respond(500, {}));
  }
};

Result<std::unique_ptr<RuntimeApi>> RuntimeApi::open(http::Network& network, Listener& listener) {
  const auto state = std::make_shared<State>();
  state->listener = &listener;
  std::unique_ptr<RuntimeApi> api(new RuntimeApi(state));
  TRY_ASSIGN(api->server_,
             network.listen("127.0.0.1", 0, server_limits(), [state](http::Request request, std::stop_token gone) {
               return handle(state, std::move(request), std::move(gone));
             }));
  return api;
}

RuntimeApi::~RuntimeApi() {
  state_->listener = nullptr;
  server_.reset();
  if (state_->poll) state_->leave(Pending(*state_->poll));
}

bool RuntimeApi::is_waiting() const { return state_->phase == State::Phase::waiting; }

void RuntimeApi::give(const Invocation& invocation, Timestamp deadline) {
  CHECK(is_waiting() && state_->poll);
  state_->phase = State::Phase::running;
  state_->request_id = invocation.request_id;
  const Pending<http::Response> poll = *std::exchange(state_->poll, std::nullopt);
  poll.set(invocation_response(invocation, deadline));
}

Task<http::Response> RuntimeApi::handle(std::shared_ptr<State> state, http::Request request, std::stop_token gone) {
  std::string_view path = request.target;
  if (state->listener == nullptr || !path.starts_with(version)) {
    co_return refuse(404, "NotFound", "404 page not found");
  }
  path.remove_prefix(version.size());
  if (request.method == "GET" && path == "invocation/next") co_return co_await next(state, std::move(gone));
  if (request.method == "POST" && path == "init/error") co_return take_init_error(*state, request);
  constexpr std::string_view invocation = "invocation/";
  if (request.method == "POST" && path.starts_with(invocation)) {
    co_return take_answer(*state, path.substr(invocation.size()), request);
  }
  co_return refuse(404, "NotFound", "404 page not found");
}

Task<http::Response> RuntimeApi::next(std::shared_ptr<State> state, std::stop_token gone) {
  using Phase = State::Phase;
  if (state->phase != Phase::starting && state->phase != Phase::answered) {
    co_return refuse_transition(state->phase_name(), "Ready");
  }
  state->before_waiting = std::exchange(state->phase, Phase::waiting);
  const Pending<http::Response> poll;
  state->poll = poll;
  const std::stop_callback left(gone, [state, poll] { state->leave(poll); });
  if (!poll.is_set()) state->listener->asked();
  co_return co_await poll;
}

// path: <id>/response or <id>/error
http::Response RuntimeApi::take_answer(State& state, std::string_view path, http::Request& request) {
  const std::size_t slash = path.find('/');
  const std::string_view what = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  const bool is_error = what == "error";
  if (!is_error && what != "response") return refuse(404, "NotFound", "404 page not found");
  if (state.phase != State::Phase::running) {
    return refuse_transition(state.phase_name(), is_error ? "InvocationErrorResponse" : "InvocationResponse");
  }
  if (path.substr(0, slash) != state.request_id) return refuse(400, "InvalidRequestID", "Invalid request ID");
  state.phase = State::Phase::answered;
  if (request.body.size() > max_response_bytes) {
    state.listener->answered(too_large());
    return refuse(413, "RequestEntityTooLarge",
                  fmt::format("Exceeded maximum allowed payload size ({} bytes).", max_response_bytes));
  }
  state.listener->answered({.kind = is_error ? Outcome::Kind::function_error : Outcome::Kind::success,
                            .payload = std::move(request.body),
                            .log = {}});
  return accepted();
}

http::Response RuntimeApi::take_init_error(State& state, http::Request& request) {
  if (state.phase != State::Phase::starting) return refuse_transition(state.phase_name(), "InitError");
  state.phase = State::Phase::failed;
  state.listener->init_failed(std::move(request.body));
  return accepted();
}

}  // namespace stepwell::lambda
