#include "lang/json/parse.h"

#include "lang/json/build.h"
#include "lang/json/lexer.h"
#include "lang/json/object_index.h"
#include "lang/json/scratch.h"

#include <algorithm>
#include <limits>

namespace stepwell::json {
namespace {

// Recursive descent. Elements and members are gathered on two stacks, where a container's lie above those of the
// containers around it, and move into the arena when it closes.
class Parser {
 public:
  Parser(Arena& arena, std::string_view text, std::size_t max_depth)
      : arena_(arena), lexer_(text), depth_left_(max_depth) {}

  std::expected<Value, ParseError> document() {
    const Value root = value();
    if (lexer_.next(); !lexer_.at_end()) lexer_.unexpected("the end of the text");
    if (lexer_.failed()) return std::unexpected(lexer_.error());
    return root;
  }

 private:
  // A value is returned, which is in registers, rather than written through a reference.
  Value value();
  Value literal(std::string_view word, Value meaning);
  Value array();
  void elements();
  Value object();
  void members(std::size_t first);
  void add(std::size_t first, std::uint64_t& seen, std::string_view key, Value value);
  bool enter();

  Arena& arena_;
  Lexer lexer_;
  std::size_t depth_left_;
  Scratch<Value, 64> values_;
  Scratch<Member, 64> members_;
};

Value Parser::value() {
  switch (lexer_.next()) {
    case '"': return Value::string(lexer_.string(arena_));
    case '{': return object();
    case '[': return array();
    case 't': return literal("true", Value::boolean(true));
    case 'f': return literal("false", Value::boolean(false));
    case 'n': return literal("null", Value());
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': return Value::number(lexer_.number());
    default: lexer_.unexpected("a value"); return {};
  }
}

Value Parser::literal(std::string_view word, Value meaning) {
  lexer_.literal(word);
  return meaning;
}

bool Parser::enter() {
  if (depth_left_ == 0) {
    lexer_.fail("Too many nested arrays and objects");
    return false;
  }
  --depth_left_;
  lexer_.skip();
  return true;
}

Value Parser::array() {
  if (!enter()) return {};
  const std::size_t first = values_.size();
  if (lexer_.next() == ']') {
    lexer_.skip();
  } else {
    elements();
  }
  const Value made = make_array(arena_, values_.from(first));
  values_.shrink_to(first);
  ++depth_left_;
  return made;
}

void Parser::elements() {
  for (;;) {
    values_.push(value());
    const char c = lexer_.next();
    if (c != ',' && c != ']') return lexer_.unexpected("',' or ']'");
    lexer_.skip();
    if (c == ']') return;
  }
}

Value Parser::object() {
  if (!enter()) return {};
  const std::size_t first = members_.size();
  if (lexer_.next() == '}') {
    lexer_.skip();
  } else {
    members(first);
  }
  const Value made = make_object(arena_, members_.from(first));
  members_.shrink_to(first);
  ++depth_left_;
  return made;
}

void Parser::members(std::size_t first) {
  std::uint64_t seen = 0;
  for (;;) {
    if (lexer_.next() != '"') return lexer_.unexpected("a key in quotation marks");
    const std::string_view key = lexer_.string(arena_);
    if (lexer_.next() != ':') return lexer_.unexpected("':'");
    lexer_.skip();
    add(first, seen, key, value());
    const char c = lexer_.next();
    if (c != ',' && c != '}') return lexer_.unexpected("',' or '}'");
    lexer_.skip();
    if (c == '}') return;
  }
}

// `seen` holds a bit for each key so far, chosen by a glance at it: where the bit is new, so is the key. Large objects
// find their duplicates when they are indexed.
void Parser::add(std::size_t first, std::uint64_t& seen, std::string_view key, Value value) {
  const std::span<Member> before = members_.from(first);
  if (before.size() < kLinearMembers) {
    const std::uint64_t bit = glance(key);
    if ((seen & bit) != 0) {
      if (Member* const same = find_linear(before, key)) {
        same->value = value;
        return;
      }
    }
    seen |= bit;
  }
  members_.push(key, value);
}

constexpr std::size_t kLongestText = std::numeric_limits<std::uint32_t>::max();

std::unexpected<ParseError> too_long() { return std::unexpected(ParseError{"The text is longer than 4 GiB", 0, 1, 1}); }

}  // namespace

std::expected<Value, ParseError> parse(Arena& arena, std::string_view text, ParseOptions options) {
  if (text.size() > kLongestText) return too_long();
  return Parser(arena, text, options.max_depth).document();
}

std::expected<Value, ParseError> parse_copy(Arena& arena, std::string_view text, ParseOptions options) {
  if (text.size() > kLongestText) return too_long();
  return parse(arena, arena.copy(text), options);
}

}  // namespace stepwell::json
