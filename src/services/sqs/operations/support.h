#pragma once
// What several operations do in the same way.

#include "lang/json/build.h"
#include "services/sqs/errors.h"
#include "services/sqs/names.h"
#include "services/sqs/sqs.h"
#include "wire/call.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::sqs {

inline wire::Reply reply_with(json::Value output) {
  wire::Reply reply;
  reply.output = output;
  return reply;
}
inline wire::Reply reply_with_nothing(wire::Call& call) { return reply_with(json::ObjectBuilder(call.arena).build()); }

// The queue that QueueUrl names. Errors InvalidAddress, AccessDeniedException, QueueDoesNotExist.
Result<std::shared_ptr<Queue>> find_queue(Sqs& sqs, const wire::Call& call);
// The queue with the ARN in that member. Errors InvalidParameterValueException, ResourceNotFoundException.
Result<std::shared_ptr<Queue>> find_queue_by_arn(Sqs& sqs, const wire::Call& call, std::string_view member);

std::string url_of(const Sqs& sqs, const wire::Call& call, std::string_view arn);
Task<Result<void>> commit(const Sqs& sqs, store::Batch batch);

// The receipt that a handle is, of that queue. Error ReceiptHandleIsInvalid.
Result<Receipt> read_receipt(const Queue& queue, std::string_view handle);
// A new visibility timeout in seconds. Error InvalidParameterValueException.
Result<std::int64_t> read_visibility(const json::Value& seconds);

// MaxResults of a listing. Error InvalidParameterValueException.
Result<std::size_t> read_page_size(const wire::Call& call);
// NextToken is the ARN that the page before ended with, in base64url. Error InvalidParameterValueException.
Result<std::string> read_token(const wire::Call& call);
std::string token(std::string_view arn);

// The entries of a batch; `name` is what AWS calls one. Errors EmptyBatchRequest, TooManyEntriesInBatchRequest,
// InvalidBatchEntryId, BatchEntryIdsNotDistinct.
Result<std::span<const json::Value>> read_entries(const wire::Call& call, std::string_view name);

// What became of the entries of a batch.
class BatchReply {
 public:
  explicit BatchReply(wire::Call& call) : call_(call) {}
  void succeed(json::Value entry) { succeeded_.push_back(entry); }
  void succeed(std::string_view id);
  void refuse(std::string_view id, const Error& error);
  wire::Reply finish();

 private:
  wire::Call& call_;
  std::vector<json::Value> succeeded_, refused_;
};

}  // namespace stepwell::sqs
