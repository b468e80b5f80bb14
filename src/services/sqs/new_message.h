#pragma once
// Sending: what AWS asks of the messages of SendMessage and SendMessageBatch, and their way into a batch.

#include "services/sqs/sqs.h"

namespace stepwell::sqs {

Result<wire::Reply> fold_send_message(Sqs& sqs, wire::Call& call, store::Batch& batch);
// Messages that are refused are told of in the reply.
Result<wire::Reply> fold_send_message_batch(Sqs& sqs, wire::Call& call, store::Batch& batch);

}  // namespace stepwell::sqs
