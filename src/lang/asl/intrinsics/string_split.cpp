#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/json/build.h"

namespace stepwell::asl {
namespace {

// The bytes of the character that `text` begins with (valid UTF-8).
std::size_t first_character(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
  return size;
}

// Splits at every character of the second argument; empty pieces are dropped.
Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  if (!arguments[0].is_string() || !arguments[1].is_string()) {
    return intrinsics::invalid_arguments(string_split_intrinsic.name);
  }
  const std::string_view text = arguments[0].as_string();
  const std::string_view delimiters = arguments[1].as_string();
  std::vector<json::Value> pieces;
  std::size_t begin = 0;
  const auto cut = [&](std::size_t end) {
    if (end > begin) pieces.push_back(json::Value::string(text.substr(begin, end - begin)));
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = first_character(text.substr(at));
    if (delimiters.find(text.substr(at, size)) != std::string_view::npos) {
      cut(at);
      begin = at + size;
    }
    at += size;
  }
  cut(text.size());
  return json::make_array(activation.arena(), pieces);
}

}  // namespace

const Intrinsic string_split_intrinsic = {
    .name = "States.StringSplit", .min_arguments = 2, .max_arguments = 2, .call = call};

}  // namespace stepwell::asl
