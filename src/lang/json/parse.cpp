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
    Value root;
    if (!value(root) || !end()) return std::unexpected(lexer_.error());
    return root;
  }

 private:
  bool value(Value& out);
  bool string(Value& out);
  bool number(Value& out);
  bool array(Value& out);
  bool elements();
  bool object(Value& out);
  bool members(std::size_t first);
  bool member(Member& out);
  void add(std::size_t first, std::uint64_t& seen, const Member& member);
  bool enter();
  bool end();

  Arena& arena_;
  Lexer lexer_;
  std::size_t depth_left_;
  Scratch<Value, 64> values_;
  Scratch<Member, 64> members_;
};

bool Parser::value(Value& out) {
  switch (lexer_.next()) {
    case '"': return string(out);
    case '{': return object(out);
    case '[': return array(out);
    case 't': out = Value::boolean(true); return lexer_.literal("true");
    case 'f': out = Value::boolean(false); return lexer_.literal("false");
    case 'n': out = Value(); return lexer_.literal("null");
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
    case '9': return number(out);
    default: return lexer_.unexpected("a value");
  }
}

bool Parser::string(Value& out) {
  std::string_view text;
  if (!lexer_.string(arena_, text)) return false;
  out = Value::string(text);
  return true;
}

bool Parser::number(Value& out) {
  std::string_view lexeme;
  if (!lexer_.number(lexeme)) return false;
  out = Value::number(lexeme);
  return true;
}

bool Parser::enter() {
  if (depth_left_ == 0) return lexer_.fail("Too many nested arrays and objects");
  --depth_left_;
  lexer_.skip();
  return true;
}

bool Parser::array(Value& out) {
  if (!enter()) return false;
  const std::size_t first = values_.size();
  if (lexer_.next() == ']') {
    lexer_.skip();
  } else if (!elements()) {
    return false;
  }
  out = make_array(arena_, values_.from(first));
  values_.shrink_to(first);
  ++depth_left_;
  return true;
}

bool Parser::elements() {
  for (;;) {
    Value element;
    if (!value(element)) return false;
    values_.push(element);
    const char c = lexer_.next();
    if (c != ',' && c != ']') return lexer_.unexpected("',' or ']'");
    lexer_.skip();
    if (c == ']') return true;
  }
}

bool Parser::object(Value& out) {
  if (!enter()) return false;
  const std::size_t first = members_.size();
  if (lexer_.next() == '}') {
    lexer_.skip();
  } else if (!members(first)) {
    return false;
  }
  out = make_object(arena_, members_.from(first));
  members_.shrink_to(first);
  ++depth_left_;
  return true;
}

bool Parser::members(std::size_t first) {
  std::uint64_t seen = 0;
  for (;;) {
    Member next;
    if (!member(next)) return false;
    add(first, seen, next);
    const char c = lexer_.next();
    if (c != ',' && c != '}') return lexer_.unexpected("',' or '}'");
    lexer_.skip();
    if (c == '}') return true;
  }
}

bool Parser::member(Member& out) {
  if (lexer_.next() != '"') return lexer_.unexpected("a key in quotation marks");
  if (!lexer_.string(arena_, out.key)) return false;
  if (lexer_.next() != ':') return lexer_.unexpected("':'");
  lexer_.skip();
  return value(out.value);
}

// `seen` holds a bit for each key so far, chosen by a glance at it: where the bit is new, so is the key. Large objects
// find their duplicates when they are indexed.
void Parser::add(std::size_t first, std::uint64_t& seen, const Member& member) {
  const std::span<Member> before = members_.from(first);
  if (before.size() < kLinearMembers) {
    const std::uint64_t bit = glance(member.key);
    if ((seen & bit) != 0) {
      if (Member* const same = find_linear(before, member.key)) {
        same->value = member.value;
        return;
      }
    }
    seen |= bit;
  }
  members_.push(member);
}

bool Parser::end() {
  lexer_.next();
  return lexer_.at_end() || lexer_.unexpected("the end of the text");
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
