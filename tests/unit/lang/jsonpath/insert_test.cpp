#include "table.h"

namespace stepwell::jsonpath {
namespace {

std::string inserted(std::string_view path, std::string_view root, std::string_view value) {
  json::Arena arena;
  const auto result = Path::compile(path)->insert(arena, document_of(arena, root), document_of(arena, value));
  return result ? json::print(*result) : result.error().message;
}

TEST(Insert, PutsTheValueInPlace) {
  struct {
    std::string_view path, root, value, expected;
  } constexpr rows[] = {
      {"$", R"({"a":1})", "2", "2"},
      {"$.b", R"({"a":1})", "2", R"({"a":1,"b":2})"},
      {"$.a", R"({"a":1,"b":2})", "[3]", R"({"a":[3],"b":2})"},
      {"$.x.y.z", R"({"a":1})", "2", R"({"a":1,"x":{"y":{"z":2}}})"},
      {"$.x.y", R"({"x":{"k":0}})", "2", R"({"x":{"k":0,"y":2}})"},
      {"$.a[1]", R"({"a":[1,2,3]})", "{}", R"({"a":[1,{},3]})"},
      {"$[1].payload", R"([{"a":1},{"id":7},4])", R"({"s":1})", R"([{"a":1},{"id":7,"payload":{"s":1}},4])"},
      {"$['a b']", "{}", "null", R"({"a b":null})"},
      {"$.a", "5", "1", "Unable to apply ReferencePath $.a to input 5"},
      {"$.a.b", R"({"a":"x"})", "1", R"(Unable to apply ReferencePath $.a.b to input {"a":"x"})"},
      {"$.a.b", R"({"a":null})", "1", R"(Unable to apply ReferencePath $.a.b to input {"a":null})"},
      {"$.a[0]", "{}", "1", "Unable to apply ReferencePath $.a[0] to input {}"},
      {"$[1]", "[1]", "1", "Unable to apply ReferencePath $[1] to input [1]"},
      {"$[0]", R"({"a":1})", "1", R"(Unable to apply ReferencePath $[0] to input {"a":1})"},
  };
  for (const auto& row : rows) EXPECT_EQ(inserted(row.path, row.root, row.value), row.expected) << row.path;
}

TEST(Insert, LeavesTheInputAloneAndSharesTheRest) {
  json::Arena arena;
  const json::Value root = document_of(arena, R"({"a":{"x":[1,2]},"b":{}})");
  const auto result = Path::compile("$.b.c")->insert(arena, root, json::Value::boolean(true));
  ASSERT_TRUE(result);
  EXPECT_EQ(json::print(root), R"({"a":{"x":[1,2]},"b":{}})");
  EXPECT_TRUE(result->find("a")->same_as(*root.find("a")));
}

TEST(Insert, KeepsAnIndexedObjectIndexed) {
  std::string text = "{";
  for (int i = 0; i < 40; ++i) text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":" + std::to_string(i);
  text += "}";
  json::Arena arena;
  const json::Value root = document_of(arena, text);
  const auto added = Path::compile("$.new")->insert(arena, root, json::Value::boolean(true));
  const auto replaced = Path::compile("$.k7")->insert(arena, root, json::Value::boolean(true));
  EXPECT_EQ(added->size(), 41U);
  EXPECT_TRUE(added->find("new")->as_boolean());
  EXPECT_EQ(replaced->size(), 40U);
  EXPECT_TRUE(replaced->find("k7")->as_boolean());
  EXPECT_EQ(replaced->members()[7].key, "k7");
}

TEST(Insert, ANameOutlivesThePath) {
  json::Arena arena;
  json::Value result;
  {
    const auto path = Path::compile("$.a_name_that_is_longer_than_what_a_string_holds_in_place");
    result = *path->insert(arena, document_of(arena, "{}"), json::Value::boolean(true));
  }
  EXPECT_EQ(json::print(result), R"({"a_name_that_is_longer_than_what_a_string_holds_in_place":true})");
}

}  // namespace
}  // namespace stepwell::jsonpath
