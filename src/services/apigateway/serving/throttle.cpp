#include "services/apigateway/serving/throttle.h"

#include "lang/json/documents.h"

#include <algorithm>

namespace stepwell::apigateway {
namespace {

constexpr double account_rate = 10'000;
constexpr double account_burst = 5'000;

}  // namespace

bool Throttle::takes(Timestamp now) {
  if (filled_ && now > *filled_) {
    held_ = std::min(burst_, held_ + rate_ * static_cast<double>((now - *filled_).count()));
  }
  filled_ = std::max(filled_.value_or(now), now);
  if (held_ < token) return false;
  held_ -= token;
  return true;
}

std::optional<Throttle> throttle_of(const json::Value& stage, std::string_view route_key) {
  const json::Value of_routes = json::object_of(stage, "routeSettings");
  const json::Value* own = of_routes.find(route_key);
  const json::Value settings = own != nullptr ? *own : json::object_of(stage, "defaultRouteSettings");
  const json::Value* rate = settings.find("throttlingRateLimit");
  const json::Value* burst = settings.find("throttlingBurstLimit");
  if (rate == nullptr && burst == nullptr) return std::nullopt;
  const auto limit = [](const json::Value* given, double otherwise) {
    return given != nullptr && given->is_number() ? given->as_double() : otherwise;
  };
  return Throttle(limit(rate, account_rate), limit(burst, account_burst));
}

}  // namespace stepwell::apigateway
