#include "services/states/tags.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/states/errors.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

constexpr std::size_t max_tags = 50;

struct Tag {
  std::string_view key, value;
};

std::string_view text(const json::Value& tag, std::string_view member) {
  const json::Value* value = tag.find(member);
  return value != nullptr && value->is_string() ? value->as_string() : std::string_view{};
}

// What a record holds, which this program has written.
std::vector<Tag> read(json::Arena& arena, std::string_view kept) {
  const auto list = json::parse(arena, kept);
  std::vector<Tag> tags;
  if (!list) return tags;
  for (const json::Value& tag : list->elements()) tags.push_back({text(tag, "key"), text(tag, "value")});
  return tags;
}

std::string print(json::Arena& arena, const std::vector<Tag>& tags) {
  std::vector<json::Value> items;
  for (const Tag& tag : tags) {
    items.push_back(json::ObjectBuilder(arena).add("key", tag.key).add("value", tag.value).build());
  }
  return json::print(json::make_array(arena, items));
}

// Letters, digits, white space and a few symbols; beyond ASCII everything counts as a letter.
bool is_allowed(std::string_view text) {
  static constexpr std::string_view symbols = " _.:/=+-@";
  return std::ranges::all_of(text, [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    return letter || (c >= '0' && c <= '9') || symbols.contains(c);
  });
}

bool is_reserved(std::string_view key) {
  constexpr std::string_view prefix = "aws:";
  return std::ranges::equal(key.substr(0, prefix.size()), prefix,
                            [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

Result<void> check(const Tag& tag) {
  if (tag.key.empty()) return fail(errors::validation("A tag must have a key."));
  if (is_reserved(tag.key)) {
    return fail(errors::validation(fmt::format("Tag keys that begin with 'aws:' are reserved: '{}'", tag.key)));
  }
  for (const std::string_view part : {tag.key, tag.value}) {
    if (!is_allowed(part)) return fail(errors::validation(fmt::format("Invalid characters in a tag: '{}'", part)));
  }
  return {};
}

}  // namespace

Result<std::string> with_tags(std::string_view kept, const json::Value* tags, std::string_view arn) {
  if (tags == nullptr) return std::string(kept);
  json::Arena arena;
  std::vector<Tag> all = read(arena, kept);
  for (const json::Value& given : tags->elements()) {
    const Tag tag{text(given, "key"), text(given, "value")};
    TRY(check(tag));
    if (const auto same = std::ranges::find(all, tag.key, &Tag::key); same != all.end())
      same->value = tag.value;
    else
      all.push_back(tag);
    if (all.size() > max_tags) return fail(errors::too_many_tags(arn));
  }
  return print(arena, all);
}

std::string without_tags(std::string_view kept, const json::Value& keys) {
  json::Arena arena;
  std::vector<Tag> all = read(arena, kept);
  std::erase_if(all, [&keys](const Tag& tag) {
    return std::ranges::any_of(keys.elements(), [&](const json::Value& key) { return key.as_string() == tag.key; });
  });
  return print(arena, all);
}

}  // namespace stepwell::states
