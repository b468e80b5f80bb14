#pragma once
// The two JSON documents about dead letters that queues have as attributes. Errors: InvalidParameterValueException in
// AWS's words.

#include "base/error.h"
#include "services/sqs/attributes.h"

#include <string_view>

namespace stepwell::sqs {

// RedrivePolicy: {"deadLetterTargetArn": "arn:aws:sqs:…", "maxReceiveCount": 5}
Result<DeadLetters> read_redrive_policy(std::string_view text);
// RedriveAllowPolicy: {"redrivePermission": "byQueue", "sourceQueueArns": ["arn:aws:sqs:…"]}
Result<RedriveAllowance> read_redrive_allow_policy(std::string_view text);

}  // namespace stepwell::sqs
