#include "lang/jsonpath/trail.h"

#include <iterator>
#include <ranges>
#include <vector>

#include <fmt/format.h>

namespace stepwell::jsonpath {

std::string to_text(const Trail& trail) {
  std::vector<const Trail*> chain;
  for (const Trail* at = &trail; at->parent != nullptr; at = at->parent) chain.push_back(at);
  std::string text = "$";
  for (const Trail* at : chain | std::views::reverse) {
    if (at->kind == Trail::Kind::member) {
      fmt::format_to(std::back_inserter(text), "['{}']", at->name);
    } else {
      fmt::format_to(std::back_inserter(text), "[{}]", at->index);
    }
  }
  return text;
}

}  // namespace stepwell::jsonpath
