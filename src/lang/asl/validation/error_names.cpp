#include "lang/asl/validation/error_names.h"

#include "lang/asl/failure.h"
#include "lang/asl/validation/shape.h"

namespace stepwell::asl::validation {

void check_error_names(const json::Value* names, IsLast last, const Place& place, Findings& findings) {
  constexpr ValueShape list = {.type = ValueType::array, .non_empty = true};
  if (names == nullptr || !check_value(list, *names, place, QueryLanguage::jsonpath, findings)) return;
  for (std::size_t i = 0; i < names->size(); ++i) {
    const json::Value& name = names->elements()[i];
    if (!check_value({.type = ValueType::string}, name, place[i], QueryLanguage::jsonpath, findings)) continue;
    if (name.as_string() != errors::all || (names->size() == 1 && last == IsLast::yes)) continue;
    findings.schema_error(place[i], fmt::format("{} must appear alone and at end of list", errors::all));
  }
}

}  // namespace stepwell::asl::validation
