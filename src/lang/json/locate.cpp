#include "lang/json/lexer.h"

#include <algorithm>
#include <vector>

namespace stepwell::json {
namespace {

using Names = std::vector<std::string>;

// The names of a JSON pointer, unescaped; nullopt where it is none.
std::optional<Names> split(std::string_view pointer) {
  Names names;
  while (!pointer.empty()) {
    if (pointer.front() != '/') return std::nullopt;
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    std::string& name = names.emplace_back();
    for (std::size_t i = 0; i < token.size(); ++i) {
      if (token[i] != '~') {
        name += token[i];
        continue;
      }
      if (++i == token.size() || (token[i] != '0' && token[i] != '1')) return std::nullopt;
      name += token[i] == '0' ? '~' : '/';
    }
  }
  return names;
}

// Walks the text once. Of a duplicate key the last one counts, so an answer stands until its key comes again.
class Locator {
 public:
  Locator(std::string_view text, const Names& names, bool at_key) : lexer_(text), names_(names), at_key_(at_key) {}

  std::optional<std::size_t> run() {
    if (!value(0)) return std::nullopt;
    return found_;
  }

 private:
  // These answer false where the text is no JSON. `level` names lead to where they stand.
  bool value(std::size_t level);
  bool object(std::size_t level);
  bool array(std::size_t level);

  Arena keys_;
  Lexer lexer_;
  const Names& names_;
  bool at_key_;
  std::optional<std::size_t> found_;
};

bool Locator::value(std::size_t level) {
  const char c = lexer_.next();
  if (level == names_.size()) {
    if (!at_key_) found_ = lexer_.offset();
    return lexer_.skip_value();
  }
  if (c == '{') return object(level);
  if (c == '[') return array(level);
  return lexer_.skip_value();
}

bool Locator::object(std::size_t level) {
  lexer_.skip();
  for (char c = lexer_.next(); c != '}'; c = lexer_.next()) {
    if (c == ',') {
      lexer_.skip();
      continue;
    }
    if (c != '"') return false;
    const std::size_t key_offset = lexer_.offset();
    const std::string_view key = lexer_.string(keys_);
    if (lexer_.next() != ':') return false;
    lexer_.skip();
    if (key != names_[level]) {
      if (!lexer_.skip_value()) return false;
      continue;
    }
    found_.reset();
    if (at_key_ && level + 1 == names_.size()) found_ = key_offset;
    if (!value(level + 1)) return false;
  }
  lexer_.skip();
  return true;
}

bool Locator::array(std::size_t level) {
  lexer_.skip();
  std::size_t index = 0;
  for (char c = lexer_.next(); c != ']'; c = lexer_.next()) {
    if (c == ',') {
      lexer_.skip();
      continue;
    }
    // A name with a leading zero is no index (RFC 6901, section 4) and no number prints as one.
    const bool is_meant = names_[level] == std::to_string(index++) && !(at_key_ && level + 1 == names_.size());
    if (!(is_meant ? value(level + 1) : lexer_.skip_value())) return false;
  }
  lexer_.skip();
  return true;
}

}  // namespace

std::optional<std::size_t> locate(std::string_view text, std::string_view pointer, bool at_key) {
  const std::optional<Names> names = split(pointer);
  if (!names || (at_key && names->empty())) return std::nullopt;
  return Locator(text, *names, at_key).run();
}

Position position_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const std::size_t line_end = before.rfind('\n');
  const std::string_view line = line_end == std::string_view::npos ? before : before.substr(line_end + 1);
  const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return {1 + static_cast<std::size_t>(std::ranges::count(before, '\n')),
          1 + static_cast<std::size_t>(std::ranges::count_if(line, starts_character))};
}

}  // namespace stepwell::json
