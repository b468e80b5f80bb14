// JSON values as the Java objects that AWS makes of them: Integer, Long or BigInteger; Double when there is a fraction
// or an exponent; String, Boolean, List, LinkedHashMap, null.
#include "lang/asl/intrinsics/arguments.h"

#include <charconv>
#include <cmath>

namespace stepwell::asl::intrinsics {
namespace {

bool is_java_double(std::string_view lexeme) { return lexeme.find_first_of(".eE") != std::string_view::npos; }

// `Double.toString`: plain between 10^-3 and 10^7, else with an exponent; one digit behind the point at least.
void append_double(std::string& out, double number) {
  if (std::isinf(number)) {
    out += number < 0 ? "-Infinity" : "Infinity";
    return;
  }
  std::array<char, 400> buffer;
  const double size = std::abs(number);
  const bool plain = size == 0 || (size >= 1e-3 && size < 1e7);
  const auto format = plain ? std::chars_format::fixed : std::chars_format::scientific;
  const char* end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, format).ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::string_view digits = text.substr(0, text.find('e'));
  out += digits;
  if (digits.find('.') == std::string_view::npos) out += ".0";
  if (plain) return;
  std::string_view exponent = text.substr(digits.size() + 1);
  out += 'E';
  if (exponent.front() == '-') out += '-';
  exponent.remove_prefix(1);
  while (exponent.size() > 1 && exponent.front() == '0') exponent.remove_prefix(1);
  out += exponent;
}

void append_number(std::string& out, const json::Value& value) {
  if (is_java_double(value.lexeme())) return append_double(out, value.as_double());
  out += value.lexeme() == "-0" ? "0" : value.lexeme();
}

void append(std::string& out, const json::Value& value) {
  if (out.size() > max_result_bytes) return;
  switch (value.kind()) {
    case json::Kind::null: out += "null"; break;
    case json::Kind::boolean: out += value.as_boolean() ? "true" : "false"; break;
    case json::Kind::number: append_number(out, value); break;
    case json::Kind::string: out += value.as_string(); break;
    case json::Kind::array: {
      out += '[';
      std::string_view separator;
      for (const json::Value& element : value.elements()) {
        out += separator;
        append(out, element);
        separator = ", ";
      }
      out += ']';
      break;
    }
    case json::Kind::object: {
      out += '{';
      std::string_view separator;
      for (const json::Member& member : value.members()) {
        out.append(separator).append(member.key) += '=';
        append(out, member.value);
        separator = ", ";
      }
      out += '}';
      break;
    }
  }
}

// The hash of UTF-16 text, from valid UTF-8.
std::uint32_t hash_text(std::string_view text) {
  std::uint32_t hash = 0;
  const auto add = [&hash](std::uint32_t unit) { hash = hash * 31U + unit; };
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t at) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i + at]));
    };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80U) {
      add(lead);
      i += 1;
    } else if (lead < 0xE0U) {
      add(((lead & 0x1FU) << 6U) | (byte(1) & 0x3FU));
      i += 2;
    } else if (lead < 0xF0U) {
      add(((lead & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU));
      i += 3;
    } else {
      const std::uint32_t code =
          ((lead & 0x07U) << 18U) | ((byte(1) & 0x3FU) << 12U) | ((byte(2) & 0x3FU) << 6U) | (byte(3) & 0x3FU);
      add(0xD800U + ((code - 0x10000U) >> 10U));
      add(0xDC00U + ((code - 0x10000U) & 0x3FFU));
      i += 4;
    }
  }
  return hash;
}

std::uint32_t fold(std::uint64_t bits) { return static_cast<std::uint32_t>(bits ^ (bits >> 32U)); }

std::uint32_t hash_number(const json::Value& value) {
  if (is_java_double(value.lexeme())) {
    std::uint64_t bits = 0;
    const double number = value.as_double();
    std::memcpy(&bits, &number, sizeof bits);
    return fold(bits);
  }
  const std::optional<std::int64_t> integer = value.as_integer();
  if (!integer) return hash_text(value.lexeme());
  if (*integer >= INT32_MIN && *integer <= INT32_MAX) return static_cast<std::uint32_t>(*integer);
  return fold(static_cast<std::uint64_t>(*integer));
}

std::uint32_t hash(const json::Value& value) {
  switch (value.kind()) {
    case json::Kind::null: return 0;
    case json::Kind::boolean: return value.as_boolean() ? 1231 : 1237;
    case json::Kind::number: return hash_number(value);
    case json::Kind::string: return hash_text(value.as_string());
    case json::Kind::array: {
      std::uint32_t result = 1;
      for (const json::Value& element : value.elements()) result = result * 31U + hash(element);
      return result;
    }
    case json::Kind::object: {
      std::uint32_t result = 0;
      for (const json::Member& member : value.members()) result += hash_text(member.key) ^ hash(member.value);
      return result;
    }
  }
  return 0;
}

}  // namespace

void append_java_text(std::string& out, const json::Value& value) { append(out, value); }

std::string java_text(const json::Value& value) {
  std::string out;
  append(out, value);
  return out;
}

std::int32_t java_hash(const json::Value& value) { return static_cast<std::int32_t>(hash(value)); }

}  // namespace stepwell::asl::intrinsics
