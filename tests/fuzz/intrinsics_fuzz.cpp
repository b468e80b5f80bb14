// Any text is read as an expression of JSONPath states without harm; what it evaluates to is JSON of a bounded size,
// and the same for the same chance. An input is an expression and the document it is evaluated on.
#include "base/check.h"
#include "lang/asl/expression.h"
#include "lang/asl/intrinsics/arguments.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "parts.h"

#include <cstdint>
#include <string>

namespace stepwell::asl {
namespace {

// A function answers no more than its bound; a path or a literal gives what is there.
constexpr std::size_t kMostBytes = 2 * intrinsics::max_result_bytes;

class OneDocument final : public Activation {
 public:
  explicit OneDocument(const json::Value& document) : document_(document) {}
  json::Arena& arena() override { return arena_; }
  json::Value input() override { return document_; }
  json::Value context() override { return document_; }
  const json::Value* variable(std::string_view name) override { return name == "v" ? &document_ : nullptr; }
  Timestamp now() override { return {}; }
  Random& random() override { return random_; }

 private:
  json::Value document_;
  json::Arena arena_;
  SeededRandom random_{7};
};

std::string outcome(const Expression& expression, const json::Value& document) {
  OneDocument activation(document);
  const auto value = expression.evaluate(activation, document);
  if (!value) {
    CHECK(value.error().error.has_value() && value.error().cause.has_value());
    CHECK(json::is_valid_utf8(*value.error().cause));
    return *value.error().error + *value.error().cause;
  }
  std::string text;
  CHECK(json::print_within(text, *value, kMostBytes));
  json::Arena arena;
  const auto read = json::parse(arena, text, {.max_depth = 100'000});
  CHECK(read.has_value() && json::equal(*read, *value));
  return text;
}

void evaluate(std::string_view rest) {
  const std::string_view text = take_part(rest);
  if (!json::is_valid_utf8(text)) return;
  const auto expression = Expression::compile(text);
  if (!expression) {
    CHECK(json::is_valid_utf8(expression.error().message));
    return;
  }
  json::Arena arena;
  const auto document = json::parse(arena, rest);
  const json::Value data = document ? *document : json::Value();
  CHECK(outcome(**expression, data) == outcome(**expression, data));
}

}  // namespace
}  // namespace stepwell::asl

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stepwell::asl::evaluate({reinterpret_cast<const char*>(data), size});
  return 0;
}
