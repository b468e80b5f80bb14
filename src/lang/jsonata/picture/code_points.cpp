#include "lang/jsonata/picture/code_points.h"

#include "lang/jsonata/text/utf8.h"

namespace stepwell::jsonata {

std::u32string to_code_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) out += static_cast<char32_t>(next_code_point(text, at));
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char32_t code_point : text) append_code_point(out, code_point);
  return out;
}

}  // namespace stepwell::jsonata
