#include "lang/jsonata/value/to_json.h"

#include "lang/json/build.h"
#include "lang/json/object_index.h"
#include "lang/jsonata/text/utf8.h"

#include <cmath>
#include <vector>

namespace stepwell::jsonata {
namespace {

// As deep as JSON is read.
constexpr std::size_t kDeepest = 1000;

class Converter {
 public:
  Converter(json::Arena& arena, Dialect dialect) : arena_(arena), dialect_(dialect) {}

  // nullopt: nothing, or failed
  std::optional<json::Value> convert(const Value& value, std::size_t depth) {
    switch (value.type()) {
      case Value::Type::null: return json::Value();
      case Value::Type::boolean: return json::Value::boolean(value.as_boolean());
      case Value::Type::string: return json::Value::string(text(value));
      case Value::Type::number: return number(value);
      case Value::Type::array: return value.is_json() ? value.json() : array(value, depth + 1);
      case Value::Type::object: return value.is_json() ? value.json() : object(value, depth + 1);
      case Value::Type::function:
        if (dialect_ == Dialect::aws) failure_ = Code::U1004;
        return std::nullopt;
      default: return std::nullopt;
    }
  }
  std::optional<Code> failure() const { return failure_; }

 private:
  std::string_view text(const Value& value) {
    const std::string_view text = value.as_string();
    if (!value.is_temporary()) return text;
    return has_surrogate(text) ? arena_.copy(well_formed(text)) : arena_.copy(text);
  }

  json::Value number(const Value& value) {
    if (value.is_json()) return json::Value::number(value.lexeme());
    const double number = value.as_number();
    if (std::isfinite(number)) return json::Value::real(arena_, number);
    if (dialect_ == Dialect::standard) return {};
    return json::Value::string(std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
  }

  std::optional<json::Value> array(const Value& value, std::size_t depth) {
    if (depth > kDeepest) failure_ = Code::U1001;
    if (failure_) return std::nullopt;
    const std::span<json::Value> elements = arena_.make_array<json::Value>(value.size());
    for (std::size_t i = 0; i < elements.size(); ++i) {
      new (&elements[i]) json::Value(convert(value.element(i), depth).value_or(json::Value()));
    }
    return json::Value::array(elements);
  }

  std::optional<json::Value> object(const Value& value, std::size_t depth) {
    if (depth > kDeepest) failure_ = Code::U1001;
    if (failure_) return std::nullopt;
    const std::span<json::Member> members = arena_.make_array<json::Member>(value.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const Member member = value.member(i);
      const auto converted = convert(member.value, depth);
      if (converted) new (&members[count++]) json::Member{text(member.key), *converted};
    }
    return json::Value::object(arena_, members.first(count));
  }

  json::Arena& arena_;
  Dialect dialect_;
  std::optional<Code> failure_;
};

}  // namespace

std::expected<std::optional<json::Value>, Code> to_json(json::Arena& arena, const Value& value, Dialect dialect) {
  Converter converter(arena, dialect);
  const auto converted = converter.convert(value, 0);
  if (converter.failure()) return std::unexpected(*converter.failure());
  return converted;
}

}  // namespace stepwell::jsonata
