#include "services/states/test_state/item_data.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "wire/errors.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

std::unexpected<Error> refuse(std::string_view why) {
  return fail(wire::validation_exception(fmt::format("Invalid mapItemReaderData provided: {}", why)));
}

std::string_view text_of(const json::Value* object, std::string_view field, std::string_view otherwise) {
  const json::Value* value = object == nullptr ? nullptr : object->find(field);
  return value != nullptr && value->is_string() ? value->as_string() : otherwise;
}

// A step of a JSON Pointer (RFC 6901): ~1 is a slash, ~0 a tilde.
std::string unescaped(std::string_view step) {
  std::string out;
  for (std::size_t i = 0; i < step.size(); ++i) {
    const bool escape = step[i] == '~' && i + 1 < step.size();
    out += escape ? (step[++i] == '1' ? '/' : '~') : step[i];
  }
  return out;
}

const json::Value* follow(const json::Value& value, std::string_view step) {
  if (!value.is_array()) return value.find(unescaped(step));
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  const bool is_index = error == std::errc() && end == step.data() + step.size();
  return is_index && index < value.size() ? &value.elements()[index] : nullptr;
}

const json::Value* resolve(const json::Value& root, std::string_view pointer) {
  const json::Value* at = &root;
  while (at != nullptr && !pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    at = follow(*at, pointer.substr(0, end));
    pointer.remove_prefix(end);
  }
  return at;
}

Result<ItemData> read_json(json::Arena& arena, std::string_view text, std::string_view pointer) {
  const auto data = json::parse(arena, text);
  if (!data) return refuse(data.error().message);
  const json::Value* items = resolve(*data, pointer);
  if (items == nullptr) return refuse(fmt::format("there is nothing at '{}'", pointer));
  if (!items->is_array()) return refuse("the items must be an array");
  return ItemData{.items = *items, .is_pointed = !pointer.empty()};
}

Result<ItemData> read_json_lines(json::Arena& arena, std::string_view text) {
  std::vector<json::Value> items;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto item = json::parse(arena, line);
    if (!item) return refuse(item.error().message);
    items.push_back(*item);
  }
  return ItemData{.items = json::make_array(arena, items)};
}

}  // namespace

Result<ItemData> read_item_data(json::Arena& arena, const json::Value& reader, std::optional<std::string_view> data) {
  if (!data) return ItemData{};
  const json::Value* config = reader.find("ReaderConfig");
  const std::string_view type = text_of(config, "InputType", "JSON");
  if (type == "JSON") return read_json(arena, *data, text_of(config, "ItemsPointer", ""));
  if (type == "JSONL") return read_json_lines(arena, *data);
  return ItemData{};
}

}  // namespace stepwell::states
