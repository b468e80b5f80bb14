#include "lang/json/writer.h"

#include "lang/json/swar.h"

namespace stepwell::json {
namespace {

constexpr std::size_t kLeastRoom = 256;
// \u0000
constexpr std::size_t kLongestEscape = 6;

constexpr bool must_escape(unsigned char byte) { return byte < 0x20 || byte == '"' || byte == '\\'; }

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

// Room for the rest of the text and for one escape is kept ahead, so that each word can be stored before it is looked
// at.
void Writer::put_string(std::string_view text) {
  reserve(text.size() + kLongestEscape + 2);
  put('"');
  const char* from = text.data();
  const char* const end = from + text.size();
  while (from != end) {
    if (end - from >= 8) {
      const std::uint64_t word = load_word(from);
      std::memcpy(at_, &word, sizeof(word));
      const std::uint64_t escapes = bytes_to_escape(word);
      const std::size_t clean = escapes == 0 ? 8 : first_byte(escapes);
      from += clean;
      at_ += clean;
      if (escapes == 0) continue;
    } else if (!must_escape(static_cast<unsigned char>(*from))) {
      put(*from++);
      continue;
    }
    put_escaped(static_cast<unsigned char>(*from++));
    reserve(static_cast<std::size_t>(end - from) + kLongestEscape + 1);
  }
  put('"');
}

}  // namespace stepwell::json
