#pragma once
// What TestState sees of the state under test, and the activation in which that runs: plain values, all that the engine
// would keep in a scope.

#include "base/ports.h"
#include "lang/asl/activation.h"
#include "lang/asl/step.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::states {

// No payload is larger, and no text of an observation.
inline constexpr std::size_t max_observed_bytes = 262'144;

class Observation final : public asl::Inspection {
 public:
  void passed(asl::Stage stage, const json::Value& value) override;
  void handles(asl::Handler handler, std::size_t index) override;

  const json::Value* at(asl::Stage stage) const;
  // The inputs of a Map's iterations that an ItemSelector has made: the text of an array, as far as it is observed.
  std::size_t selected() const { return selected_; }
  std::optional<std::string> selected_items() const;

  std::optional<std::size_t> retrier() const { return retrier_; }
  std::optional<std::size_t> catcher() const { return catcher_; }

 private:
  static constexpr auto stages = static_cast<std::size_t>(asl::Stage::tolerated_failure_percentage) + 1;
  std::array<std::optional<json::Value>, stages> values_;
  std::size_t selected_ = 0;
  std::string items_;  // "[a,b"
  bool full_ = false;
  std::optional<std::size_t> retrier_;
  std::optional<std::size_t> catcher_;
};

// The views and values outlive the activation; values are in `arena`.
struct TestScope {
  json::Arena& arena;
  Clock& clock;
  Random& random;
  json::Value input;
  json::Value variables;  // an object
  json::Value context;    // the context object
  json::Value items;      // what the ItemReader of a Map has read
};

class TestActivation final : public asl::Activation {
 public:
  TestActivation(TestScope scope, Observation& observation);

  json::Arena& arena() override { return scope_.arena; }
  json::Value input() override { return scope_.input; }
  json::Value context() override { return scope_.context; }
  const json::Value* variable(std::string_view name) override { return scope_.variables.find(name); }
  Timestamp now() override { return scope_.clock.now(); }
  Timestamp entered_at() override { return entered_at_; }
  Random& random() override { return scope_.random; }
  std::uint64_t attempt() override { return attempt_; }
  std::optional<json::Value>* kept() override { return &kept_; }
  json::Value items_read() override { return scope_.items; }

 private:
  TestScope scope_;
  Timestamp entered_at_;
  std::uint64_t attempt_;
  std::optional<json::Value> kept_;
};

}  // namespace stepwell::states
