#include "services/lambda/model.h"

namespace stepwell::lambda {
namespace {

// Embedding is C23, which the compiler offers here too.
#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr char text[] = {
#embed "api.json"
};

}  // namespace

const wire::ApiModel& model() {
  static const auto loaded = wire::ApiModel::load_embedded({text, sizeof text});
  return *loaded;
}

}  // namespace stepwell::lambda
