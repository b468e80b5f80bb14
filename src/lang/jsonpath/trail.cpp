#include "lang/jsonpath/trail.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include <fmt/format.h>

namespace stepwell::jsonpath {

std::string to_text(const Trail& trail) {
  std::vector<const Trail*> chain;
  for (const Trail* at = &trail; at->parent != nullptr; at = at->parent) chain.push_back(at);
  std::ranges::reverse(chain);
  std::string text = "$";
  for (const Trail* at : chain) {
    if (at->kind == Trail::Kind::member) {
      fmt::format_to(std::back_inserter(text), "['{}']", at->name);
    } else {
      fmt::format_to(std::back_inserter(text), "[{}]", at->index);
    }
  }
  return text;
}

}  // namespace stepwell::jsonpath
