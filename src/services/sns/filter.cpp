#include "services/sns/filter.h"

namespace stepwell::sns {

Result<Filter> Filter::compile(std::string_view policy, std::string_view scope) {
  const bool is_on_body = scope == "MessageBody";
  const auto dialect = is_on_body ? event_pattern::Dialect::sns_body : event_pattern::Dialect::sns_attributes;
  TRY_ASSIGN(auto pattern, event_pattern::compile(policy, dialect));
  return Filter(std::move(pattern), is_on_body);
}

}  // namespace stepwell::sns
