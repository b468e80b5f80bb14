#include "crypto/hash.h"
#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"

namespace stepwell::asl {
namespace {

constexpr std::size_t max_length = 10'000;

Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  const std::string_view name = base64_encode_intrinsic.name;
  if (!arguments[0].is_string()) return intrinsics::invalid_arguments(name);
  const std::string_view text = arguments[0].as_string();
  if (intrinsics::java_length(text) > max_length) return intrinsics::invalid_arguments(name);
  return intrinsics::text_value(activation, name, crypto::base64_encode(text));
}

}  // namespace

const Intrinsic base64_encode_intrinsic = {
    .name = "States.Base64Encode", .min_arguments = 1, .max_arguments = 1, .call = call};

}  // namespace stepwell::asl
