#pragma once
// How many requests a route takes: a bucket of tokens, one for each request, which holds ThrottlingBurstLimit of them
// and is filled with ThrottlingRateLimit a second.

#include "base/time.h"
#include "lang/json/value.h"

#include <optional>
#include <string_view>

namespace stepwell::apigateway {

class Throttle {
 public:
  Throttle(double rate, double burst) : rate_(rate), burst_(burst * token), held_(burst_) {}

  // Whether one more request is taken now. Where the clock goes back, nothing is filled in until it is where it was.
  bool takes(Timestamp now);

 private:
  // A rate of one is a thousandth of a token in a millisecond: whole rates are added up without a loss.
  static constexpr double token = 1'000;

  double rate_;   // thousandths a millisecond
  double burst_;  // thousandths that it can hold
  double held_;
  std::optional<Timestamp> filled_;
};

// As the stage's document has it: the route's own settings, or those of all routes that have none. nullopt: the route
// takes all there are. Of a limit that has only one half, the other is what AWS grants an account.
std::optional<Throttle> throttle_of(const json::Value& stage, std::string_view route_key);

}  // namespace stepwell::apigateway
