#pragma once
// The statements of a queue's policy, which AddPermission and RemovePermission change.

#include "services/sqs/operations/support.h"

#include <functional>

namespace stepwell::sqs {

using ChangeStatements = std::function<Result<void>(std::string_view queue_arn, std::vector<json::Value>& statements)>;
Task<Result<wire::Reply>> change_statements(Sqs& sqs, wire::Call& call, ChangeStatements change);

inline auto is_labelled(std::string_view label) {
  return [label](const json::Value& statement) {
    const json::Value* sid = statement.find("Sid");
    return sid != nullptr && sid->is_string() && sid->as_string() == label;
  };
}

}  // namespace stepwell::sqs
