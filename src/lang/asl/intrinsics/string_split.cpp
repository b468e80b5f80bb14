#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/json/build.h"

#include <bitset>
#include <unordered_set>

namespace stepwell::asl {
namespace {

// The bytes of the character that `text` begins with (valid UTF-8).
std::size_t first_character(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
  return size;
}

// A set of characters.
class Characters {
 public:
  explicit Characters(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::string_view character = text.substr(at, first_character(text.substr(at)));
      if (character.size() == 1) {
        ascii_.set(static_cast<unsigned char>(character.front()));
      } else {
        others_.insert(character);
      }
      at += character.size();
    }
  }
  bool contain(std::string_view character) const {
    if (character.size() == 1) return ascii_.test(static_cast<unsigned char>(character.front()));
    return others_.contains(character);
  }

 private:
  std::bitset<256> ascii_;
  std::unordered_set<std::string_view> others_;
};

// Splits at every character of the second argument; empty pieces are dropped.
Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  if (!arguments[0].is_string() || !arguments[1].is_string()) {
    return intrinsics::invalid_arguments(string_split_intrinsic.name);
  }
  const std::string_view text = arguments[0].as_string();
  const Characters delimiters(arguments[1].as_string());
  std::vector<json::Value> pieces;
  std::size_t begin = 0;
  const auto cut = [&](std::size_t end) {
    if (end > begin) pieces.push_back(json::Value::string(text.substr(begin, end - begin)));
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = first_character(text.substr(at));
    if (delimiters.contain(text.substr(at, size))) {
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
    .name = "States.StringSplit", .min_arguments = 2, .max_arguments = 2, .weight = 4, .call = call};

}  // namespace stepwell::asl
