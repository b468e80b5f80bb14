#include "wire/api_model.h"

#include <algorithm>

namespace stepwell::wire {

const OperationModel* ApiModel::operation(std::string_view name) const {
  const auto found = std::ranges::lower_bound(operations_, name, {}, &OperationModel::name);
  return found == operations_.end() || found->name != name ? nullptr : &*found;
}

const Shape* ApiModel::shape(std::string_view name) const {
  const auto found = shapes_.find(std::string(name));
  return found == shapes_.end() ? nullptr : found->second.get();
}

const Shape* ApiModel::exception(std::string_view name_or_code) const {
  const Shape* named = shape(name_or_code);
  if (named != nullptr && named->exception_status != 0) return named;
  const auto found = exceptions_by_code_.find(std::string(name_or_code));
  return found == exceptions_by_code_.end() ? nullptr : found->second;
}

const ShapeMember* Shape::member(std::string_view member_name) const {
  const auto found = std::ranges::find(members, member_name, &ShapeMember::name);
  return found == members.end() ? nullptr : &*found;
}

}  // namespace stepwell::wire
