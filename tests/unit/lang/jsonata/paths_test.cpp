#include "table.h"

namespace stepwell::jsonata {
namespace {

TEST(Paths, NamesGoIntoObjectsAndOverArrays) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"order.id", "7"},
          {"order.customer.name", R"("Zoe")"},
          {"order.customer.`x y`", "1"},
          {R"(order."customer"."x y")", "1"},
          {"order.lines.sku", R"(["A","B","C"])"},
          {"order.lines.tags", R"(["red","big"])"},
          {"order.lines.price", "[2.5,10,0.5]"},
          {"nested", "[[1,2],[3,[4]]]"},
          {"order.lines.sku.x", "undefined"},
          {"order.missing.name", "undefined"},
          {"order.id.name", "undefined"},
          {"nothing", "null"},
          {"nothing.x", "undefined"},
          {"flag", "false"},
          {"and", "undefined"},
          {"or", "undefined"},
          {"in", "undefined"},
      });
}

TEST(Paths, AResultOfOneIsThatOneAndAnEmptyOneIsNothing) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"order.lines[sku='A'].price", "2.5"},
          {"order.lines[sku='Z']", "undefined"},
          {"empty", "[]"},
          {"empty.x", "undefined"},
          {"order.lines[1].tags", "[]"},
          {"[empty]", "[]"},
          {"[order.lines[5]]", "[]"},
          {"order.lines[0].tags[0]", R"("red")"},
      });
}

TEST(Paths, BracketsWithNothingInThemKeepAnArray) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"order.id[]", "[7]"},
          {"order.lines[sku='A'].price[]", "[2.5]"},
          {"order[].lines[sku='A'].price", "[2.5]"},
          {"order.customer.name[]", R"(["Zoe"])"},
          {"missing[]", "undefined"},
          {"$.order.id[]", "[7]"},
          {"order.lines[][0].sku", R"(["A"])"},
          {"order.lines[0][].sku", R"(["A"])"},
          {"($x := 5; $x[])", "5"},
          {"($x := [5]; $x[])", "[5]"},
          {"(order.id[])", "[7]"},
          {"order.(id[])", "7"},
          {"order.(true ? id[])", "7"},
          {"order.(lines.sku[])", R"(["A","B","C"])"},
          {"order.lines[0].(tags[0][])", R"("red")"},
      });
}

TEST(Paths, ContextAndRoot) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"$.order.id", "7"},
          {"order.$.id", "7"},
          {"$$.order.id", "7"},
          {"order.lines.$$.order.id", "[7,7,7]"},
          {"order.lines.($.qty)", "[4,1,0]"},
          {"order.lines[0].($$.flag)", "false"},
      });
}

TEST(Paths, AnArrayAsInputIsOneInput) {
  expect_rows(R"([{"a":1},{"a":2},[3]])", {
                                              {"a", "[1,2]"},
                                              {"$", R"([{"a":1},{"a":2},[3]])"},
                                              {"$[0]", R"({"a":1})"},
                                              {"$[1].a", "2"},
                                              {"$.a", "[1,2]"},
                                              {"$count($)", "3"},
                                              {"*", R"([{"a":1},{"a":2},3])"},
                                              {"[a]", "[1,2]"},
                                              {"$map($, function($v){$v.a})", "[1,2]"},
                                              {"$string()", R"("[{\"a\":1},{\"a\":2},[3]]")"},
                                          });
}

TEST(Paths, Wildcards) {
  expect_rows(R"({"a":{"x":1,"y":[2,[3]]},"b":{"x":4}})",
              {
                  {"*.x", "[1,4]"},
                  {"a.*", "[1,2,3]"},
                  {"*.*", "[1,2,3,4]"},
                  {"b.*", "4"},
                  {"*", R"([{"x":1,"y":[2,[3]]},{"x":4}])"},
                  {"**.x", "[1,4]"},
                  {"**", R"([{"a":{"x":1,"y":[2,[3]]},"b":{"x":4}},{"x":1,"y":[2,[3]]},1,2,3,{"x":4},4])"},
                  {"a.**", R"([{"x":1,"y":[2,[3]]},1,2,3])"},
                  {"**[$type($)='number']", "[1,2,3,4]"},
                  {"c.*", "undefined"},
              });
}

TEST(Paths, NumbersInBracketsCountFromEitherEnd) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"order.lines[0].sku", R"("A")"},
          {"order.lines[-1].sku", R"("C")"},
          {"order.lines[-4].sku", "undefined"},
          {"order.lines[3].sku", "undefined"},
          {"order.lines[1.9].sku", R"("B")"},
          {"order.lines[-0.5].sku", R"("C")"},
          {"order.lines.tags[0]", R"("red")"},
          {"(order.lines.tags)[0]", R"("red")"},
          {"nested[0]", "[1,2]"},
          {"nested[0][1]", "2"},
          {"nested[1][1]", "[4]"},
          {"order[0].id", "7"},
          {"order[1].id", "undefined"},
          {"order.lines[[0..1]].sku", R"(["A","B"])"},
          {"order.lines[[2,0,0]].sku", R"(["A","A","C"])"},
          {"order.lines[[]].sku", "undefined"},
          {"order.lines[1-1].sku", R"("A")"},
      });
}

