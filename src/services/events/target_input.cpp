#include "services/events/target_input.h"

#include "lang/asl/validation/jackson.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/events/documents.h"
#include "services/events/errors.h"

#include <algorithm>

namespace stepwell::events {
namespace {

constexpr std::string_view reserved = "aws.events.";

std::shared_ptr<const jsonpath::Path> compile_path(std::string_view text) {
  auto path = jsonpath::Path::compile(text);
  return path ? std::make_shared<const jsonpath::Path>(std::move(*path)) : nullptr;
}

std::optional<json::Value> evaluate(json::Arena& arena, const jsonpath::Path& path, const json::Value& event) {
  auto value = path.evaluate(arena, event);
  return value ? std::optional(*value) : std::nullopt;
}

bool is_variable_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

void append_in_quotes(std::string& out, const json::Value& value, bool in_object) {
  std::string text = value.is_string() ? std::string(value.as_string()) : json::print(value);
  // A text is no place for the quotation marks of what is put into it.
  if (!value.is_string() && !in_object) std::erase(text, '"');
  std::string quoted;
  json::print_string(quoted, text);
  out.append(quoted, 1, quoted.size() - 2);
}

}  // namespace

std::vector<TargetInput::Piece> TargetInput::split(std::string_view text) {
  std::vector<Piece> pieces(1);
  bool in_quotes = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') {
      std::size_t end = i + 1;
      while (end < text.size() && is_variable_character(text[end])) ++end;
      if (end > i + 1 && end < text.size() && text[end] == '>') {
        pieces.back().variable = text.substr(i + 1, end - i - 1);
        pieces.back().in_quotes = in_quotes;
        pieces.emplace_back();
        i = end;
        continue;
      }
    }
    if (text[i] == '"') in_quotes = !in_quotes;
    pieces.back().text += text[i];
    if (text[i] == '\\' && i + 1 < text.size()) pieces.back().text += text[++i];
  }
  return pieces;
}

Result<void> TargetInput::read_transformer(const json::Value& transformer, std::string_view id) {
  for (const json::Member& part : object_of(transformer, "InputPathsMap").members()) {
    auto path = compile_path(part.value.as_string());
    if (part.key.starts_with("AWS.") || path == nullptr) {
      return fail(errors::invalid(fmt::format("Invalid InputPathsMap for target {}.", id)));
    }
    parts_.emplace_back(part.key, std::move(path));
  }
  const std::string_view text = text_of(transformer, "InputTemplate");
  template_ = split(text);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  is_object_ = first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  // With values in the places of its variables a template has to be JSON.
  std::string sample;
  for (const Piece& piece : template_) {
    sample += piece.text;
    if (!piece.variable.empty()) sample += piece.in_quotes ? "x" : "0";
  }
  if (const auto error = asl::jackson_error(sample); first == std::string_view::npos || error) {
    return fail(errors::invalid(
        fmt::format("Invalid InputTemplate for target {} : {}.", id, error ? error->location : std::string("empty"))));
  }
  return {};
}

Result<TargetInput> TargetInput::compile(const json::Value& target) {
  const std::string_view id = text_of(target, "Id");
  const json::Value* constant = target.find("Input");
  const json::Value* path = target.find("InputPath");
  const json::Value* transformer = target.find("InputTransformer");
  const auto is_there = [](const json::Value* value) { return value != nullptr && !value->is_null(); };
  if (is_there(constant) + is_there(path) + is_there(transformer) > 1) {
    return fail(errors::invalid(
        fmt::format("Only one of Input, InputPath, or InputTransformer must be provided for target {}.", id)));
  }
  TargetInput input;
  if (is_there(constant)) {
    input.constant_ = constant->as_string();
    json::Arena arena;
    if (!json::parse(arena, *input.constant_)) {
      return fail(errors::invalid(fmt::format("JSON syntax error in input for target {}.", id)));
    }
  } else if (is_there(path)) {
    input.path_ = compile_path(path->as_string());
    if (input.path_ == nullptr) {
      return fail(errors::invalid(fmt::format("JSON path for target {} is not valid.", id)));
    }
  } else if (is_there(transformer)) {
    TRY(input.read_transformer(*transformer, id));
  }
  return input;
}

std::optional<json::Value> TargetInput::part(json::Arena& arena, std::string_view variable,
                                             const Occasion& occasion) const {
  if (variable.starts_with(reserved)) {
    variable.remove_prefix(reserved.size());
    if (variable == "rule-arn") return json::make_string(arena, occasion.rule_arn);
    if (variable == "rule-name") return json::make_string(arena, occasion.rule_name);
    if (variable == "event.ingestion-time") return json::make_string(arena, format_rfc3339(occasion.now));
    if (variable == "event.json") return occasion.event;
    if (variable == "event") return with(arena, occasion.event, {{"detail", json::Value()}});
    return std::nullopt;
  }
  const auto found = std::ranges::find(parts_, variable, [](const auto& part) { return std::string_view(part.first); });
  return found == parts_.end() ? std::nullopt : evaluate(arena, *found->second, occasion.event);
}

std::string TargetInput::render(json::Arena& arena, const Occasion& occasion) const {
  if (constant_) return *constant_;
  if (path_ != nullptr) {
    const auto value = evaluate(arena, *path_, occasion.event);
    return value ? json::print(*value) : std::string("null");
  }
  if (template_.empty()) return std::string(occasion.text);
  std::string out;
  for (const Piece& piece : template_) {
    out += piece.text;
    if (piece.variable.empty()) continue;
    const auto value = part(arena, piece.variable, occasion);
    if (!piece.in_quotes) {
      out += value ? json::print(*value) : "null";
    } else if (value) {
      append_in_quotes(out, *value, is_object_);
    }
  }
  return out;
}

}  // namespace stepwell::events
