#include "table.h"

namespace stepwell::jsonata {
namespace {

TEST(Strings, Cast) {
  expect_rows(R"({"o":{"a":1,"b":[true,null]}})",
              {
                  {"$string(1)", R"("1")"},
                  {"$string('a')", R"("a")"},
                  {"$string(true)", R"("true")"},
                  {"$string(null)", R"("null")"},
                  {"$string([1, 'a'])", R"("[1,\"a\"]")"},
                  {"$string(o)", R"("{\"a\":1,\"b\":[true,null]}")"},
                  {"$string(o, true)", R"("{\n  \"a\": 1,\n  \"b\": [\n    true,\n    null\n  ]\n}")"},
                  {"$string([], true)", R"("[]")"},
                  {"$string({})", R"("{}")"},
                  {"$string(missing)", "undefined"},
                  {"$string($sum)", R"("")"},
                  {"$string({'f': $sum})", R"("{\"f\":\"\"}")"},
                  {"$string(0.1 + 0.2)", R"("0.3")"},
                  {"$string(1e21)", R"("1e+21")"},
                  {"$string(1/3)", R"("0.333333333333333")"},
                  {"$string(1/0)", "D3001 at 8"},
                  {"$string([1/0])", "D1001 at 8"},
                  {R"($string('é\n'))", R"("é\n")"},
                  {R"(["\n\""] ~> $string)", R"("[\"\\n\\\"\"]")"},
                  {"o.$string()", R"("{\"a\":1,\"b\":[true,null]}")"},
                  {"$string(123456789.123456789)", R"("123456789.123457")"},
                  {"5.0 ~> $string", R"("5")"},
                  {"$string(1, 2)", "T0410 at 8"},
                  {"$string()", R"("{\"o\":{\"a\":1,\"b\":[true,null]}}")"},
              });
}

TEST(Strings, Parts) {
  expect_rows(R"({"s":"hello","e":"a😀é"})", {
                                                 {"$substring(s, 1)", R"("ello")"},
                                                 {"$substring(s, -3)", R"("llo")"},
                                                 {"$substring(s, -3, 2)", R"("ll")"},
                                                 {"$substring(s, 1, 2)", R"("el")"},
                                                 {"$substring(s, 10)", R"("")"},
                                                 {"$substring(s, 0, 0)", R"("")"},
                                                 {"$substring(s, 0, -1)", R"("")"},
                                                 {"$substring(s, -10, 2)", R"("he")"},
                                                 {"$substring(e, 1, 1)", R"("😀")"},
                                                 {"$substring(e, 2)", R"("é")"},
                                                 {"$substring(missing, 1)", "undefined"},
                                                 {"$substring(s, 1.5)", R"("ello")"},
                                                 {"$substring(s, 1, 1.5)", R"("e")"},
                                                 {"s.$substring(2)", R"("llo")"},
                                                 {"$substring(5, 1)", "T0411 at 11"},
                                                 {"$substringBefore(s, 'l')", R"("he")"},
                                                 {"$substringBefore(s, 'x')", R"("hello")"},
                                                 {"$substringAfter(s, 'l')", R"("lo")"},
                                                 {"$substringAfter(s, 'x')", R"("hello")"},
                                                 {"$substringBefore(s, '')", R"("")"},
                                                 {"$substringAfter(s, '')", R"("hello")"},
                                                 {"$substringBefore(missing, 'a')", "undefined"},
                                                 {"$substringAfter(e, '😀')", R"("é")"},
                                             });
}

TEST(Strings, CaseLengthTrimPad) {
  expect_rows(R"({"s":" A  b\t\nc "})", {
                                            {"$uppercase('straße é')", R"("STRASSE É")"},
                                            {"$lowercase('ÀΣ İ')", R"("àς i̇")"},
                                            {"$length('a😀é')", "3"},
                                            {"$length('')", "0"},
                                            {"$length(missing)", "undefined"},
                                            {"$length(5)", "T0410 at 8"},
                                            {"$trim(s)", R"("A b c")"},
                                            {"$trim('')", R"("")"},
                                            {"$trim('   ')", R"("")"},
                                            {"$pad('a', 3)", R"("a  ")"},
                                            {"$pad('a', -3)", R"("  a")"},
                                            {"$pad('a', 5, '#')", R"("a####")"},
                                            {"$pad('a', -6, 'xyz')", R"("xyzxya")"},
                                            {"$pad('abc', 2)", R"("abc")"},
                                            {"$pad('a', 4, '')", R"("a   ")"},
                                            {"$pad('é', 3, '😀')", R"("é😀😀")"},
                                            {"$pad('a', 2.5)", R"("a ")"},
                                            {"$uppercase(missing)", "undefined"},
                                            {"$uppercase(1)", "T0410 at 11"},
                                            {"s.$trim()", R"("A b c")"},
                                        });
}

TEST(Strings, JoinAndSplit) {
  expect_rows(R"({"l":["a","b","c"]})", {
                                            {"$join(l)", R"("abc")"},
                                            {"$join(l, '-')", R"("a-b-c")"},
                                            {"$join('x', '-')", R"("x")"},
                                            {"$join([], '-')", R"("")"},
                                            {"$join(missing)", "undefined"},
                                            {"$join([1])", "T0412 at 6"},
                                            {"$join(['a', 1])", "T0412 at 6"},
                                            {"$split('a,b,,c', ',')", R"(["a","b","","c"])"},
                                            {"$split('abc', '')", R"(["a","b","c"])"},
                                            {"$split('a,b,c', ',', 2)", R"(["a","b"])"},
                                            {"$split('a,b', ',', 0)", "[]"},
                                            {"$split('a,b', ',', -1)", "D3020 at 7"},
                                            {"$split('', ',')", R"([""])"},
                                            {"$split('a', ',')", R"(["a"])"},
                                            {"$split(missing, ',')", "undefined"},
                                            {"$split('a1b22c', /[0-9]+/)", R"(["a","b","c"])"},
                                            {"$split('a1b22c', /[0-9]+/, 2)", R"(["a","b"])"},
                                            {"$split('a b', ' ', 1.5)", R"(["a"])"},
                                            {"$split(12, 2)", "T0410 at 7"},
                                            {"$split('ab', /b/)", R"(["a",""])"},
                                        });
}

TEST(Strings, ContainsMatchReplace) {
  expect_rows("", {
                      {"$contains('hello', 'ell')", "true"},
                      {"$contains('hello', 'x')", "false"},
                      {"$contains('hello', '')", "true"},
                      {"$contains('hello', /L+/i)", "true"},
                      {"$contains('hello', /x/)", "false"},
                      {"$contains(missing, 'a')", "undefined"},
                      {"$contains(5, 'a')", "T0410 at 10"},
                      {"$match('ab12cd', /[a-z]+/)",
                       R"([{"match":"ab","index":0,"groups":[]},{"match":"cd","index":4,"groups":[]}])"},
                      {R"($match('ab12', /([a-z])(\d)?/))",
                       R"([{"match":"a","index":0,"groups":["a",null]},{"match":"b1","index":1,"groups":["b","1"]}])"},
                      {"$match('aXbX', /X/, 1)", R"({"match":"X","index":1,"groups":[]})"},
                      {"$match('a', /x/)", "undefined"},
                      {"$match('a', /a/, 0)", "undefined"},
                      {"$match('a', /a/, -1)", "D3040 at 7"},
                      {"$match('é😀a', /a/)", R"({"match":"a","index":3,"groups":[]})"},
                      {"$replace('aXbX', 'X', '-')", R"("a-b-")"},
                      {"$replace('aXbX', 'X', '-', 1)", R"("a-bX")"},
                      {"$replace('aXbX', 'X', '-', 0)", R"("aXbX")"},
                      {"$replace('aXbX', 'X', '-', -1)", "D3011 at 9"},
                      {"$replace('a', '', '-')", "D3010 at 9"},
                      {"$replace('a', 'x', 'y')", R"("a")"},
                      {R"($replace('ab12', /([a-z]+)(\d+)/, '$2$1'))", R"("12ab")"},
                      {"$replace('abc', /b/, '[$0]')", R"("a[b]c")"},
                      {"$replace('abc', /b/, '$$')", R"("a$c")"},
                      {"$replace('abc', /b/, '$1')", R"("ac")"},
                      {"$replace('abc', /(b)/, '$12')", R"("ab2c")"},
                      {"$replace('abc', /b/, '$x')", R"("a$xc")"},
                      {R"($replace('a1b2', /\d/, function($m){$string($number($m.match) + 1)}))", R"("a2b3")"},
                      {R"($replace('a1b2', /\d/, function($m){5}))", "D3012 at 9"},
                      {"$replace('hello', /l/, 'L', 1)", R"("heLlo")"},
                      {"$replace('hello', 'l', function($m){'L'})", R"("heLLo")"},
                      {"$replace(missing, 'a', 'b')", "undefined"},
                      {"$replace('abc', missing, 'x')", R"("abc")"},
                      {R"($replace('John Smith', /(\w+)\s(\w+)/, '$2, $1'))", R"("Smith, John")"},
                  });
}

TEST(Strings, RegularExpressions) {
  expect_rows("", {
                      {R"($contains('a\nb', /^b/m))", "true"},
                      {R"($contains('a\nb', /^b/))", "false"},
                      {"$contains('A', /a/i)", "true"},
                      {R"($contains('a/b', /a\/b/))", "true"},
                      {R"($contains('a.b', /a\.b/))", "true"},
                      {"$contains('x', /[^x]/)", "false"},
                      {R"($contains('é', /\u00e9/))", "true"},
                      {R"($contains('a b', /\s/))", "true"},
                      {"$contains('ab', /(?:a)(?<n>b)/)", "true"},
                      {R"($split('a, b;c', /[,;]\s*/))", R"(["a","b","c"])"},
                      {"$match('foo', /o*/)", "D1004 at 7"},
                      {"$match('foo', /x*/)", "D1004 at 7"},
                      {"/a/('bab')", R"({"match":"a","start":1,"end":2,"groups":[]})"},
                      {"/a/('b')", "undefined"},
                      {"$map(['ab', 'b'], function($s){$contains($s, /a/)})", "[true,false]"},
                      {"/ab/i('xAB').match", R"("AB")"},
                      {"($m := /a/; $m('banana').next().start)", "3"},
                      {R"($match('test 10 and 200', /\d{2,}/).match)", R"(["10","200"])"},
                      {"$replace('aa', /a/, '$0$0')", R"("aaaa")"},
                      {"$contains('abc', function($s){missing})", "false"},
                      {"$contains('abc', function($s){{'start': 1, 'end': 2, 'match': 'b', 'groups': [], 'next': "
                       "function(){missing}}})",
                       "true"},
                      {"$split('abc', function($s){'wrong'})", "T1010 at 7"},
                      {"$replace('abc', function($s){{'start': 1, 'end': 2, 'match': true, 'groups': [], 'next': "
                       "function(){missing}}}, '[$0]')",
                       R"("a[]c")"},
                  });
}

TEST(Strings, Encodings) {
  expect_rows("", {
                      {"$base64encode('hello')", R"("aGVsbG8=")"},
                      {"$base64decode('aGVsbG8=')", R"("hello")"},
                      {"$base64encode('é')", R"("6Q==")"},
                      {"$base64decode('6Q==')", R"("é")"},
                      {"$base64encode('')", R"("")"},
                      {"$base64encode(missing)", "undefined"},
                      {"$base64decode('a-_b')", R"("kïÛ")"},
                      {"$encodeUrlComponent('a b&c/é')", R"("a%20b%26c%2F%C3%A9")"},
                      {"$encodeUrl('http://x/a b?q=é&r=1#f')", R"("http://x/a%20b?q=%C3%A9&r=1#f")"},
                      {"$decodeUrlComponent('a%20b%26%C3%A9')", R"("a b&é")"},
                      {"$decodeUrl('a%20b%26%C3%A9')", R"("a b%26é")"},
                      {"$decodeUrl('%E0%A4%A')", "D3140 at 11"},
                      {"$decodeUrlComponent('%FF')", "D3140 at 20"},
                      {"$encodeUrl(missing)", "undefined"},
                      {"$decodeUrl(missing)", "undefined"},
                      {R"($encodeUrlComponent("\ud800"))", "D3140 at 20"},
                      {R"($encodeUrl("\udc00x"))", "D3140 at 11"},
                      {R"($encodeUrlComponent("\ud83d\ude00"))", R"("%F0%9F%98%80")"},
                      {"$decodeUrlComponent('%zz')", "D3140 at 20"},
                  });
}

}  // namespace
}  // namespace stepwell::jsonata
