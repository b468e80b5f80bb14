#include "table.h"

namespace stepwell::jsonpath {
namespace {

constexpr std::string_view store = R"({"book":[{"title":"A","price":8.95},{"title":"B","price":12.99,"isbn":"1"},)"
                                   R"({"title":"C","price":8.99,"isbn":"2"}],"bicycle":{"color":"red","price":19.95}})";

TEST(Definite, OnePlace) {
  expect_rows({
      {"$", R"({"a":1})", R"({"a":1})"},
      {"$", "5", "5"},
      {" $.a ", R"({"a":1})", "1"},
      {"$.a.b.c", R"({"a":{"b":{"c":[1]}}})", "[1]"},
      {"$.a[1].b", R"({"a":[0,{"b":2}]})", "2"},
      {"$[0]", "[7]", "7"},
      {"$.[0]", "[7]", "7"},
      {"$[0][1]", "[[1,2]]", "2"},
      {"$['a']['b']", R"({"a":{"b":3}})", "3"},
      {"$.a.['b c']", R"({"a":{"b c":3}})", "3"},
      {"$[ 'a' ]", R"({"a":1})", "1"},
      {"$['']", R"({"":1})", "1"},
      {"$.a", R"({"a":null})", "null"},
      {"$.ünïcode-name_1@$", R"({"ünïcode-name_1@$":1})", "1"},
      {"$.a", R"({"a":1.0,"b":2})", "1.0"},
      {"$.a", R"({"a":1,"a":2})", "2"},
  });
}

TEST(Definite, NamesInBracketsAreLiteral) {
  expect_rows({
      {R"($['Test\""Name"'])", R"({"Test\\\"\"Name\"":1})", "1"},
      {"$['a.b[0]']", R"({"a.b[0]":1})", "1"},
      {R"($['back\'])", R"({"back\\":1})", "1"},
  });
}

TEST(Definite, SeveralNamesMakeAnObjectOfThoseThatAreThere) {
  expect_rows({
      {"$['a','b']", R"({"b":2,"a":1,"c":3})", R"({"a":1,"b":2})"},
      {"$['a', 'x']", R"({"a":1})", R"({"a":1})"},
      {"$.o['a','b']", R"({"o":{"a":1}})", R"({"a":1})"},
      {"$['a','b']", "[1]", "not_found: Property ['a', 'b'] not found in path $"},
      {"$['a', 'b'].v", R"({"a":{"v":1}})", "invalid: Multi properties can only be used as path leafs: $['a', 'b']"},
  });
}

TEST(Definite, FromTheEnd) {
  expect_rows({
      {"$.a[(@.length-1)]", R"({"a":[1,2,3]})", "3"},
      {"$.a[(@.length - 3)]", R"({"a":[1,2,3]})", "1"},
      {"$.a[(@.size()-2)]", R"({"a":[1,2,3]})", "2"},
      {"$.a[@.length-1]", R"({"a":[1,2,3]})", "3"},
      {"$.a[(@.length-1)].b", R"({"a":[{"b":1},{"b":2}]})", "2"},
      {"$.a[(@.length-4)]", R"({"a":[1,2,3]})",
       "index_out_of_range: Index out of bounds when evaluating path $['a'][-1]"},
  });
}

TEST(Definite, WhatIsMissing) {
  expect_rows({
      {"$.NoSuchOutputPath", "{}", "not_found: No results for path: $['NoSuchOutputPath']"},
      {"$.no.such.result.path", "{}", "not_found: Missing property in path $['no']"},
      {"$.a.b.c", R"({"a":{}})", "not_found: Missing property in path $['a']['b']"},
      {"$.a.b", R"({"a":{}})", "not_found: No results for path: $['a']['b']"},
      {"$.a[0].b", R"({"a":[{}]})", "not_found: No results for path: $['a'][0]['b']"},
      {"$.list.length()", R"({"list":[1]})", "not_found: Property ['length()'] not found in path $['list']"},
      {"$.a.b", R"({"a":"text"})", "not_found: Property ['b'] not found in path $['a']"},
      {"$.a.b", R"({"a":null})", "not_found: Property ['b'] not found in path $['a']"},
      {"$.a", "[1]", "not_found: Property ['a'] not found in path $"},
      {"$.a[0]", R"({"a":null})", "not_found: The path $['a'] is null"},
  });
}

TEST(Definite, IndexOutOfRange) {
  expect_rows({
      {"$[3]", "[1,2,3]", "index_out_of_range: Index out of bounds when evaluating path $[3]"},
      {"$.a[0]", R"({"a":[]})", "index_out_of_range: Index out of bounds when evaluating path $['a'][0]"},
      {"$.a[-1]", R"({"a":[1]})", "index_out_of_range: Index out of bounds when evaluating path $['a'][-1]"},
      {"$.a[-1].name", R"({"a":[{"name":1}]})", "not_found: Property ['name'] not found in path $['a'][-1]"},
      {"$.a[2147483647]", R"({"a":[]})",
       "index_out_of_range: Index out of bounds when evaluating path $['a'][2147483647]"},
  });
}

TEST(Definite, IndexOnWhatIsNoArray) {
  expect_rows({
      {"$.a[0]", R"({"a":{"b":1}})",
       R"(invalid: Filter: [0] can only be applied to arrays. Current context is: {"b":1})"},
      {"$.a[0]['b'].c", R"({"a":"text"})",
       "invalid: Filter: [0]['b']['c'] can only be applied to arrays. Current context is: text"},
      {"$[0][1]", R"(["text"])", R"(invalid: Filter: [1] can only be applied to arrays. Current context is: "text")"},
      {"$.a[(@.length-1)]", R"({"a":5})",
       "invalid: Filter: [@.size()-1] can only be applied to arrays. Current context is: 5"},
      {"$[0][0]", "[null]", "invalid: Filter: [0] can only be applied to arrays. Current context is: null"},
  });
}

TEST(Indefinite, Wildcard) {
  expect_rows({
      {"$[*]", "[1,[2]]", "[1,[2]]"},
      {"$.*", R"({"a":1,"b":2})", "[1,2]"},
      {"$.a[*].b", R"({"a":[{"b":1},{},{"b":null},5,{"b":[2]}]})", "[1,null,[2]]"},
      {"$.a.*.b", R"({"a":[{"b":1}]})", "[1]"},
      {"$[*][*]", "[[1,2],[3]]", "[1,2,3]"},
      {"$[*]", "5", "[]"},
      {"$[*]", "null", "[]"},
      {"$.*.b", R"({"x":{"b":1},"y":{}})", "not_found: No results for path: $['y']['b']"},
      {"$[*][0]", "[[1],5]", "invalid: Filter: [0] can only be applied to arrays. Current context is: 5"},
      {"$.[*].['bucket', 'key']", R"([{"bucket":1,"key":2,"x":3},{"key":4}])", R"([{"bucket":1,"key":2},{"key":4}])"},
  });
}

TEST(Indefinite, Slices) {
  expect_rows("[0,1,2,3,4]", {
                                 {"$[1:]", "[1,2,3,4]"},
                                 {"$[:2]", "[0,1]"},
                                 {"$[1:3]", "[1,2]"},
                                 {"$[ 1 : 3 ]", "[1,2]"},
                                 {"$[1:99]", "[1,2,3,4]"},
                                 {"$[5:]", "[]"},
                                 {"$[3:1]", "[]"},
                                 {"$[-2:]", "[3,4]"},
                                 {"$[-9:]", "[0,1,2,3,4]"},
                                 {"$[:-2]", "[0,1,2]"},
                                 {"$[:-9]", "[]"},
                                 {"$[1:-1]", "[]"},
                                 {"$[-2:1]", "[null,null,0]"},
                                 {"$[0:4:2]", "[0,1,2,3]"},
                                 {"$[0,2]", "[0,2]"},
                                 {"$[4, 0, 9, -1]", "[4,0,null,null]"},
                             });
  expect_rows({
      {"$[-2:-1]", "[]", "[]"},
      {"$.a[1:].b", R"({"a":[0,{"b":1},{"b":2}]})", "[1,2]"},
      {"$.a[0:].b", R"({"a":[{"b":1},{}]})", "not_found: No results for path: $['a'][1]['b']"},
      {"$.a[1:]", R"({"a":"x"})", "invalid: Filter: [1:] can only be applied to arrays. Current context is: x"},
      {"$[:1]", "{}", "invalid: Filter: [:1] can only be applied to arrays. Current context is: {}"},
      {"$[0,1]", "{}", "invalid: Filter: [0,1] can only be applied to arrays. Current context is: {}"},
  });
}

TEST(Indefinite, MissingDataIsEmpty) {
  expect_rows("{}", {
                        {"$[*]", "[]"},
                        {"$.items[*]", "[]"},
                        {"$.items[*].itemValue", "[]"},
                        {"$.items[1:]", "[]"},
                        {"$.items[:1]", "[]"},
                        {"$.items[1:].itemValue", "[]"},
                        {"$.item.items[1:5]", "[]"},
                        {"$.item.items[1:5].itemValue", "[]"},
                        {"$.items[?(@.a == 1)].b", "[]"},
                        {"$..a", "[]"},
                    });
}

TEST(Indefinite, DeepScan) {
  expect_rows(store, {
                         {"$..price", "[8.95,12.99,8.99,19.95]"},
                         {"$.book..title", R"(["A","B","C"])"},
                         {"$..book[1].title", R"(["B"])"},
                         {"$..book[(@.length-1)].title", R"(["C"])"},
                         {"$..book[*].isbn", R"(["1","2"])"},
                         {"$..bicycle.color", R"(["red"])"},
                         {"$..['color', 'price']", R"([{"color":"red","price":19.95}])"},
                         {"$..[?(@.price > 12)].price", "[12.99,19.95]"},
                     });
  expect_rows({
      {"$..a", R"({"a":{"a":1},"b":[{"a":2},[{"a":3}]]})", R"([{"a":1},1,2,3])"},
      {"$.d..a", R"({"d":{"x":{"a":[1,2]}}})", "[[1,2]]"},
      {"$.d..a[*]", R"({"d":{"x":{"a":[1,2]}}})", "[1,2]"},
      {"$..*", R"({"a":[1,{"b":2}]})", R"([[1,{"b":2}],1,{"b":2},2])"},
      {"$..[0]", "[[1,2],[3]]", "[[1,2],1,3]"},
      {"$..[0].n", R"([{"n":1},{"n":2}])", "[1,2]"},
      {"$..a..b", R"({"a":{"x":{"b":1},"b":2}})", "[2,1]"},
      {"$..a.b", R"({"a":{"c":1}})", "not_found: No results for path: $['a']['b']"},
      {"$..a", "5", "[]"},
  });
}

TEST(Results, ShareTheInput) {
  json::Arena arena;
  const json::Value document = document_of(arena, R"({"a":[{"b":[1,2]}]})");
  const json::Value inner = document.find("a")->elements()[0];
  for (const std::string_view path : {"$.a[0]", "$.a[(@.length-1)]"}) {
    EXPECT_TRUE(Path::compile(path)->evaluate(arena, document)->same_as(inner)) << path;
  }
  EXPECT_TRUE(Path::compile("$..b")->evaluate(arena, document)->elements()[0].same_as(*inner.find("b")));
}

TEST(Results, ADefinitePathTakesNoMemory) {
  json::Arena arena;
  const json::Value document = document_of(arena, R"({"a":{"b":[1]}})");
  json::Arena untouched;
  EXPECT_TRUE(Path::compile("$.a.b[0]")->evaluate(untouched, document));
  EXPECT_EQ(untouched.bytes(), 0U);
}

}  // namespace
}  // namespace stepwell::jsonpath
