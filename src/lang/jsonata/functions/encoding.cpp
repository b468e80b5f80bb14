// $base64encode, $base64decode, and the encodings of URLs as ECMAScript has them.
#include "crypto/hash.h"
#include "lang/json/parse.h"
#include "lang/jsonata/functions/builtin.h"
#include "lang/jsonata/text/utf8.h"
#include "lang/jsonata/value/stringify.h"

namespace stepwell::jsonata::library {
namespace {

bool spend(Invocation& call) { return call.evaluator().spend(1 + call[0].as_string().size() / 16); }

constexpr bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
constexpr std::string_view kUnreserved = "-_.!~*'()";
constexpr std::string_view kReserved = ";/?:@&=+$,#";

Value malformed(Invocation& call, std::string_view function) {
  return call.fail(Code::D3140, {function, shown(call[0])});
}

Value encode_url(Invocation& call, std::string_view function, std::string_view kept) {
  if (call[0].is_undefined()) return {};
  if (!spend(call)) return call.fail(Code::U1002);
  const std::string_view text = call[0].as_string();
  if (has_surrogate(text)) return malformed(call, function);
  std::string out;
  for (const char c : text) {
    if (is_letter_or_digit(c) || kUnreserved.contains(c) || kept.contains(c)) {
      out += c;
      continue;
    }
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kDigits[byte / 16], kDigits[byte % 16]};
  }
  return call.memory().string(out);
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char letter = static_cast<char>(c | 0x20);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

// Escapes of characters in `kept` stay what they are.
Value decode_url(Invocation& call, std::string_view function, std::string_view kept) {
  if (call[0].is_undefined()) return {};
  if (!spend(call)) return call.fail(Code::U1002);
  const std::string_view text = call[0].as_string();
  std::string out;
  std::string bytes;  // escaped, up to here
  for (std::size_t at = 0; at <= text.size();) {
    const bool is_escape = at < text.size() && text[at] == '%';
    if (!is_escape) {
      if (!json::is_valid_utf8(bytes)) return malformed(call, function);
      out += bytes;
      bytes.clear();
      if (at == text.size()) break;
      out += text[at++];
      continue;
    }
    const int high = at + 2 < text.size() ? digit_of(text[at + 1]) : -1;
    const int low = at + 2 < text.size() ? digit_of(text[at + 2]) : -1;
    if (high < 0 || low < 0) return malformed(call, function);
    const char byte = static_cast<char>(high * 16 + low);
    if (static_cast<unsigned char>(byte) < 0x80 && kept.contains(byte)) {
      if (!json::is_valid_utf8(bytes)) return malformed(call, function);
      bytes += text.substr(at, 3);
    } else {
      bytes += byte;
    }
    at += 3;
  }
  return call.memory().string(out);
}

}  // namespace

Value encoding_encode_url(Invocation& call) { return encode_url(call, "encodeUrl", kReserved); }
Value encoding_encode_url_component(Invocation& call) { return encode_url(call, "encodeUrlComponent", {}); }
Value encoding_decode_url(Invocation& call) { return decode_url(call, "decodeUrl", kReserved); }
Value encoding_decode_url_component(Invocation& call) { return decode_url(call, "decodeUrlComponent", {}); }

// A character is a byte: the low one of its UTF-16 unit.
Value encoding_base64_encode(Invocation& call) {
  if (call[0].is_undefined()) return {};
  if (!spend(call)) return call.fail(Code::U1002);
  const std::string_view text = call[0].as_string();
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t code_point = next_code_point(text, at);
    if (code_point >= 0x10000) bytes += static_cast<char>((0xD800 + ((code_point - 0x10000) >> 10)) & 0xFF);
    bytes += static_cast<char>((code_point >= 0x10000 ? 0xDC00 + (code_point & 0x3FF) : code_point) & 0xFF);
  }
  return call.memory().string(crypto::base64_encode(bytes));
}

// Characters that do not belong there are passed over; both alphabets are read.
Value encoding_base64_decode(Invocation& call) {
  if (call[0].is_undefined()) return {};
  if (!spend(call)) return call.fail(Code::U1002);
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : call[0].as_string()) {
    if (c == '=') break;
    const std::size_t digit = kAlphabet.find(c == '-' ? '+' : c == '_' ? '/' : c);
    if (digit == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) append_code_point(out, bits >> (count -= 8) & 0xFF);
  }
  return call.memory().string(out);
}

}  // namespace stepwell::jsonata::library
