#pragma once
// Texts as the language sees them. They are held in UTF-8 with one extension: an expression may name half of a
// surrogate pair ("\uD800"), which is then held as the three bytes of that code point. Such halves never leave an
// evaluation. Counting and cutting goes by code points; places that matchers report go by UTF-16 units.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stepwell::jsonata {

inline constexpr std::uint32_t kReplacement = 0xFFFD;

constexpr bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }
constexpr bool is_surrogate(std::uint32_t code_point) { return code_point >= 0xD800 && code_point <= 0xDFFF; }

std::size_t count_code_points(std::string_view text);

// Byte offset of the code point with that number, text.size() behind the last.
std::size_t offset_of_code_point(std::string_view text, std::size_t number);

// Reads the code point at `at` and moves behind it. `at` must be less than text.size().
std::uint32_t next_code_point(std::string_view text, std::size_t& at);

void append_code_point(std::string& out, std::uint32_t code_point);

// Length of text[0, bytes) in UTF-16 units.
std::size_t utf16_length(std::string_view text);
// Byte offset of a UTF-16 unit; inside a pair: of the pair.
std::size_t offset_of_utf16(std::string_view text, std::size_t unit);

// Order by UTF-16 units, as ECMAScript compares strings: negative, 0 or positive.
int compare_utf16(std::string_view a, std::string_view b);

// Where `part` first stands in `text`, npos where it does not; in time linear in both.
std::size_t find_text(std::string_view text, std::string_view part);

bool has_surrogate(std::string_view text);
// With U+FFFD for what is half of a pair.
std::string well_formed(std::string_view text);
// Whether a pair stands where two texts are put together.
bool makes_pair(std::string_view a, std::string_view b);
// Two halves side by side become one code point.
void join_surrogates(std::string& text);

}  // namespace stepwell::jsonata
