#include "lang/asl/compiler.h"
#include "lang/asl/expression.h"
#include "lang/asl/states/state_kind.h"
#include "lang/json/print.h"

#include <charconv>

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

// AWS refuses to wait for more than 2^31 - 1 seconds.
constexpr Duration longest_wait = std::chrono::seconds(2'147'483'647);

Evaluated<Timestamp> checked(Timestamp now, Timestamp until) {
  if (until - now > longest_wait) return std::unexpected(runtime_failure("Wait state delay is too long."));
  return until;
}

// `now` plus `seconds`, which may be any number there is.
Evaluated<Timestamp> after(Timestamp now, std::int64_t seconds) {
  constexpr auto limit = std::chrono::duration_cast<std::chrono::seconds>(longest_wait).count();
  return checked(now, now + std::chrono::seconds(std::min(seconds, limit + 1)));
}

// When a Wait state goes on: one class for each of its four forms.
class WakeUp {
 public:
  virtual ~WakeUp() = default;
  virtual Evaluated<Timestamp> time(Activation& activation, const json::Value& input) const = 0;
};

class Seconds final : public WakeUp {
 public:
  explicit Seconds(std::int64_t seconds) : seconds_(seconds) {}
  Evaluated<Timestamp> time(Activation& activation, const json::Value&) const override {
    return after(activation.now(), seconds_);
  }

 private:
  std::int64_t seconds_;
};

class At final : public WakeUp {
 public:
  explicit At(Timestamp at) : at_(at) {}
  Evaluated<Timestamp> time(Activation& activation, const json::Value&) const override {
    return checked(activation.now(), at_);
  }

 private:
  Timestamp at_;
};

class SecondsPath final : public WakeUp {
 public:
  explicit SecondsPath(std::unique_ptr<Expression> path) : path_(std::move(path)) {}

  Evaluated<Timestamp> time(Activation& activation, const json::Value& input) const override {
    TRY_ASSIGN(const auto value, path_->find(activation, input, Expression::IndexBehindEnd::nothing));
    if (!value || value->is_null()) {
      return refuse(fmt::format("does not reference an input value: {}", path_->text()));
    }
    const std::string text = value->is_string() ? std::string(value->as_string()) : json::print(*value);
    const auto seconds = parse_long(text);
    if (!seconds) return refuse(fmt::format("cannot be parsed as a long value: {} == {}", path_->text(), text));
    if (*seconds < 0) return refuse(fmt::format("references a negative value: {} == {}", path_->text(), text));
    return after(activation.now(), *seconds);
  }

 private:
  static std::optional<std::int64_t> parse_long(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
  }
  static std::unexpected<Failure> refuse(const std::string& what) {
    return std::unexpected(runtime_failure("The SecondsPath parameter " + what));
  }

  std::unique_ptr<Expression> path_;
};

class TimestampPath final : public WakeUp {
 public:
  explicit TimestampPath(std::unique_ptr<Expression> path) : path_(std::move(path)) {}

  Evaluated<Timestamp> time(Activation& activation, const json::Value& input) const override {
    TRY_ASSIGN(const auto value, path_->find(activation, input, Expression::IndexBehindEnd::nothing));
    if (!value || value->is_null()) {
      return refuse(fmt::format("does not reference an input value: {}", path_->text()));
    }
    const std::string text = value->is_string() ? std::string(value->as_string()) : json::print(*value);
    const auto at = value->is_string() ? parse_rfc3339(text) : std::nullopt;
    if (!at) {
      return refuse(fmt::format("does not reference a valid ISO-8601 extended offset date-time format string: {} == {}",
                                path_->text(), text));
    }
    return checked(activation.now(), *at);
  }

 private:
  static std::unexpected<Failure> refuse(const std::string& what) {
    return std::unexpected(runtime_failure("The TimestampPath parameter " + what));
  }

  std::unique_ptr<Expression> path_;
};

Result<std::unique_ptr<WakeUp>> compile_wake_up(const json::Value& definition) {
  if (const json::Value* seconds = definition.find("Seconds")) {
    const auto number = seconds->is_number() ? seconds->as_integer() : std::nullopt;
    if (!number || *number < 0) return fail(invalid_definition("'Seconds' must be an integer that is not negative"));
    return std::make_unique<Seconds>(*number);
  }
  if (const json::Value* timestamp = definition.find("Timestamp")) {
    const auto at = timestamp->is_string() ? parse_rfc3339(timestamp->as_string()) : std::nullopt;
    if (!at) return fail(invalid_definition("'Timestamp' must be an RFC 3339 timestamp"));
    return std::make_unique<At>(*at);
  }
  const json::Value* seconds_path = definition.find("SecondsPath");
  const json::Value* path = seconds_path != nullptr ? seconds_path : definition.find("TimestampPath");
  if (path == nullptr || !path->is_string()) return fail(invalid_definition("nothing tells how long to wait"));
  TRY_ASSIGN(auto expression, Expression::compile(path->as_string()));
  if (seconds_path != nullptr) return std::make_unique<SecondsPath>(std::move(expression));
  return std::make_unique<TimestampPath>(std::move(expression));
}

class Wait final : public State {
 public:
  static Result<std::unique_ptr<State>> compile(Compiler& compiler, const json::Value& definition) {
    auto state = std::make_unique<Wait>();
    TRY_ASSIGN(state->flow_, compiler.language().data_flow(compiler.arena(), definition, definition));
    TRY_ASSIGN(state->wake_up_, compile_wake_up(definition));
    state->next_ = compiler.next(definition);
    return state;
  }

  Evaluated<Step> enter(Activation& activation) const override {
    TRY_ASSIGN(const json::Value input, flow_->input(activation));
    TRY_ASSIGN(const Timestamp until, wake_up_->time(activation, input));
    return Sleep{.until = until};
  }

  Evaluated<Step> resume(Activation& activation, const Answer&) const override {
    TRY_ASSIGN(const json::Value input, flow_->input(activation));
    return flow_->exit(activation, input, next_.target());
  }

 private:
  std::unique_ptr<DataFlow> flow_;
  std::unique_ptr<WakeUp> wake_up_;
  Transition next_;
};

constexpr Field fields[] = {
    {"Next"},
    {"End"},
    {"InputPath", Languages::jsonpath},
    {"OutputPath", Languages::jsonpath},
    {"Seconds"},
    {"SecondsPath", Languages::jsonpath},
    {"Timestamp"},
    {"TimestampPath", Languages::jsonpath},
    {"Output", Languages::jsonata},
    {"Assign"},
};

}  // namespace

const StateKind wait_state{.name = "Wait", .fields = fields, .compile = Wait::compile};

}  // namespace stepwell::asl
