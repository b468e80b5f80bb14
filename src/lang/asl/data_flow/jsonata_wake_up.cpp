// Seconds and Timestamp of a Wait state, each a constant or an expression.
#include "lang/asl/compiler.h"
#include "lang/asl/data_flow/jsonata.h"
#include "lang/asl/data_flow/jsonata_expression.h"
#include "lang/asl/data_flow/wake_up.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

constexpr std::int64_t most_seconds = 99'999'999;

class Seconds final : public WakeUp {
 public:
  explicit Seconds(std::unique_ptr<Setting> seconds) : seconds_(std::move(seconds)) {}

  Evaluated<Timestamp> time(Activation& activation, const json::Value& input) const override {
    TRY_ASSIGN(const std::int64_t seconds, seconds_->integer(activation, input));
    if (seconds >= 0 && seconds <= most_seconds) return seconds_from(activation.now(), seconds);
    return std::unexpected(
        seconds_->refuse(fmt::format("Seconds must be between 0 and {} but was: {}", most_seconds, seconds)));
  }

 private:
  std::unique_ptr<Setting> seconds_;
};

class At final : public WakeUp {
 public:
  explicit At(std::unique_ptr<Setting> timestamp) : timestamp_(std::move(timestamp)) {}

  Evaluated<Timestamp> time(Activation& activation, const json::Value& input) const override {
    TRY_ASSIGN(const std::string_view text, timestamp_->text(activation, input));
    if (const auto at = parse_rfc3339(text)) return *at;
    Failure failure = timestamp_->refuse(fmt::format(
        "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {}", text));
    failure.at_work = true;
    return std::unexpected(std::move(failure));
  }

 private:
  std::unique_ptr<Setting> timestamp_;
};

bool is_expression(const json::Value& value) {
  return value.is_string() && jsonata_expression_in(value.as_string()).has_value();
}

}  // namespace

Result<std::unique_ptr<WakeUp>> jsonata_wake_up(CompileContext context, const json::Value& state) {
  if (const json::Value* seconds = state.find("Seconds")) {
    if (!is_expression(*seconds)) return constant_seconds(*seconds);
    TRY_ASSIGN(auto setting, jsonata_setting(context, state, "Seconds"));
    return std::make_unique<Seconds>(std::move(setting));
  }
  if (const json::Value* timestamp = state.find("Timestamp")) {
    if (!is_expression(*timestamp)) return constant_timestamp(*timestamp);
    TRY_ASSIGN(auto setting, jsonata_setting(context, state, "Timestamp"));
    return std::make_unique<At>(std::move(setting));
  }
  return fail(invalid_definition("nothing tells how long to wait"));
}

}  // namespace stepwell::asl
