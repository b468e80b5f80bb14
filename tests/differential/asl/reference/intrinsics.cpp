// Intrinsic functions (spec §1.8), parsed and evaluated in one pass.
#include "base/check.h"
#include "crypto/hash.h"
#include "java.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "reference.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace stepwell::differential {

class Reference::Call {
 public:
  Call(Reference& reference, Thread& thread, std::string_view text, const Value& data)
      : reference_(reference), thread_(thread), data_(data), text_(text) {}

  Value whole() { return call(); }

 private:
  Value call() {
    const std::size_t start = at_;
    const std::size_t open = text_.find('(', at_);
    const std::string_view name = text_.substr(at_, open - at_);
    at_ = open + 1;
    std::vector<Value> arguments;
    skip();
    while (text_[at_] != ')') {
      arguments.push_back(
          argument(name == "States.Format" && arguments.empty(), text_.substr(start, end_of_call(open) - start)));
      skip();
      if (text_[at_] == ',') ++at_;
      skip();
    }
    ++at_;
    return apply(name, arguments);
  }

  std::size_t end_of_call(std::size_t open) const {
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = open; i < text_.size(); ++i) {
      if (quoted && text_[i] == '\\') {
        ++i;
      } else if (text_[i] == '\'') {
        quoted = !quoted;
      } else if (!quoted && text_[i] == '(') {
        ++depth;
      } else if (!quoted && text_[i] == ')' && --depth == 0) {
        return i + 1;
      }
    }
    CHECK(false);
  }

  Value argument(bool keeps_escaped_braces, std::string_view call_text) {
    if (text_.substr(at_).starts_with("States.")) return call();
    if (text_[at_] == '\'') {
      std::string text;
      for (++at_; text_[at_] != '\''; ++at_) {
        if (text_[at_] == '\\') {
          ++at_;
          if (keeps_escaped_braces && (text_[at_] == '{' || text_[at_] == '}')) text += '\\';
        }
        text += text_[at_];
      }
      ++at_;
      return reference_.text(text);
    }
    const std::size_t end = end_of_argument();
    std::string_view word = text_.substr(at_, end - at_);
    while (word.ends_with(' ')) word.remove_suffix(1);
    at_ = end;
    if (!word.starts_with('$')) return reference_.parse_text(std::string(word));
    if (const auto value = reference_.find(thread_, word, data_, PastEnd::null)) return *value;
    throw runtime_failure(
        fmt::format("The function '{}' had the following error: The JsonPath argument for the field '{}' could not be "
                    "found in the input '{}'",
                    call_text, word, json::print(data_)));
  }

  std::size_t end_of_argument() const {
    std::size_t depth = 0;
    std::size_t i = at_;
    for (; i < text_.size(); ++i) {
      if (text_[i] == '[' || text_[i] == '(') ++depth;
      if (depth == 0 && (text_[i] == ',' || text_[i] == ')')) break;
      if (text_[i] == ']' || text_[i] == ')') --depth;
    }
    return i;
  }

  void skip() {
    while (text_[at_] == ' ') ++at_;
  }

  [[noreturn]] static void invalid(std::string_view name, std::string_view detail = {}) {
    throw runtime_failure(fmt::format("Invalid arguments in {}{}{}", name, detail.empty() ? "" : ": ", detail));
  }

  // Numbers that must be whole are cut.
  static std::int64_t whole(std::string_view name, const Value& value) {
    const double number = value.is_number() ? std::trunc(value.as_double()) : 1e300;
    if (std::abs(number) > 2'147'483'647.0) invalid(name);
    return static_cast<std::int64_t>(number);
  }

  Value integer(std::int64_t value) { return Value::integer(reference_.arena_, value); }
  Value array(const std::vector<Value>& elements) { return json::make_array(reference_.arena_, elements); }

  Value apply(std::string_view name, const std::vector<Value>& a) {
    if (name == "States.Array") return array(a);
    if (name == "States.Format") return format(a);
    if (name == "States.JsonToString") return reference_.text(json::print(a[0]));
    if (name == "States.StringToJson") return string_to_json(name, a[0]);
    if (name == "States.JsonMerge") return merge(name, a);
    if (name == "States.MathAdd") return add(name, a[0], a[1]);
    if (name == "States.StringSplit") return split(name, a[0], a[1]);
    if (name == "States.ArrayRange") return range(name, whole(name, a[0]), whole(name, a[1]), whole(name, a[2]));
    if (name == "States.Hash") {
      CHECK(a[1].as_string() == "SHA-256");
      return reference_.text(crypto::to_hex(crypto::digest(crypto::Digest::sha256, java::text(a[0]))));
    }
    if (name == "States.Base64Encode") {
      if (!a[0].is_string()) invalid(name);
      return reference_.text(base64(a[0].as_string()));
    }
    if (!a[0].is_array()) invalid(name);
    if (name == "States.ArrayLength") return integer(static_cast<std::int64_t>(a[0].size()));
    if (name == "States.ArrayContains") {
      return Value::boolean(std::ranges::any_of(
          a[0].elements(), [&](const Value& element) { return java::text(element) == java::text(a[1]); }));
    }
    if (name == "States.ArrayGetItem") {
      const std::int64_t index = whole(name, a[1]);
      if (a[0].size() == 0) return {};
      if (index < 0 || index >= static_cast<std::int64_t>(a[0].size())) invalid(name);
      return a[0].elements()[static_cast<std::size_t>(index)];
    }
    if (name == "States.ArrayPartition") return partition(name, a[0], whole(name, a[1]));
    CHECK(name == "States.ArrayUnique");
    return unique(a[0]);
  }

  Value format(const std::vector<Value>& a) {
    const std::string pattern = java::text(a[0]);
    std::string text;
    std::size_t used = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const std::string_view two = std::string_view(pattern).substr(i, 2);
      if (two == "\\{" || two == "\\}") {
        text += pattern[++i];
      } else if (two == "{}") {
        ++used;
        if (used < a.size()) text += java::text(a[used]);
        ++i;
      } else if (pattern[i] == '{') {
        throw runtime_failure("Invalid template in States.Format: matching '}' not found for '{'.");
      } else if (pattern[i] == '}') {
        throw runtime_failure("Invalid template in States.Format: matching '{' not found for '}'.");
      } else {
        text += pattern[i];
      }
    }
    if (used + 1 != a.size()) {
      invalid("States.Format", "number of arguments do not match the occurrences of {}.");
    }
    return reference_.text(text);
  }

  Value string_to_json(std::string_view name, const Value& value) {
    if (!value.is_string()) invalid(name);
    if (value.as_string().find_first_not_of(" \t\r\n") == std::string_view::npos) return {};
    const auto parsed = json::parse_copy(reference_.arena_, value.as_string());
    if (!parsed) invalid(name);
    if (parsed->is_number() && parsed->lexeme() == "-0") return integer(0);
    return *parsed;
  }

  Value merge(std::string_view name, const std::vector<Value>& a) {
    if (!a[0].is_object() || !a[1].is_object() || (a[2].is_boolean() && a[2].as_boolean())) invalid(name);
    Node merged = parse(json::print(a[0]));
    for (const json::Member& member : a[1].members()) merged.set(member.key, parse(json::print(member.value)));
    return reference_.parse_text(print(merged));
  }

  // Each operand is rounded, a half upwards, before they are added.
  Value add(std::string_view name, const Value& a, const Value& b) {
    if (!a.is_number() || !b.is_number()) invalid(name);
    const double x = std::floor(a.as_double() + 0.5);
    const double y = std::floor(b.as_double() + 0.5);
    const auto fits = [](double number) { return number >= -2'147'483'648.0 && number <= 2'147'483'647.0; };
    if (!fits(x) || !fits(y) || !fits(x + y)) invalid(name);
    return integer(static_cast<std::int64_t>(x + y));
  }

  Value split(std::string_view name, const Value& text, const Value& delimiters) {
    if (!text.is_string() || !delimiters.is_string()) invalid(name);
    std::vector<Value> pieces;
    std::string piece;
    for (const char c : std::string(text.as_string()) + '\0') {
      if (c != '\0' && delimiters.as_string().find(c) == std::string_view::npos) {
        piece += c;
      } else if (!piece.empty()) {
        pieces.push_back(reference_.text(std::exchange(piece, {})));
      }
    }
    return array(pieces);
  }

  Value range(std::string_view name, std::int64_t from, std::int64_t to, std::int64_t step) {
    if (step == 0) invalid(name);
    std::vector<Value> elements;
    for (std::int64_t at = from; step > 0 ? at <= to : at >= to; at += step) {
      if (elements.size() == 1000) invalid(name);
      elements.push_back(integer(at));
    }
    return array(elements);
  }

  Value partition(std::string_view name, const Value& whole_array, std::int64_t size) {
    if (size < 1) invalid(name);
    std::vector<Value> pieces;
    std::vector<Value> piece;
    for (const Value& element : whole_array.elements()) {
      piece.push_back(element);
      if (static_cast<std::int64_t>(piece.size()) == size) pieces.push_back(array(std::exchange(piece, {})));
    }
    if (!piece.empty()) pieces.push_back(array(piece));
    return array(pieces);
  }

  // A HashSet with room for all elements at a load of three quarters.
  Value unique(const Value& elements) {
    std::size_t capacity = 16;
    while (static_cast<double>(capacity) < std::floor(static_cast<double>(elements.size()) / 0.75) + 1) capacity *= 2;
    std::vector<Value> kept;
    for (const Value& element : elements.elements()) {
      const auto is_same = [&](const Value& other) {
        return other.kind() == element.kind() && java::text(other) == java::text(element);
      };
      if (std::ranges::none_of(kept, is_same)) kept.push_back(element);
    }
    const auto bucket = [&](const Value& value) {
      const std::uint32_t hash = java::hash(value);
      return (hash ^ (hash >> 16U)) & (capacity - 1);
    };
    std::multimap<std::uint32_t, Value> table;
    for (const Value& element : kept) table.emplace(bucket(element), element);
    kept.clear();
    for (const auto& [at, element] : table) kept.push_back(element);
    return array(kept);
  }

  static std::string base64(std::string_view text) {
    static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
      std::uint32_t bits = 0;
      for (std::size_t k = 0; k < 3; ++k) {
        bits = bits << 8U | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
      }
      for (std::size_t k = 0; k < 4; ++k) {
        out += i + k > text.size() ? '=' : digits[bits >> (18U - 6U * k) & 63U];
      }
    }
    return out;
  }

  Reference& reference_;
  Thread& thread_;
  const Value& data_;
  std::string_view text_;
  std::size_t at_ = 0;
};

json::Value Reference::call_intrinsic(Thread& thread, std::string_view text, const Value& data) {
  return Call(*this, thread, text, data).whole();
}

}  // namespace stepwell::differential
