#include "lang/json/writer.h"

#include "lang/json/swar.h"

namespace stepwell::json {
namespace {

constexpr std::size_t kLeastRoom = 256;
// \u0000
constexpr std::size_t kLongestEscape = 6;

// The letter of a two-character escape; NUL where there is none.
constexpr char escape_letter(unsigned char byte) {
  switch (byte) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return '\0';
  }
}

}  // namespace

void Writer::grow(std::size_t bytes) {
  const std::size_t used = position();
  const std::size_t size = std::max({used + bytes, used * 2, used + kLeastRoom, out_.capacity()});
  out_.resize_and_overwrite(size, [](char*, std::size_t count) { return count; });
  at_ = out_.data() + used;
  end_ = out_.data() + size;
}

void Writer::put_escaped(unsigned char byte) {
  put('\\');
  if (const char letter = escape_letter(byte); letter != '\0') {
    put(letter);
    return;
  }
  put("u00");
  put(static_cast<char>('0' + byte / 16));
  put("0123456789abcdef"[byte % 16]);
}

// Copies up to the first character that must be escaped; answers how many. Every word is stored before it is looked at.
std::size_t Writer::put_clean(std::string_view text) {
  const char* from = text.data();
  char* to = at_;
  std::size_t left = text.size();
  std::uint64_t escapes = 0;
  for (; left >= 8; left -= 8, from += 8, to += 8) {
    const std::uint64_t word = load_word(from);
    std::memcpy(to, &word, sizeof(word));
    if ((escapes = bytes_to_escape(word)) != 0) break;
  }
  std::size_t last = 0;
  if (escapes == 0) {
    const std::uint64_t word = load_tail(from, left);
    std::memcpy(to, &word, sizeof(word));
    escapes = bytes_to_escape(word);
    last = left;
  }
  if (escapes != 0) last = first_byte(escapes);
  at_ = to + last;
  return static_cast<std::size_t>(from - text.data()) + last;
}

void Writer::put_string(std::string_view text) {
  // The quotation marks, or an escape, and the word that is stored beyond the end.
  constexpr std::size_t kAhead = 2 + kLongestEscape + sizeof(std::uint64_t);
  reserve(text.size() + kAhead);
  put('"');
  for (;;) {
    text.remove_prefix(put_clean(text));
    if (text.empty()) break;
    put_escaped(static_cast<unsigned char>(text.front()));
    text.remove_prefix(1);
    reserve(text.size() + kAhead);
  }
  put('"');
}

}  // namespace stepwell::json
