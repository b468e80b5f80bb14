#include "lang/jsonata/text/case.h"

#include "lang/jsonata/text/utf8.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace stepwell::jsonata {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t step;
  std::int32_t difference;
};
struct Special {
  std::uint32_t code_point;
  std::string_view text;
};

#define CASE(first, last, step, difference) {first, last, step, difference},
constexpr Range kUpper[] = {
#include "lang/jsonata/text/case_upper.def"
};
constexpr Range kLower[] = {
#include "lang/jsonata/text/case_lower.def"
};
#undef CASE
#define CASE(code_point, text) {code_point, text},
constexpr Special kSpecialUpper[] = {
#include "lang/jsonata/text/case_upper_special.def"
};
constexpr Special kSpecialLower[] = {
#include "lang/jsonata/text/case_lower_special.def"
};
#undef CASE

struct Mapping {
  std::span<const Range> ranges;
  std::span<const Special> specials;

  void append(std::string& out, std::uint32_t code_point) const {
    const auto special = std::ranges::lower_bound(specials, code_point, {}, &Special::code_point);
    if (special != specials.end() && special->code_point == code_point) {
      out += special->text;
    } else {
      append_code_point(out, map(code_point));
    }
  }

  std::uint32_t map(std::uint32_t code_point) const {
    // Ranges with a step may lie within each other's gaps, but begin in order.
    auto range = std::ranges::upper_bound(ranges, code_point, {}, &Range::first);
    for (int looks = 0; looks < 2 && range != ranges.begin(); ++looks) {
      --range;
      if (code_point <= range->last && (code_point - range->first) % range->step == 0) {
        return static_cast<std::uint32_t>(static_cast<std::int64_t>(code_point) + range->difference);
      }
    }
    return code_point;
  }
};
constexpr Mapping kToUpper{kUpper, kSpecialUpper};
constexpr Mapping kToLower{kLower, kSpecialLower};

constexpr std::uint32_t kSigma = 0x3A3;
constexpr std::uint32_t kFinalSigma = 0x3C2;

bool is_cased(std::uint32_t code_point) {
  return kToUpper.map(code_point) != code_point || kToLower.map(code_point) != code_point;
}

// Whether a letter stands before and none behind.
bool ends_word(std::string_view text, std::size_t before, std::size_t behind) {
  std::size_t start = before;
  while (start > 0 && is_continuation(text[--start])) {
  }
  if (before == 0 || !is_cased(next_code_point(text, start))) return false;
  return behind >= text.size() || !is_cased(next_code_point(text, behind));
}

bool map_ascii(std::string_view text, char first, char last, std::string& out) {
  if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return false;
  out = text;
  for (char& c : out) c = static_cast<char>(c >= first && c <= last ? c ^ 0x20 : c);
  return true;
}

}  // namespace

std::string to_upper(std::string_view text) {
  std::string out;
  if (map_ascii(text, 'a', 'z', out)) return out;
  for (std::size_t at = 0; at < text.size();) kToUpper.append(out, next_code_point(text, at));
  return out;
}

std::string to_lower(std::string_view text) {
  std::string out;
  if (map_ascii(text, 'A', 'Z', out)) return out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const std::uint32_t code_point = next_code_point(text, at);
    if (code_point == kSigma && ends_word(text, begin, at)) {
      append_code_point(out, kFinalSigma);
    } else {
      kToLower.append(out, code_point);
    }
  }
  return out;
}

}  // namespace stepwell::jsonata
