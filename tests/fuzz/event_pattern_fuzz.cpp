// The first part is a pattern, the second an event. Whatever compiles must be decided within its bounds, in every
// dialect the same way, and a pattern and its opposite must not both fit.
#include "base/check.h"
#include "lang/event_pattern/pattern.h"
#include "lang/json/parse.h"
#include "parts.h"

#include <algorithm>
#include <cstdint>

namespace stepwell::event_pattern {
namespace {

void check(std::string_view input) {
  const std::string_view text = take_part(input);
  json::Arena arena;
  const auto event = json::parse(arena, input, {.max_depth = 100});
  const auto pattern = compile(text, Dialect::event_bus);
  if (!pattern) {
    CHECK(pattern.error().code == "InvalidEventPatternException" && !pattern.error().message.empty());
  }
  for (const Dialect dialect : {Dialect::sns_attributes, Dialect::sns_body}) {
    const auto policy = compile(text, dialect);
    CHECK(policy || policy.error().code == "InvalidParameter");
    if (policy && pattern && event) CHECK(matches(*policy, *event) == matches(*pattern, *event));
  }
  if (!pattern || !event) return;
  const auto texts = pattern->texts_of("source");
  const json::Value* source = event->find("source");
  if (matches(*pattern, *event) && texts && source != nullptr && source->is_string()) {
    CHECK(std::ranges::find(*texts, source->as_string()) != texts->end());
  }
}

}  // namespace
}  // namespace stepwell::event_pattern

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepwell::event_pattern::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
