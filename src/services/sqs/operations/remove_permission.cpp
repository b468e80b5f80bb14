#include "services/sqs/operations/permissions.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> remove_permission(Sqs& sqs, wire::Call& call) {
  return change_statements(sqs, call, [&call](std::string_view, std::vector<json::Value>& statements) -> Result<void> {
    if (std::erase_if(statements, is_labelled(call.text("Label"))) > 0) return {};
    return fail(errors::invalid_value(call.text("Label"), "Label", "can't find label."));
  });
}

}  // namespace stepwell::sqs
