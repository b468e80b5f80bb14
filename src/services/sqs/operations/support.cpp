#include "services/sqs/operations/support.h"

#include "crypto/hash.h"
#include "services/sqs/model.h"
#include "store/commit.h"
#include "wire/arn.h"
#include "wire/codec.h"

#include <algorithm>
#include <set>

namespace stepwell::sqs {
namespace {

constexpr std::int64_t most_results = 1'000;
constexpr std::size_t most_entries = 10;
constexpr std::size_t longest_id = 80;
constexpr std::int64_t longest_visibility = 43'200;

bool is_batch_id(std::string_view id) {
  const bool fits = std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  return fits && !id.empty() && id.size() <= longest_id;
}

// Others are not told which queues an account has.
Error not_there(const wire::Caller& caller, std::string_view arn, std::string_view url) {
  const bool is_own = caller.principal == nullptr || wire::Arn::parse(arn)->account == caller.account;
  return is_own ? errors::no_such_queue() : errors::access_denied(url);
}

}  // namespace

Result<std::shared_ptr<Queue>> find_queue(Sqs& sqs, const wire::Call& call) {
  const std::string_view url = call.text("QueueUrl");
  TRY_ASSIGN(const std::string arn, arn_of_url(call.caller, url));
  TRY_ASSIGN(auto queue, sqs.queues.find(arn));
  if (queue == nullptr) return fail(not_there(call.caller, arn, url));
  return queue;
}

Result<std::shared_ptr<Queue>> find_queue_by_arn(Sqs& sqs, const wire::Call& call, std::string_view member) {
  const std::string_view arn = call.text(member);
  if (name_of(arn).empty()) {
    return fail(
        errors::invalid_parameter(fmt::format("You must use this format to specify the {}: "
                                              "arn:<partition>:<service>:<region>:<account-id>:<resource-id>",
                                              member)));
  }
  TRY_ASSIGN(auto queue, sqs.queues.find(arn));
  if (queue == nullptr) return fail(errors::no_such_resource(member));
  return queue;
}

std::string url_of(const Sqs& sqs, const wire::Call& call, std::string_view arn) {
  const std::string own_url = call.caller.host.empty() ? sqs.ports.endpoint_url() : std::string();
  return url_of(call.caller, own_url, arn);
}

Task<Result<void>> commit(const Sqs& sqs, store::Batch batch) {
  if (batch.empty()) co_return Result<void>();
  co_return co_await store::commit(sqs.ports.store, sqs.ports.scheduler, std::move(batch));
}

Result<Receipt> read_receipt(const Queue& queue, std::string_view handle) {
  const auto receipt = read_receipt_handle(handle);
  if (!receipt || receipt->queue != queue.record().id) return fail(errors::receipt_handle_invalid(handle));
  return *receipt;
}

Result<std::int64_t> read_visibility(const json::Value& seconds) {
  const auto number = seconds.as_integer();
  if (number && *number >= 0 && *number <= longest_visibility) return *number;
  return fail(
      errors::invalid_value(seconds.lexeme(), "VisibilityTimeout", "Must be between 0 and 43200, if provided."));
}

Result<std::size_t> read_page_size(const wire::Call& call) {
  const std::int64_t size = call.integer("MaxResults").value_or(most_results);
  if (size >= 1 && size <= most_results) return static_cast<std::size_t>(size);
  return fail(errors::invalid_parameter(
      "Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 1000."));
}

Result<std::string> read_token(const wire::Call& call) {
  const std::string_view given = call.text("NextToken");
  if (given.empty()) return std::string{};
  auto arn = crypto::base64url_decode(given);
  if (!arn) return fail(errors::invalid_parameter("Invalid or expired next token."));
  return std::move(*arn);
}

std::string token(std::string_view arn) { return crypto::base64url_encode(arn); }

Result<std::span<const json::Value>> read_entries(const wire::Call& call, std::string_view name) {
  const json::Value* given = call.member("Entries");
  const auto entries = given == nullptr ? std::span<const json::Value>() : given->elements();
  if (entries.empty()) return fail(errors::empty_batch(name));
  if (entries.size() > most_entries) return fail(errors::too_many_entries(entries.size()));
  std::set<std::string_view> ids;
  for (const json::Value& entry : entries) {
    const std::string_view id = entry.find("Id")->as_string();
    if (!is_batch_id(id)) return fail(errors::invalid_batch_id());
    if (!ids.insert(id).second) return fail(errors::batch_ids_not_distinct(id));
  }
  return entries;
}

void BatchReply::succeed(std::string_view id) { succeed(json::ObjectBuilder(call_.arena).add("Id", id).build()); }

void BatchReply::refuse(std::string_view id, const Error& error) {
  refused_.push_back(json::ObjectBuilder(call_.arena)
                         .add("Code", wire::query_code_of(model(), error))
                         .add("Id", id)
                         .add("Message", error.message)
                         .add("SenderFault", error.fault == Fault::client)
                         .build());
}

wire::Reply BatchReply::finish() {
  json::ObjectBuilder output(call_.arena);
  if (!refused_.empty()) output.add("Failed", json::make_array(call_.arena, refused_));
  if (!succeeded_.empty()) output.add("Successful", json::make_array(call_.arena, succeeded_));
  return reply_with(output.build());
}

}  // namespace stepwell::sqs
