#include "lang/jsonata/value/stringify.h"

#include "lang/json/print.h"
#include "lang/jsonata/text/number.h"
#include "lang/jsonata/text/utf8.h"
#include "lang/jsonata/value/budget.h"

#include <cmath>

#include <fmt/format.h>

namespace stepwell::jsonata {
namespace {

constexpr std::size_t kLongestShown = 4096;

// Halves of pairs are escaped, as nothing else can stand for them.
void append_string(std::string& out, std::string_view text) {
  if (!has_surrogate(text)) return json::print_string(out, text);
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const std::uint32_t code_point = next_code_point(text, at);
    if (is_surrogate(code_point)) {
      out += fmt::format("\\u{:04x}", code_point);
      continue;
    }
    std::string piece;
    json::print_string(piece, text.substr(begin, at - begin));
    out.append(piece, 1, piece.size() - 2);
  }
  out += '"';
}

class Stringifier {
 public:
  Stringifier(std::string& out, Layout layout, std::size_t limit, bool is_exact)
      : out_(out), is_pretty_(layout == Layout::pretty), limit_(limit), is_exact_(is_exact) {}

  void value(const Value& value) {
    switch (value.type()) {
      case Value::Type::boolean: out_ += value.as_boolean() ? "true" : "false"; break;
      case Value::Type::number: number(value); break;
      case Value::Type::string: append_string(out_, value.as_string()); break;
      case Value::Type::function: out_ += "\"\""; break;
      case Value::Type::array: container(value, '[', ']'); break;
      case Value::Type::object: container(value, '{', '}'); break;
      default: out_ += "null";
    }
    if (out_.size() > limit_) error_ = Code::U1003;
  }
  std::optional<Code> error() const { return error_; }

 private:
  void number(const Value& value) {
    const double number = value.as_number();
    if (std::isfinite(number)) return append_number(out_, is_exact_ ? number : with_15_digits(number));
    if (std::isinf(number) && !is_exact_) error_ = Code::D1001;
    out_ += "null";
  }

  void container(const Value& container, char open, char close) {
    if (++depth_ > kDeepestValue) error_ = Code::U1001;
    out_ += open;
    const std::size_t size = container.size();
    for (std::size_t i = 0; i < size && !error_; ++i) {
      if (i > 0) out_ += ',';
      line();
      if (container.is_array()) {
        value(container.element(i));
        continue;
      }
      const Member member = container.member(i);
      append_string(out_, member.key.as_string());
      out_ += is_pretty_ ? ": " : ":";
      value(member.value);
    }
    --depth_;
    if (size > 0) line();
    out_ += close;
  }

  void line() {
    if (is_pretty_) out_.append(1, '\n').append(2 * depth_, ' ');
  }

  std::string& out_;
  bool is_pretty_;
  std::size_t limit_;
  bool is_exact_;
  std::size_t depth_ = 0;
  std::optional<Code> error_;
};

}  // namespace

std::optional<Code> stringify(const Value& value, Layout layout, std::size_t limit, std::string& out) {
  if (value.is_string()) {
    out += value.as_string();
    return std::nullopt;
  }
  if (value.is_function()) return std::nullopt;
  if (value.is_number() && !std::isfinite(value.as_number())) return Code::D3001;
  Stringifier writer(out, layout, limit, false);
  writer.value(value);
  return writer.error();
}

std::string shown(const Value& value) {
  if (value.is_undefined()) return "undefined";
  std::string out;
  Stringifier writer(out, Layout::compact, kLongestShown, true);
  writer.value(value);
  if (out.size() <= kLongestShown) return out;
  std::size_t end = kLongestShown;
  while (end > 0 && is_continuation(out[end])) --end;
  return out.substr(0, end) + "…";
}

}  // namespace stepwell::jsonata
