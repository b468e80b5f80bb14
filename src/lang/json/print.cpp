#include "lang/json/print.h"

#include "lang/json/scratch.h"
#include "lang/json/writer.h"

#include <limits>

namespace stepwell::json {
namespace {

// Without recursion, as a tree may be built deeper than any text is parsed.
template <bool pretty>
class Printer {
 public:
  Printer(std::string& out, std::size_t limit, std::size_t max_depth)
      : writer_(out), limit_(limit), max_depth_(max_depth) {}

  // False when it gave up at a limit.
  bool print(const Value& root) {
    value(root);
    while (!open_.empty() && within_limits()) part();
    return within_limits();
  }

 private:
  // A container whose parts from `next` on are still to be written.
  struct Open {
    const void* next;
    const void* end;
    bool is_object;
    bool is_begun;
  };

  bool within_limits() const { return writer_.written() <= limit_ && open_.size() <= max_depth_; }
  void value(const Value& value);
  void scalar(const Value& value);
  template <typename Part>
  void open(char bracket, std::span<const Part> parts);
  void part();
  void close(bool is_object);
  void line();

  Writer writer_;
  std::size_t limit_;
  std::size_t max_depth_;
  Scratch<Open, 32> open_;
};

template <bool pretty>
void Printer<pretty>::value(const Value& value) {
  switch (value.kind()) {
    case Kind::string: return writer_.put_string(value.as_string());
    case Kind::array: return open('[', value.elements());
    case Kind::object: return open('{', value.members());
    default: return scalar(value);
  }
}

template <bool pretty>
void Printer<pretty>::scalar(const Value& value) {
  std::string_view text = "null";
  if (value.is_number()) {
    text = value.lexeme();
  } else if (value.is_boolean()) {
    text = value.as_boolean() ? "true" : "false";
  }
  writer_.reserve(text.size());
  writer_.put(text);
}

template <bool pretty>
template <typename Part>
void Printer<pretty>::open(char bracket, std::span<const Part> parts) {
  writer_.reserve(2);
  writer_.put(bracket);
  if (parts.empty()) {
    writer_.put(bracket == '[' ? ']' : '}');
  } else {
    open_.push(parts.data(), parts.data() + parts.size(), bracket == '{', false);
  }
}

template <bool pretty>
void Printer<pretty>::part() {
  Open& top = open_.back();
  if (top.next == top.end) return close(top.is_object);
  writer_.reserve(1);
  if (top.is_begun) writer_.put(',');
  top.is_begun = true;
  line();
  if (top.is_object) {
    const auto* const member = static_cast<const Member*>(top.next);
    top.next = member + 1;
    writer_.put_string(member->key);
    writer_.reserve(2);
    writer_.put(pretty ? std::string_view(": ") : std::string_view(":"));
    value(member->value);
  } else {
    const auto* const element = static_cast<const Value*>(top.next);
    top.next = element + 1;
    value(*element);
  }
}

template <bool pretty>
void Printer<pretty>::close(bool is_object) {
  open_.pop();
  line();
  writer_.reserve(1);
  writer_.put(is_object ? '}' : ']');
}

// A new line, indented for what is open.
template <bool pretty>
void Printer<pretty>::line() {
  if constexpr (pretty) {
    const std::size_t indentation = 2 * open_.size();
    writer_.reserve(1 + indentation);
    writer_.put('\n');
    writer_.put(' ', indentation);
  }
}

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

}  // namespace

void print(std::string& out, const Value& value) { Printer<false>(out, kNoLimit, kNoLimit).print(value); }

std::string print(const Value& value) {
  std::string out;
  print(out, value);
  return out;
}

bool print_within(std::string& out, const Value& value, std::size_t limit, std::size_t max_depth) {
  return Printer<false>(out, limit, max_depth).print(value);
}

std::string print_pretty(const Value& value) {
  std::string out;
  Printer<true>(out, kNoLimit, kNoLimit).print(value);
  return out;
}

void print_string(std::string& out, std::string_view text) { Writer(out).put_string(text); }

}  // namespace stepwell::json
