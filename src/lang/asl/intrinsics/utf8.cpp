#include "lang/asl/intrinsics/utf8.h"

#include "lang/json/parse.h"

namespace stepwell::asl::intrinsics {
namespace {

struct Form {
  std::size_t length;  // of the whole sequence; 0: no lead byte
  unsigned char second_min;
  unsigned char second_max;
};

// What may follow a lead byte (Unicode, table 3-7: no overlong form, no surrogate, nothing beyond U+10FFFF).
Form form_of(unsigned char lead) {
  if (lead < 0x80) return {.length = 1, .second_min = 0, .second_max = 0};
  if (lead >= 0xC2 && lead <= 0xDF) return {.length = 2, .second_min = 0x80, .second_max = 0xBF};
  if (lead == 0xE0) return {.length = 3, .second_min = 0xA0, .second_max = 0xBF};
  if (lead == 0xED) return {.length = 3, .second_min = 0x80, .second_max = 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {.length = 3, .second_min = 0x80, .second_max = 0xBF};
  if (lead == 0xF0) return {.length = 4, .second_min = 0x90, .second_max = 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {.length = 4, .second_min = 0x80, .second_max = 0xBF};
  if (lead == 0xF4) return {.length = 4, .second_min = 0x80, .second_max = 0x8F};
  return {.length = 0, .second_min = 0, .second_max = 0};
}

}  // namespace

std::string as_utf8(std::string_view bytes) {
  if (json::is_valid_utf8(bytes)) return std::string(bytes);
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    const Form form = form_of(static_cast<unsigned char>(bytes[at]));
    std::size_t good = form.length == 0 ? 0 : 1;  // bytes that belong together so far
    while (good > 0 && good < form.length && at + good < bytes.size()) {
      const auto byte = static_cast<unsigned char>(bytes[at + good]);
      if (byte < (good == 1 ? form.second_min : 0x80) || byte > (good == 1 ? form.second_max : 0xBF)) break;
      ++good;
    }
    if (good > 0 && good == form.length) {
      text += bytes.substr(at, good);
    } else {
      text += "\xEF\xBF\xBD";
    }
    at += std::max<std::size_t>(good, 1);
  }
  return text;
}

}  // namespace stepwell::asl::intrinsics