TEST(Paths, ConditionsInBrackets) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"order.lines[price > 1].sku", R"(["A","B"])"},
          {"order.lines[price > 1 and qty > 1].sku", R"("A")"},
          {"order.lines[tags].sku", R"("A")"},
          {"order.lines['red' in tags].sku", R"("A")"},
          {"order.lines[qty].sku", R"("B")"},
          {"order.lines[$.qty = 0].sku", R"("C")"},
          {"order.lines[true].sku", R"(["A","B","C"])"},
          {"order.lines[false].sku", "undefined"},
          {"order.lines['x'].sku", R"(["A","B","C"])"},
          {"order.lines[nothing].sku", "undefined"},
          {"order.lines[price > 1][0].sku", R"("A")"},
          {"order.lines[0][price > 1].sku", R"("A")"},
          {"order.customer[name='Zoe'].`x y`", "1"},
          {"order.lines[sku='A' or sku='C'].sku", R"(["A","C"])"},
      });
}

TEST(Paths, ExpressionsAsSteps) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"order.lines.(price * qty)", "[10,10,0]"},
          {"order.lines.[sku, qty]", R"([["A",4],["B",1],["C",0]])"},
          {"order.lines.{sku: qty}", R"([{"A":4},{"B":1},{"C":0}])"},
          {"order.(id + 1)", "8"},
          {"order.lines.tags.$uppercase($)", R"(["RED","BIG"])"},
          {"order.lines.$string(qty)", R"(["4","1","0"])"},
          {R"(order.lines.sku.("<" & $ & ">"))", R"(["<A>","<B>","<C>"])"},
          {"[1, 2].($ + 1)", "[2,3]"},
          {"{'a': 5}.a", "5"},
          {"$sum(order.lines.(price * qty))", "20"},
          {"order.lines.(tags)[0]", R"("red")"},
          {"[order].id", "7"},
          {"[[1, 2], [3]].$", "[1,2,3]"},
      });
}

TEST(Paths, OrderBy) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"order.lines^(price).sku", R"(["C","A","B"])"},
          {"order.lines^(>price).sku", R"(["B","A","C"])"},
          {"order.lines^(<qty, >price).sku", R"(["C","B","A"])"},
          {"order.lines^(tags[0]).sku", R"(["A","B","C"])"},
          {"[3, 1, 2]^($)", "[1,2,3]"},
          {"['b', 'a']^(>$)", R"(["b","a"])"},
          {"order.lines^(missing).sku", R"(["A","B","C"])"},
          {"order.lines^(price)[0].sku", R"("C")"},
          {"order.lines[qty > 0]^(qty).{sku: qty}", R"([{"B":1},{"A":4}])"},
          {"5^($)", "5"},
      });
}

TEST(Paths, Groups) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"order.lines{sku: price}", R"({"A":2.5,"B":10,"C":0.5})"},
          {"order.lines{sku: price * qty}", R"({"A":10,"B":10,"C":0})"},
          {"order.lines.tags{$: $count($)}", R"({"red":1,"big":1})"},
          {"order.lines{'all': sku}", R"({"all":["A","B","C"]})"},
          {"order.lines{'n': $count($), 'sum': $sum(qty)}", R"({"n":3,"sum":5})"},
          {"missing{'a': 1}", R"({"a":1})"},
          {"order.lines{missing: 1}", "{}"},
          {"order{'id': id}.id", "{}"},
          {"(order.lines){sku: qty}", R"({"A":4,"B":1,"C":0})"},
          {"order.lines.{'s': sku}", R"([{"s":"A"},{"s":"B"},{"s":"C"}])"},
      });
}

TEST(Paths, ParentsArePlacesThatAStepCameFrom) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"order.lines.{'o': %.id, 's': sku}", R"([{"o":7,"s":"A"},{"o":7,"s":"B"},{"o":7,"s":"C"}])"},
          {"order.lines.tags.{'t': $, 's': %.sku, 'o': %.%.id}",
           R"([{"t":"red","s":"A","o":7},{"t":"big","s":"A","o":7}])"},
          {"order.lines[%.id = 7].sku", R"(["A","B","C"])"},
          {"order.lines[%.id = 8].sku", "undefined"},
          {"order.customer.name.(%.`x y`)", "1"},
          {"order.lines.(%.id + qty)", "[11,8,7]"},
          {"order.lines.sku.%.qty", "[4,1,0]"},
          {"order.lines^(%.id).sku", R"(["A","B","C"])"},
      });
}

