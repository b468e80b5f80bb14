#include "table.h"

namespace stepwell::jsonpath {
namespace {

TEST(Compile, TellsWhatAPathIs) {
  struct {
    std::string_view path;
    bool definite, reference;
  } constexpr rows[] = {
      {"$", true, true},
      {"$.a['b'][0]", true, true},
      {"$.a[-1]", true, false},
      {"$.a[(@.length-1)]", true, false},
      {"$['a','b']", true, false},
      {"$.a[0,1]", false, false},
      {"$.a[1:]", false, false},
      {"$.a[*].b", false, false},
      {"$.*", false, false},
      {"$..a", false, false},
      {"$.a[?(@.b)].c", false, false},
  };
  for (const auto& row : rows) {
    const auto path = Path::compile(row.path);
    ASSERT_TRUE(path) << row.path;
    EXPECT_EQ(path->is_definite(), row.definite) << row.path;
    EXPECT_EQ(path->is_reference(), row.reference) << row.path;
    EXPECT_EQ(path->is_root(), row.path == "$") << row.path;
    EXPECT_EQ(path->text(), row.path);
  }
}

TEST(Compile, RefusesWhatIsNoPath) {
  struct {
    std::string_view path;
    std::size_t offset;
    std::string_view message;
  } constexpr rows[] = {
      {"", 0, "A path begins with '$'"},
      {"a", 0, "A path begins with '$'"},
      {"@.a", 0, "A path begins with '$'"},
      {"$a", 1, "Expected '.' or '['"},
      {"$*", 1, "Expected '.' or '['"},
      {"$[0]a", 4, "Expected '.' or '['"},
      {"$.", 2, "Expected a name, '*' or '['"},
      {"$.a.", 4, "Expected a name, '*' or '['"},
      {"$.a...b", 5, "Expected a name, '*' or '['"},
      {"$.a..", 5, "A path can not end with a scan."},
      {"  $.a b", 5, "Space not allowed in path"},
      {"$[", 2, "Expected a name in single quotes, an index, a slice, '*' or '?(…)' in brackets"},
      {"$[]", 2, "Expected a name in single quotes, an index, a slice, '*' or '?(…)' in brackets"},
      {"$[a]", 2, "Expected a name in single quotes, an index, a slice, '*' or '?(…)' in brackets"},
      {R"($["a"])", 2, "Expected a name in single quotes, an index, a slice, '*' or '?(…)' in brackets"},
      {"$['a", 3, "The name has no closing quote"},
      {"$['a'", 5, "Expected ']'"},
      {"$['a' 'b']", 6, "Expected ']'"},
      {"$['a',]", 6, "Expected a name in single quotes"},
      {"$['a',1]", 6, "Expected a name in single quotes"},
      {"$[1", 3, "Expected ']'"},
      {"$[1x]", 3, "Expected ']'"},
      {"$[1,]", 4, "Expected a whole number of at most 32 bits"},
      {"$[:]", 3, "Expected a whole number of at most 32 bits"},
      {"$[-]", 2, "Expected a whole number of at most 32 bits"},
      {"$[2147483648]", 2, "Expected a whole number of at most 32 bits"},
      {"$[1,2:3]", 5, "Expected ']'"},
      {"$[*", 3, "Expected ']'"},
      {"$[(@.length)]", 12, "Expected [(@.length-n)] or [(@.size()-n)]"},
      {"$[(5)]", 5, "Expected [(@.length-n)] or [(@.size()-n)]"},
      {"$[(@.length+1)]", 14, "Expected [(@.length-n)] or [(@.size()-n)]"},
      {"$[(@.x-1)]", 9, "Expected [(@.length-n)] or [(@.size()-n)]"},
      {"$[?]", 3, "Expected '(' behind '?'"},
      {"$[?(@.a]", 3, "Filter brackets are not balanced"},
      {"$[?(@.a == ')]", 3, "Filter brackets are not balanced"},
      {"$[?(@.a) x]", 9, "Expected ']'"},
  };
  for (const auto& row : rows) {
    const auto path = Path::compile(row.path);
    ASSERT_FALSE(path) << row.path;
    EXPECT_EQ(path.error().message, row.message) << row.path;
    EXPECT_EQ(path.error().offset, row.offset) << row.path;
  }
}

TEST(Compile, RefusesWhatIsNoFilter) {
  struct {
    std::string_view path;
    std::size_t offset;
    std::string_view message;
  } constexpr rows[] = {
      {"$[?()]", 4, "Expected a path, or a comparison by ==, !=, <, <=, >, >= or =~"},
      {"$[?(a)]", 4, "Expected a path, or a comparison by ==, !=, <, <=, >, >= or =~"},
      {"$[?(!a)]", 5, "Expected a path, or a comparison by ==, !=, <, <=, >, >= or =~"},
      {"$[?(@.a &&)]", 10, "Expected a path, or a comparison by ==, !=, <, <=, >, >= or =~"},
      {"$[?(|| @.a)]", 4, "Expected a path, or a comparison by ==, !=, <, <=, >, >= or =~"},
      {"$[?(@.a in ['x'])]", 7, "Space not allowed in path"},
      {"$[?(@.a == )]", 10, "Expected a path or a value here"},
      {"$[?(== 1)]", 4, "Expected a path or a value here"},
      {"$[?(@.a == !@.b)]", 11, "Invalid negation! Can only be used for existence check e.g [?(!@.foo)]"},
      {"$[?(!@.a == 1)]", 4, "Invalid negation! Can only be used for existence check e.g [?(!@.foo)]"},
      {"$[?(@.a[*] == 1)]", 4, "the predicate path: @.a[*] is not definite"},
      {"$[?(1 == $..a)]", 9, "the predicate path: $..a is not definite"},
      {"$[?(@.a[?(@.b)])]", 8, "A path in a filter has no filter of its own"},
      {"$[?(@.a =~ b)]", 4, "=~ needs a regular expression, /…/ or /…/i, on one side"},
      {"$[?(/a/ =~ /b/)]", 4, "=~ needs a regular expression, /…/ or /…/i, on one side"},
      {"$[?(@.a =~ /(b/)]", 3, "Filter brackets are not balanced"},
      {"$[?(@.a =~ /b**/)]", 11, "Invalid regular expression /b**/: bad repetition operator: **"},
  };
  for (const auto& row : rows) {
    const auto path = Path::compile(row.path);
    ASSERT_FALSE(path) << row.path;
    EXPECT_EQ(path.error().message, row.message) << row.path;
    EXPECT_EQ(path.error().offset, row.offset) << row.path;
  }
}

}  // namespace
}  // namespace stepwell::jsonpath
