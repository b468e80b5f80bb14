#include "wire/validate.h"

#include "wire/constraint.h"
#include "wire/errors.h"
#include "wire/type_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stepwell::wire {
namespace {

// AWS reports no more than these; they also bound the message.
constexpr std::size_t max_reported = 10;

// One walk over an input. It stops at the first value of a wrong type, as nothing else is reported then; violations are
// gathered on the way. The functions answer false when they have met such a value.
class Validation {
 public:
  bool visit(const Shape& shape, const json::Value& value);
  Result<void> outcome(std::string_view violation, std::string_view missing) const;

 private:
  bool structure(const Shape& shape, const json::Value& value);
  bool list(const Shape& shape, const json::Value& value);
  bool map(const Shape& shape, const json::Value& value);
  bool visit_part(const Shape& shape, const json::Value& value);
  bool check_scalar(const Shape& shape, const json::Value& value, bool& satisfied);
  void report(const Shape& shape, const json::Value& value, std::string_view constraint);

  // Appends to the path, and gives what `leave` takes to undo that.
  std::size_t enter(std::string_view step);
  void leave(std::size_t size) { path_.resize(size); }

  std::string path_;
  std::vector<std::string> violations_;
  std::string type_error_;
  std::string_view missing_;  // the first required member that is absent
};

bool Validation::visit(const Shape& shape, const json::Value& value) {
  type_error_ = type_error(shape, value);
  if (!type_error_.empty()) return false;
  for (const std::string& constraint : violations(shape, value)) report(shape, value, constraint);
  switch (shape.type) {
    case ShapeType::structure: return structure(shape, value);
    case ShapeType::list: return list(shape, value);
    case ShapeType::map: return map(shape, value);
    default: return true;
  }
}

bool Validation::structure(const Shape& shape, const json::Value& value) {
  for (const ShapeMember& member : shape.members) {
    const json::Value* found = value.find(member.name);
    const bool absent = found == nullptr || found->is_null();
    if (absent && !member.required) continue;
    if (absent && missing_.empty()) missing_ = member.name;
    const std::size_t outside = enter(member.name);
    // A name on a path begins with a small letter, whatever the service's own style.
    char& first = path_[path_.size() - member.name.size()];
    if (first >= 'A' && first <= 'Z') first = static_cast<char>(first - 'A' + 'a');
    const bool typed = visit_part(*member.shape, absent ? json::Value() : *found);
    leave(outside);
    if (!typed) return false;
  }
  return true;
}

// What is wrong with scalars in a list or map is said once, of the whole.
bool Validation::list(const Shape& shape, const json::Value& value) {
  bool satisfied = true;
  std::size_t position = 0;
  for (const json::Value& element : value.elements()) {
    ++position;
    if (shape.element->is_scalar()) {
      if (!check_scalar(*shape.element, element, satisfied)) return false;
      continue;
    }
    const std::size_t outside = enter(fmt::format("{}.member", position));
    const bool typed = visit_part(*shape.element, element);
    leave(outside);
    if (!typed) return false;
  }
  if (!satisfied) report(shape, value, "Member must satisfy constraint: " + all_constraints(*shape.element));
  return true;
}

bool Validation::map(const Shape& shape, const json::Value& value) {
  bool keys_satisfied = true;
  bool values_satisfied = true;
  for (const json::Member& member : value.members()) {
    if (!check_scalar(*shape.key, json::Value::string(member.key), keys_satisfied)) return false;
    if (shape.element->is_scalar()) {
      if (!check_scalar(*shape.element, member.value, values_satisfied)) return false;
      continue;
    }
    const std::size_t outside = enter(fmt::format("{}.member", member.key));
    const bool typed = visit_part(*shape.element, member.value);
    leave(outside);
    if (!typed) return false;
  }
  if (!keys_satisfied) report(shape, value, "Map keys must satisfy constraint: " + all_constraints(*shape.key));
  if (!values_satisfied) report(shape, value, "Map value must satisfy constraint: " + all_constraints(*shape.element));
  return true;
}

// A member or element of its own path.
bool Validation::visit_part(const Shape& shape, const json::Value& value) {
  if (!value.is_null()) return visit(shape, value);
  report(shape, value, "Member must not be null");
  return true;
}

bool Validation::check_scalar(const Shape& shape, const json::Value& value, bool& satisfied) {
  if (value.is_null()) {
    satisfied = false;
    return true;
  }
  type_error_ = type_error(shape, value);
  if (!type_error_.empty()) return false;
  satisfied = satisfied && violations(shape, value).empty();
  return true;
}

void Validation::report(const Shape& shape, const json::Value& value, std::string_view constraint) {
  if (violations_.size() == max_reported) return;
  const std::string subject = value.is_null()   ? "Value null"
                              : shape.sensitive ? "Value"
                                                : fmt::format("Value '{}'", java_text(shape, value));
  violations_.push_back(fmt::format("{} at '{}' failed to satisfy constraint: {}", subject, path_, constraint));
}

std::size_t Validation::enter(std::string_view step) {
  const std::size_t outside = path_.size();
  if (outside > 0) path_ += '.';
  path_ += step;
  return outside;
}

Result<void> Validation::outcome(std::string_view violation, std::string_view missing) const {
  if (!type_error_.empty()) return fail(serialization_exception(type_error_));
  if (!missing.empty() && !missing_.empty()) {
    Error error = validation_exception(fmt::format("The request must contain the parameter {}.", missing_));
    error.code = missing;
    return fail(std::move(error));
  }
  if (violations_.empty()) return {};
  Error error = validation_exception(fmt::format("{} validation error{} detected: {}", violations_.size(),
                                                 violations_.size() == 1 ? "" : "s", fmt::join(violations_, "; ")));
  error.code = violation;
  return fail(std::move(error));
}

}  // namespace

Result<void> validate_input(const Shape& shape, const json::Value& input, std::string_view violation,
                            std::string_view missing) {
  Validation validation;
  validation.visit(shape, input);
  return validation.outcome(violation, missing);
}

}  // namespace stepwell::wire
