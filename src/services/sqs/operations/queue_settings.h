#pragma once
// What concerns the settings of a queue and of others.

#include "services/sqs/sqs.h"

namespace stepwell::sqs {

// Whether the queue that dead letters are to go to is there, of the same kind, and allows it. Error
// InvalidParameterValueException.
Result<void> check_dead_letters(Sqs& sqs, const QueueRecord& queue);

}  // namespace stepwell::sqs
