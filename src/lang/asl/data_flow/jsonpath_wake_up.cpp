// The four forms of a Wait state: Seconds, Timestamp, and the paths to either.
#include "lang/asl/compiler.h"
#include "lang/asl/data_flow/jsonpath.h"
#include "lang/asl/data_flow/wake_up.h"
#include "lang/json/print.h"

#include <charconv>

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

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
    return seconds_from(activation.now(), *seconds);
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
    if (at) return *at;
    return refuse(fmt::format("does not reference a valid ISO-8601 extended offset date-time format string: {} == {}",
                              path_->text(), text));
  }

 private:
  static std::unexpected<Failure> refuse(const std::string& what) {
    return std::unexpected(runtime_failure("The TimestampPath parameter " + what));
  }

  std::unique_ptr<Expression> path_;
};

}  // namespace

Result<std::unique_ptr<WakeUp>> jsonpath_wake_up(CompileContext context, const json::Value& state) {
  if (const json::Value* seconds = state.find("Seconds")) return constant_seconds(*seconds);
  if (const json::Value* timestamp = state.find("Timestamp")) return constant_timestamp(*timestamp);
  if (const json::Value* path = state.find("SecondsPath")) {
    TRY_ASSIGN(auto expression, compile_path(context, "SecondsPath", *path));
    return std::make_unique<SecondsPath>(std::move(expression));
  }
  if (const json::Value* path = state.find("TimestampPath")) {
    TRY_ASSIGN(auto expression, compile_path(context, "TimestampPath", *path));
    return std::make_unique<TimestampPath>(std::move(expression));
  }
  return fail(invalid_definition("nothing tells how long to wait"));
}

}  // namespace stepwell::asl
