#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/asl/intrinsics/utf8.h"

namespace stepwell::asl {
namespace {

constexpr std::size_t max_length = 10'000;

// The six bits that a character stands for; both alphabets are taken, as AWS does.
std::optional<std::uint32_t> sextet(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return std::nullopt;
}

// What is no base64 is passed over, padding ends the text, a byte that is not complete is left out.
std::string decode(std::string_view text) {
  std::string bytes;
  std::uint32_t pending = 0;
  unsigned bits = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const std::optional<std::uint32_t> value = sextet(c);
    if (!value) continue;
    pending = (pending << 6U | *value) & 0xFFFU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(pending >> bits & 0xFFU);
  }
  return bytes;
}

Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  const std::string_view name = base64_decode_intrinsic.name;
  if (!arguments[0].is_string()) return intrinsics::invalid_arguments(name);
  const std::string_view text = arguments[0].as_string();
  if (intrinsics::java_length(text) > max_length) return intrinsics::invalid_arguments(name);
  return intrinsics::text_value(activation, name, intrinsics::as_utf8(decode(text)));
}

}  // namespace

const Intrinsic base64_decode_intrinsic = {
    .name = "States.Base64Decode", .min_arguments = 1, .max_arguments = 1, .call = call};

}  // namespace stepwell::asl
