#include "lang/asl/data_flow/wake_up.h"

#include "lang/asl/compiler.h"

namespace stepwell::asl {

namespace {

class Seconds final : public WakeUp {
 public:
  explicit Seconds(std::int64_t seconds) : seconds_(seconds) {}
  Evaluated<Timestamp> time(Activation& activation, const json::Value&) const override {
    return seconds_from(activation.now(), seconds_);
  }

 private:
  std::int64_t seconds_;
};

class At final : public WakeUp {
 public:
  explicit At(Timestamp at) : at_(at) {}
  Evaluated<Timestamp> time(Activation&, const json::Value&) const override { return at_; }

 private:
  Timestamp at_;
};

}  // namespace

Timestamp seconds_from(Timestamp now, std::int64_t seconds) {
  constexpr auto limit = std::chrono::duration_cast<std::chrono::seconds>(longest_wait).count();
  return now + std::chrono::seconds(std::min(seconds, limit + 1));
}

Result<std::unique_ptr<WakeUp>> constant_seconds(const json::Value& seconds) {
  const auto number = seconds.is_number() ? seconds.as_integer() : std::nullopt;
  if (!number || *number < 0) return fail(invalid_definition("'Seconds' must be an integer that is not negative"));
  return std::make_unique<Seconds>(*number);
}

Result<std::unique_ptr<WakeUp>> constant_timestamp(const json::Value& timestamp) {
  const auto at = timestamp.is_string() ? parse_rfc3339(timestamp.as_string()) : std::nullopt;
  if (!at) return fail(invalid_definition("'Timestamp' must be an RFC 3339 timestamp"));
  return std::make_unique<At>(*at);
}

}  // namespace stepwell::asl
