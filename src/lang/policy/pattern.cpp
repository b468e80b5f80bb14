#include "lang/policy/pattern.h"

namespace stepwell::policy {
namespace {

constexpr std::size_t arn_parts = 6;

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::optional<std::string> value_of(std::string_view key, const std::optional<std::string>& otherwise,
                                    const Context& context) {
  auto values = context.find(key);
  if (values && values->size() == 1) return std::move(values->front());
  return otherwise;
}

// Takes what stands before the next colon; of the last part everything.
std::string_view take_part(std::string_view& rest, bool is_last) {
  const std::size_t end = is_last ? std::string_view::npos : rest.find(':');
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

}  // namespace

Pattern::Pattern(std::string_view text, Variables variables) : text_(text) {
  if (variables == Variables::replaced && text.contains("${")) {
    read(text);
  } else {
    simple_.emplace().add_pattern(text);
  }
}

void Pattern::read(std::string_view text) {
  while (!text.empty()) {
    const std::size_t begin = text.find("${");
    const std::size_t end = begin == std::string_view::npos ? begin : text.find('}', begin);
    if (end == std::string_view::npos) break;
    if (begin > 0) pieces_.push_back({Piece::Kind::text, std::string(text.substr(0, begin)), {}});
    const std::string_view inside = text.substr(begin + 2, end - begin - 2);
    text.remove_prefix(end + 1);
    if (inside == "*" || inside == "?" || inside == "$") {
      pieces_.push_back({Piece::Kind::literal, std::string(inside), {}});
      continue;
    }
    Piece variable{Piece::Kind::variable, std::string(trimmed(inside.substr(0, inside.find(',')))), {}};
    if (const std::size_t comma = inside.find(','); comma != std::string_view::npos) {
      std::string_view otherwise = trimmed(inside.substr(comma + 1));
      if (otherwise.size() >= 2 && otherwise.starts_with('\'') && otherwise.ends_with('\'')) {
        variable.otherwise = otherwise.substr(1, otherwise.size() - 2);
      }
    }
    pieces_.push_back(std::move(variable));
  }
  if (!text.empty()) pieces_.push_back({Piece::Kind::text, std::string(text), {}});
}

std::optional<Glob> Pattern::glob(const Context& context) const {
  Glob glob;
  for (const Piece& piece : pieces_) {
    if (piece.kind == Piece::Kind::text) {
      glob.add_pattern(piece.text);
    } else if (piece.kind == Piece::Kind::literal) {
      glob.add_literal(piece.text);
    } else {
      const auto value = value_of(piece.text, piece.otherwise, context);
      if (!value) return std::nullopt;
      glob.add_literal(*value);
    }
  }
  return glob;
}

bool Pattern::matches(std::string_view value, Case letters, const Context& context, Budget& budget) const {
  if (simple_) return simple_->matches(value, letters, budget);
  const auto made = glob(context);
  return made && made->matches(value, letters, budget);
}

std::optional<std::string> Pattern::expand(const Context& context) const {
  if (simple_) return text_;
  std::string text;
  for (const Piece& piece : pieces_) {
    if (piece.kind != Piece::Kind::variable) {
      text += piece.text;
      continue;
    }
    const auto value = value_of(piece.text, piece.otherwise, context);
    if (!value) return std::nullopt;
    text += *value;
  }
  return text;
}

// Each part of the pattern becomes a glob of its own. A value cannot add parts: its colons belong to the part that the
// variable stands in, where they fit only the resource.
bool Pattern::matches_arn(std::string_view arn, const Context& context, Budget& budget) const {
  std::vector<Glob> parts(1);
  const auto add = [&parts](std::string_view text) {
    while (true) {
      const std::size_t colon = parts.size() == arn_parts ? std::string_view::npos : text.find(':');
      parts.back().add_pattern(text.substr(0, colon));
      if (colon == std::string_view::npos) return;
      parts.emplace_back();
      text.remove_prefix(colon + 1);
    }
  };
  if (text_ == "*") return true;
  if (pieces_.size() == 1 && pieces_[0].kind == Piece::Kind::variable) {
    return matches(arn, Case::sensitive, context, budget);
  }
  if (simple_) add(text_);
  for (const Piece& piece : pieces_) {
    if (piece.kind == Piece::Kind::text) {
      add(piece.text);
    } else if (piece.kind == Piece::Kind::literal) {
      parts.back().add_literal(piece.text);
    } else {
      const auto value = value_of(piece.text, piece.otherwise, context);
      if (!value) return false;
      parts.back().add_literal(*value);
    }
  }
  if (parts.size() != arn_parts) return false;
  for (std::size_t i = 0; i < arn_parts; ++i) {
    if (i + 1 < arn_parts && !arn.contains(':')) return false;
    if (!parts[i].matches(take_part(arn, i + 1 == arn_parts), Case::sensitive, budget)) return false;
  }
  return true;
}

}  // namespace stepwell::policy
