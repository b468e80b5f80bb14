#include "wire/form.h"

#include "base/http.h"
#include "lang/json/parse.h"
#include "wire/errors.h"
#include "wire/percent.h"

#include <algorithm>
#include <compare>
#include <optional>
#include <string>
#include <tuple>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

constexpr std::size_t max_fields = 100'000;
constexpr std::size_t max_shown = 80;

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::string_view> decode_text(json::Arena& arena, std::string_view text) {
  std::optional<std::string> decoded(text);
  std::ranges::replace(*decoded, '+', ' ');
  if (decoded->contains('%')) decoded = percent_decode(*decoded);
  if (!decoded || !json::is_valid_utf8(*decoded)) {
    return fail(serialization_exception(
        "Malformed query string",
        fmt::format("'{}' is not UTF-8 in percent-encoding", percent_encode(text.substr(0, max_shown)))));
  }
  return arena.copy(*decoded);
}

// Numbers before words; a number that has more digits is the greater one.
std::strong_ordering compare_segments(std::string_view a, std::string_view b) {
  const bool a_number = is_digits(a);
  const bool b_number = is_digits(b);
  if (a_number != b_number) return a_number ? std::strong_ordering::less : std::strong_ordering::greater;
  if (a_number && a.size() != b.size()) return a.size() <=> b.size();
  return a <=> b;
}

bool path_less(const FormField& a, const FormField& b) {
  std::size_t begin = 0;
  while (begin <= a.name.size() && begin <= b.name.size()) {
    const std::string_view of_a = segment_at(a.name, begin);
    const std::string_view of_b = segment_at(b.name, begin);
    if (of_a != of_b) return compare_segments(of_a, of_b) < 0;
    begin += of_a.size() + 1;
  }
  return std::tuple(a.name.size(), a.position) < std::tuple(b.name.size(), b.position);
}

}  // namespace

Result<void> read_form(json::Arena& arena, std::string_view text, std::vector<FormField>& fields) {
  for (const auto& [name, value] : query_fields(text)) {
    if (fields.size() == max_fields) {
      return fail(serialization_exception("Too many parameters", fmt::format("At most {} are read", max_fields)));
    }
    TRY_ASSIGN(const std::string_view decoded_name, decode_text(arena, name));
    TRY_ASSIGN(const std::string_view decoded_value, decode_text(arena, value));
    fields.push_back({decoded_name, decoded_value, fields.size()});
  }
  return {};
}

void sort_by_path(std::vector<FormField>& fields) { std::ranges::sort(fields, path_less); }

std::string_view segment_at(std::string_view path, std::size_t begin) {
  if (begin >= path.size()) return {};
  return path.substr(begin, path.find('.', begin) - begin);
}

bool is_form(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  return http::equals_ignoring_case(type, "application/x-www-form-urlencoded");
}

}  // namespace stepwell::wire
