#pragma once

#include "lang/event_pattern/pattern.h"
#include "lang/json/parse.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace stepwell::event_pattern {

inline bool fits(std::string_view pattern, std::string_view event, Dialect dialect = Dialect::event_bus) {
  const auto compiled = compile(pattern, dialect);
  EXPECT_TRUE(compiled.has_value()) << pattern << ": " << (compiled ? "" : compiled.error().message);
  json::Arena arena;
  const auto parsed = json::parse(arena, event);
  EXPECT_TRUE(parsed.has_value()) << event;
  return compiled && parsed && matches(*compiled, *parsed);
}

}  // namespace stepwell::event_pattern
