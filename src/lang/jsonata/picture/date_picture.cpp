#include "lang/jsonata/picture/date_picture.h"

#include "lang/jsonata/value/stringify.h"

#include <algorithm>
#include <charconv>

namespace stepwell::jsonata {
namespace {

constexpr std::string_view kNumbers = "YMDdFWwXxHhmsf";

// What a component looks like when the picture does not say it.
std::optional<std::string_view> default_presentation(char component) {
  if (component == 'm' || component == 's') return "01";
  if (component == 'Z' || component == 'z') return "01:01";
  if (std::string_view("FPCE").contains(component)) return "n";
  if (kNumbers.contains(component)) return "1";
  return std::nullopt;
}

// "*" and what is no number: nothing is asked for.
std::optional<std::size_t> width_of(std::string_view text) {
  std::size_t width = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), width);
  if (result.ptr == text.data()) return std::nullopt;
  return std::min(width, kMostDigits);
}

}  // namespace

const DatePicture& DatePicture::iso() {
  static const DatePicture kIso = *parse("[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]");
  return kIso;
}

std::expected<DatePicture, PictureFailure> DatePicture::parse(std::string_view text) {
  DatePicture picture;
  std::string literal;
  const auto take_literal = [&] {
    if (literal.empty()) return;
    picture.parts_.emplace_back().literal = literal;
    literal.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view two = text.substr(at, 2);
    if (two == "[[" || two == "]]") {
      literal += text[at++];
      continue;
    }
    if (text[at] != '[') {
      literal += text[at];
      continue;
    }
    take_literal();
    const std::size_t end = text.find(']', at);
    if (end == std::string_view::npos) return std::unexpected(PictureFailure{Code::D3135, {}});
    auto part = parse_marker(text.substr(at + 1, end - at - 1));
    if (!part) return std::unexpected(part.error());
    // Digits side by side are told apart by their number.
    if (part->integer && !picture.parts_.empty() && picture.parts_.back().integer) {
      Part& before = picture.parts_.back();
      before.parse_width = before.integer->mandatory_digits;
    }
    picture.parts_.push_back(std::move(*part));
    at = end;
  }
  take_literal();
  return picture;
}

std::expected<DatePicture::Part, PictureFailure> DatePicture::parse_marker(std::string_view text) {
  std::string marker;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') marker += c;
  }
  Part part;
  const auto fallback = marker.empty() ? std::nullopt : default_presentation(marker[0]);
  if (!fallback) return std::unexpected(PictureFailure{Code::D3132, quoted(marker.substr(0, 1))});
  part.component = marker[0];
  std::string_view presentation = std::string_view(marker).substr(1);
  if (const std::size_t comma = presentation.rfind(','); comma != std::string_view::npos) {
    const std::string_view width = presentation.substr(comma + 1);
    const std::size_t dash = width.find('-');
    part.least_width = width_of(width.substr(0, dash));
    if (dash != std::string_view::npos) part.most_width = width_of(width.substr(dash + 1));
    presentation = presentation.substr(0, comma);
  }
  if (presentation.size() > 1 && std::string_view("atco").contains(presentation.back())) {
    part.second_modifier = presentation.back();
    presentation.remove_suffix(1);
  } else if (presentation.empty()) {
    presentation = *fallback;
  }
  if (presentation[0] == 'n') {
    part.names = Names::lower;
  } else if (presentation[0] == 'N') {
    part.names = presentation.substr(1).starts_with('n') ? Names::title : Names::upper;
  } else if (const auto parsed = parse_integer(part, presentation); !parsed) {
    return std::unexpected(parsed.error());
  }
  return part;
}

std::expected<void, PictureFailure> DatePicture::parse_integer(Part& part, std::string_view presentation) {
  const bool is_zone = part.component == 'Z' || part.component == 'z';
  if (!is_zone && !kNumbers.contains(part.component)) return {};
  std::string picture(presentation);
  if (!is_zone && part.second_modifier != '\0') picture.append(";").append(1, part.second_modifier);
  const auto integer = IntegerPicture::parse(picture);
  if (!integer) return std::unexpected(PictureFailure{integer.error(), {}});
  part.integer = *integer;
  if (is_zone) return {};
  if (part.least_width && part.integer->mandatory_digits < *part.least_width)
    part.integer->mandatory_digits = *part.least_width;
  if (part.component != 'Y') return {};
  if (part.most_width) {
    part.year_digits = part.integer->mandatory_digits = *part.most_width;
  } else if (const std::size_t digits = part.integer->mandatory_digits + part.integer->optional_digits; digits >= 2) {
    part.year_digits = digits;
  }
  return {};
}

}  // namespace stepwell::jsonata
