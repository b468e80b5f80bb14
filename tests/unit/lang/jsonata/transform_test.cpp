#include "table.h"

namespace stepwell::jsonata {
namespace {

TEST(Transforms, ChangeACopy) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"$ ~> |order.lines|{'total': price * qty}| ~> $lookup('order') ~> $lookup('lines')",
           R"([{"sku":"A","price":2.5,"qty":4,"tags":["red","big"],"total":10},{"sku":"B","price":10,"qty":1,"tags":[],"total":10},{"sku":"C","price":0.5,"qty":0,"total":0}])"},
          {"order ~> |customer|{'name': $uppercase(name)}|",
           R"({"id":7,"customer":{"name":"ZOE","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]})"},
          {"order.customer ~> |$|{}, 'x y'|", R"({"name":"Zoe"})"},
          {"order.customer ~> |$|{}, ['x y', 'name']|", "{}"},
          {"order ~> |missing|{'a': 1}|",
           R"({"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]})"},
          {"order.lines ~> |$|{'n': sku}, ['price', 'qty', 'tags']|",
           R"([{"sku":"A","n":"A"},{"sku":"B","n":"B"},{"sku":"C","n":"C"}])"},
          {"missing ~> |$|{'a': 1}|", "undefined"},
          {"($t := |customer|{'id': 1}|; $t(order).customer.id)", "1"},
          {"order.customer ~> |$|missing|", R"({"name":"Zoe","x y":1})"},
          {"(order.customer ~> |$|{'name': 'x'}|; order.customer.name)", R"("Zoe")"},
          {"order ~> |**.lines[qty > 1]|{'many': true}| ~> $lookup('lines')",
           R"([{"sku":"A","price":2.5,"qty":4,"tags":["red","big"],"many":true},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}])"},
          {"{'a': [{'b': 1}, {'b': 2}]} ~> |a|{'b': b + 1}|", R"({"a":[{"b":2},{"b":3}]})"},
      });
}

TEST(Transforms, ThatAreWrong) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"order ~> |customer|5|", "T2011 at 20"},
          {"order ~> |customer|{}, 5|", "T2012 at 24"},
          {"order ~> |customer|{}, ['a', 5]|", "T2012 at 24"},
          {"5 ~> |$|{}|", "T0410 at 4"},
          {"($clone := 5; order ~> |$|{}|)", "T2013 at 24"},
          {"'x' ~> |$|{}|", "T0410 at 6"},
          {"order ~> |customer|[1]|", "T2011 at 20"},
          {"null ~> |$|{}|", "T0410 at 7"},
      });
}

}  // namespace
}  // namespace stepwell::jsonata
