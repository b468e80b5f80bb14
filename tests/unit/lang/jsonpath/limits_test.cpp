#include "table.h"

namespace stepwell::jsonpath {
namespace {

std::string repeated(std::string_view part, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += part;
  return text;
}

TEST(Limits, LengthOfAPath) {
  const auto path = Path::compile("$." + repeated("a", Path::max_length));
  ASSERT_FALSE(path);
  EXPECT_EQ(path.error().message, "A path has at most 16384 bytes");
  EXPECT_TRUE(Path::compile("$." + repeated("a", Path::max_length - 2)));
}

TEST(Limits, StepsOfAPath) {
  EXPECT_TRUE(Path::compile("$" + repeated(".a", Path::max_steps)));
  const auto path = Path::compile("$" + repeated(".a", Path::max_steps + 1));
  ASSERT_FALSE(path);
  EXPECT_EQ(path.error().message, "A path has at most 256 steps");
}

TEST(Limits, CriteriaOfAFilter) {
  EXPECT_TRUE(Path::compile("$[?(@.a" + repeated("||@.a", 63) + ")]"));
  const auto path = Path::compile("$[?(@.a" + repeated("||@.a", 64) + ")]");
  ASSERT_FALSE(path);
  EXPECT_EQ(path.error().message, "A filter has at most 64 criteria");
  EXPECT_FALSE(Path::compile("$[?(@.a" + repeated("&&@.a", 64) + ")]"));
}

TEST(Limits, NestedFilters) { EXPECT_FALSE(Path::compile("$" + repeated("[?(@", 4000) + repeated(")]", 4000 / 2))); }

TEST(Limits, ValuesVisited) {
  const std::string wide = "[" + repeated("0,", 999) + "0]";
  const std::string nested = repeated("[", 900) + wide + repeated("]", 900);
  json::Arena arena;
  const json::Value document = document_of(arena, nested);
  EXPECT_TRUE(Path::compile("$..*")->evaluate(arena, document));
  // Every array is a place where the second scan begins anew.
  const auto result = Path::compile("$..*..*..*")->evaluate(arena, document);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, EvaluationError::Kind::limit);
  EXPECT_EQ(result.error().message, "The path visits more than 2000000 values, or values nested deeper than 2000");
}

TEST(Limits, ValuesVisitedByFilters) {
  json::Arena arena;
  const json::Value document = document_of(arena, "[" + repeated("0,", 20'000) + "0]");
  const std::string criteria = "@" + repeated(" || @ == 1", 63);
  EXPECT_TRUE(Path::compile("$[?(@)]")->evaluate(arena, document));
  EXPECT_FALSE(Path::compile("$[?(" + criteria + ")]")->evaluate(arena, document));
}

TEST(Limits, DepthOfTheDocument) {
  json::Arena arena;
  json::Value document = json::Value::boolean(true);
  for (int i = 0; i < 100'000; ++i) document = json::Value::array({arena.make<json::Value>(document), 1});
  const auto result = Path::compile("$..a")->evaluate(arena, document);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, EvaluationError::Kind::limit);
}

}  // namespace
}  // namespace stepwell::jsonpath