TEST(Paths, VariablesOfSteps) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"order.lines@$l.{'s': $l.sku, 'o': id}", R"([{"s":"A","o":7},{"s":"B","o":7},{"s":"C","o":7}])"},
          {"order.lines#$i.{'i': $i, 's': sku}", R"([{"i":0,"s":"A"},{"i":1,"s":"B"},{"i":2,"s":"C"}])"},
          {"order.lines#$i[$i > 0].sku", R"(["B","C"])"},
          {"order.lines[qty > 0]#$i.($i & sku)", R"(["0A","1B"])"},
          {"order.lines@$a.lines@$b[$a.qty < $b.qty].($a.sku & $b.sku)", R"(["BA","CA","CB"])"},
          {"order.lines@$l#$i.($i & $l.sku)", R"(["0A","1B","2C"])"},
          {"order.lines^(price)#$i.($i & sku)", R"(["0C","1A","2B"])"},
          {"order.lines#$i{sku: $i}", R"({"A":0,"B":1,"C":2})"},
          {"order.lines@$l[$l.qty > 0].$l.sku", R"(["A","B"])"},
          {"order.lines.tags#$i.($i & $)", R"(["0red","1big"])"},
      });
}

TEST(Paths, PredicatesOfWhatIsNoPath) {
  expect_rows(
      R"({"order":{"id":7,"customer":{"name":"Zoe","x y":1},"lines":[{"sku":"A","price":2.5,"qty":4,"tags":["red","big"]},{"sku":"B","price":10,"qty":1,"tags":[]},{"sku":"C","price":0.5,"qty":0}]},"empty":[],"nothing":null,"nested":[[1,2],[3,[4]]],"flag":false})",
      {
          {"(order.lines)[0].sku", R"("A")"},
          {"(order.lines.tags)[1]", R"("big")"},
          {R"("order"[0].id)", "7"},
          {R"("absent"[[0..1]].([1]))", "undefined"},
          {"(absent@$v.x)[true].[1]", "undefined"},
          {"[absent].x.y", "[]"},
          {"[absent][].x", "[[]]"},
          {"[order.lines#$i.sku][false].x", "undefined"},
          {"[absent#$v.x].y", "[]"},
          {"[order.lines@$l.sku][[0..1]].$", "undefined"},
          {"([order.lines.qty])[1]", "1"},
          {"[[], [1]]^($count($))[0]", "[]"},
          {"[[2], [1, 1]]^($count($))[0].$", "2"},
          {"order.id.*[$ = 1]", "undefined"},
          {"(order.lines@$l)[0].sku", "undefined"},
          {"(order)[id = 7].customer.name", R"("Zoe")"},
          {"{'a': [1, 2]}[0].a", "[1,2]"},
          {"$map([1, 2], function($v){($map([], $string))})", "[[],[]]"},
          {"$map([1, 2], function($v){$map([], $string)})", "[[],[]]"},
          {"$map([1], function($v){$v = 1 ? $filter([1, 2], function($x){$x = 2})})", "[2]"},
          {"($v := order.lines.tags.(%.sku & $); $f := function($x){$x}; $f($v))", R"(["Ared","Abig"])"},
          {"order.lines.($q := qty; $f := function(){$q + %.id}; qty)", "[4,1,0]"},
          {"order.lines#$i.($f := function(){$i}; $f() + qty)", "[4,2,2]"},
          {"order[].lines{sku: 1} ~> $keys", R"(["A","B","C"])"},
          {"order[id = 7][] ~> $count", "1"},
          {"order[].customer.name ~> $uppercase", "T0410 at 24"},
          {"$$[].order.id ~> $string", R"("[7]")"},
          {"$spread([[]])", "[]"},
          {"$spread([])", "undefined"},
      });
}

TEST(Paths, WhatIsOnceInTheInputStaysWhatItIs) {
  expect_rows(R"({"a":[1.0,{"b":[null,true]}],"c":{"d":{}}})",
              {
                  {"a[1]", R"({"b":[null,true]})"},
                  {"c", R"({"d":{}})"},
                  {"a[1].b", "[null,true]"},
                  {"c.d", "{}"},
                  {"a[1].b[0]", "null"},
                  {"{'x': a[1], 'y': c.d}", R"({"x":{"b":[null,true]},"y":{}})"},
                  {"[c, c]", R"([{"d":{}},{"d":{}}])"},
              });
}

}  // namespace
}  // namespace stepwell::jsonata
