#include <gtest/gtest.h>

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

namespace stepwell::json {
namespace {

TEST(Json, PrintsWhatItRead) {
  Arena arena;
  const std::string text = R"({"a":[1,2.50,-0,1e400,"x\n\"é",true,false,null],"b":{},"c":[],"d":{"e":[[]]}})";
  const auto value = parse(arena, text);
  ASSERT_TRUE(value) << value.error().message;
  EXPECT_EQ(print(*value), text);
}

}  // namespace
}  // namespace stepwell::json
