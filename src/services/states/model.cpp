#include "services/states/model.h"

#include "base/check.h"

namespace stepwell::states {
namespace {

// Embedding is C23, which the compiler offers here too.
#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr char text[] = {
#embed "api.json"
};

}  // namespace

const wire::ApiModel& model() {
  static const std::unique_ptr<const wire::ApiModel> loaded = [] {
    auto result = wire::ApiModel::load({text, sizeof text});
    CHECK(result.has_value());
    return std::move(result).value();
  }();
  return *loaded;
}

}  // namespace stepwell::states
