// The first line is an expression, what follows it a document (a fixed one where it is none). In either dialect,
// whatever compiles must end within small bounds, twice in the same way, and with JSON or with an error that has a
// place in the text.
#include "base/check.h"
#include "base/ports.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "lang/jsonata/expression.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace stepwell::jsonata {
namespace {

constexpr std::string_view fixed_document =
    R"({"a":{"b":[{"n":"x","p":1},{"n":"y","p":2.5},[1,2,[3]]],"":null},"items":[1,"1",true,null,{"a":"it's"}],"t":"é😀"})";
constexpr Limits small{.memory_bytes = std::size_t{1} << 20U, .depth = 100, .steps = 200'000};

json::Value document_of(json::Arena& arena, std::string_view text) {
  if (const auto document = json::parse(arena, text)) return *document;
  const auto document = json::parse(arena, fixed_document);
  CHECK(document.has_value());
  return *document;
}

class OneBinding final : public Bindings {
 public:
  explicit OneBinding(const json::Value& value) : value_(value) {}
  std::optional<json::Value> find(std::string_view name) const override {
    return name == "states" ? std::optional(value_) : std::nullopt;
  }

 private:
  json::Value value_;
};

void check_error(const Error& error, std::string_view text) {
  CHECK(!error.code.empty() && !error.message.empty() && error.position <= text.size());
}

// The result as text; "" when there is none, the code of an error.
std::string evaluate(const Expression& expression, const json::Value& document) {
  json::Arena arena;
  SeededRandom random(1);
  const OneBinding bindings(document);
  const auto result = expression.evaluate(arena, document,
                                          {.bindings = &bindings,
                                           .now = Timestamp(std::chrono::milliseconds(1'700'000'000'000)),
                                           .random = &random,
                                           .limits = small});
  if (!result) {
    check_error(result.error(), expression.text());
    return result.error().code;
  }
  if (!*result) return "";
  const std::string text = json::print(**result);
  json::Arena again;
  CHECK(json::parse(again, text).has_value());
  return text;
}

void check(std::string_view input, Dialect dialect) {
  const std::string_view text = input.substr(0, input.find('\n'));
  if (!json::is_valid_utf8(text)) return;
  const auto expression = Expression::compile(text, dialect);
  if (!expression) return check_error(expression.error(), text);
  for (const Reference& reference : expression->references()) CHECK(reference.position <= text.size());
  json::Arena arena;
  const json::Value document = document_of(arena, input.substr(std::min(text.size() + 1, input.size())));
  const std::string first = evaluate(*expression, document);
  CHECK(evaluate(*expression, document) == first);
}

}  // namespace
}  // namespace stepwell::jsonata

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using stepwell::jsonata::Dialect;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  stepwell::jsonata::check(input, Dialect::standard);
  stepwell::jsonata::check(input, Dialect::aws);
  return 0;
}
