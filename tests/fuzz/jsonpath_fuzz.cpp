// The first line is a path, what follows it a document (a fixed one where it is none). Whatever compiles must evaluate
// within its bounds to what its kind promises, and a value put at a reference path must be found there again.
#include "base/check.h"
#include "lang/json/parse.h"
#include "lang/jsonpath/path.h"

#include <cstdint>
#include <string_view>

namespace stepwell::jsonpath {
namespace {

constexpr std::string_view fixed_document =
    R"({"a":{"b":[{"n":"x","p":1},{"n":"y","p":2.5},[1,2,[3]]],"":null},"items":[1,"1",true,null,{"a":"it's"}],"a b":[]})";

json::Value document_of(json::Arena& arena, std::string_view text) {
  if (const auto document = json::parse(arena, text)) return *document;
  const auto document = json::parse(arena, fixed_document);
  CHECK(document.has_value());
  return *document;
}

void check_evaluation(json::Arena& arena, const Path& path, const json::Value& document) {
  const auto result = path.evaluate(arena, document);
  if (!result) {
    CHECK(!result.error().message.empty());
    CHECK(path.is_definite() || result.error().kind != EvaluationError::Kind::index_out_of_range);
    return;
  }
  CHECK(path.is_definite() || result->is_array());
  CHECK(!path.is_root() || result->same_as(document));
}

void check_insertion(json::Arena& arena, const Path& path, const json::Value& document) {
  const json::Value value = json::Value::string("inserted");
  const auto changed = path.insert(arena, document, value);
  if (!changed) return;
  const auto found = path.evaluate(arena, *changed);
  CHECK(found.has_value() && found->same_as(value));
}

void check(std::string_view input) {
  const std::string_view text = input.substr(0, input.find('\n'));
  const auto path = Path::compile(text);
  if (!path) {
    CHECK(path.error().offset <= text.size() && !path.error().message.empty());
    return;
  }
  CHECK(!path->is_reference() || path->is_definite());
  json::Arena arena;
  const json::Value document = document_of(arena, input.substr(std::min(text.size() + 1, input.size())));
  check_evaluation(arena, *path, document);
  if (path->is_reference()) check_insertion(arena, *path, document);
}

}  // namespace
}  // namespace stepwell::jsonpath

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepwell::jsonpath::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
