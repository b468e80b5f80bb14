#include "lang/jsonpath/insert.h"

#include "lang/json/print.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::jsonpath {
namespace {

using json::Member;
using json::Value;

class Inserter {
 public:
  Inserter(json::Arena& arena, std::span<const Step> steps, const Value& value)
      : arena_(arena), steps_(steps), value_(value) {}

  // What stands in the place of `old` (nullptr: nothing is there) once the steps from `at` on are taken; nullopt when a
  // step cannot be.
  std::optional<Value> put(std::size_t at, const Value* old) {
    if (at == steps_.size()) return value_;
    return steps_[at].kind == StepKind::name ? put_member(at, old) : put_element(at, old);
  }

 private:
  std::optional<Value> put_member(std::size_t at, const Value* old) {
    if (old != nullptr && !old->is_object()) return std::nullopt;
    const std::string_view name = steps_[at].name;
    const Value* const member = old == nullptr ? nullptr : old->find(name);
    const auto replaced = put(at + 1, member);
    if (!replaced) return std::nullopt;

    const std::span<const Member> members = old == nullptr ? std::span<const Member>() : old->members();
    const auto copy = arena_.make_array<Member>(members.size() + (member == nullptr ? 1 : 0));
    std::ranges::uninitialized_copy(members, copy);
    if (member == nullptr) {
      std::construct_at(&copy.back(), arena_.copy(name), *replaced);
    } else {
      std::ranges::find(copy, name, &Member::key)->value = *replaced;
    }
    return Value::object(arena_, copy);
  }

  std::optional<Value> put_element(std::size_t at, const Value* old) {
    if (old == nullptr || !old->is_array()) return std::nullopt;
    const auto index = static_cast<std::size_t>(steps_[at].index);
    const auto elements = old->elements();
    if (index >= elements.size()) return std::nullopt;
    const auto replaced = put(at + 1, &elements[index]);
    if (!replaced) return std::nullopt;

    const auto copy = arena_.make_array<Value>(elements.size());
    std::ranges::uninitialized_copy(elements, copy);
    copy[index] = *replaced;
    return Value::array(copy);
  }

  json::Arena& arena_;
  std::span<const Step> steps_;
  const Value& value_;
};

}  // namespace

std::expected<Value, EvaluationError> insert_value(json::Arena& arena, const Program& program, const Value& root,
                                                   const Value& value) {
  if (const auto result = Inserter(arena, program.steps, value).put(0, &root)) return *result;
  return std::unexpected(
      EvaluationError{EvaluationError::Kind::invalid,
                      fmt::format("Unable to apply ReferencePath {} to input {}", program.text, json::print(root))});
}

}  // namespace stepwell::jsonpath
