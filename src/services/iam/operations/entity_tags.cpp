// Tags of users, roles and policies: keys are compared without regard to case, and there are fifty at most.

#include "lang/policy/context.h"
#include "services/iam/operations/support.h"

#include <algorithm>

namespace stepwell::iam {
namespace {

constexpr std::size_t max_tags = 50;

auto find_tag(std::vector<Tag>& tags, std::string_view key) {
  return std::ranges::find_if(tags, [key](const Tag& tag) { return policy::equal_ignoring_case(tag.key, key); });
}

}  // namespace

Result<void> add_tags(const wire::Call& call, std::vector<Tag>& tags) {
  const json::Value* given = call.member("Tags");
  if (given == nullptr) return {};
  std::vector<Tag> added;
  for (const json::Value& tag : given->elements()) {
    Tag made{std::string(tag.find("Key")->as_string()), std::string(tag.find("Value")->as_string())};
    if (find_tag(added, made.key) != added.end()) {
      return fail(errors::invalid_input("Duplicate tag keys found. Please note that Tag keys are case insensitive."));
    }
    added.push_back(std::move(made));
  }
  for (Tag& tag : added) {
    const auto known = find_tag(tags, tag.key);
    if (known == tags.end()) {
      tags.push_back(std::move(tag));
    } else {
      known->value = std::move(tag.value);
    }
  }
  if (tags.size() > max_tags) return fail(errors::limit_exceeded("The number of tags has reached the maximum limit."));
  return {};
}

void remove_tags(const wire::Call& call, std::vector<Tag>& tags) {
  for (const json::Value& key : call.member("TagKeys")->elements()) {
    const auto known = find_tag(tags, key.as_string());
    if (known != tags.end()) tags.erase(known);
  }
}

}  // namespace stepwell::iam
