#include "services/lambda/operations/mapping_support.h"

#include "lang/event_pattern/pattern.h"
#include "services/lambda/event_sources/mappings.h"
#include "wire/arn.h"
#include "wire/codec.h"

#include <charconv>

namespace stepwell::lambda {
namespace {

constexpr std::uint32_t most_without_window = 10;
constexpr std::size_t most_filters = 5;

Result<void> read_filters(const json::Value& criteria, Mapping& mapping) {
  mapping.filters.clear();
  const json::Value* filters = criteria.find("Filters");
  if (filters == nullptr || filters->is_null()) return {};
  if (filters->size() > most_filters) {
    return fail(errors::invalid_parameter("Invalid filter: at most 5 filters can be given."));
  }
  for (const json::Value& filter : filters->elements()) {
    const json::Value* pattern = filter.find("Pattern");
    if (pattern == nullptr || !pattern->is_string()) continue;
    const auto compiled = event_pattern::compile(pattern->as_string(), event_pattern::Dialect::event_bus);
    if (!compiled) {
      return fail(errors::invalid_parameter("Invalid filter pattern definition."));
    }
    mapping.filters.emplace_back(pattern->as_string());
  }
  return {};
}

Result<void> check_batching(const Mapping& mapping) {
  const bool fifo = mapping.source_arn.ends_with(".fifo");
  if (fifo && mapping.window_seconds > 0) {
    return fail(errors::invalid_parameter("Batching window is not supported for FIFO queues."));
  }
  if (fifo && mapping.batch_size > most_without_window) {
    return fail(errors::invalid_parameter("The maximum batch size of a FIFO queue is 10."));
  }
  if (mapping.batch_size > most_without_window && mapping.window_seconds == 0) {
    return fail(errors::invalid_parameter(
        "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10"));
  }
  return {};
}

Error source_error(const wire::ApiModel& model, const Error& error) {
  return errors::invalid_parameter(
      fmt::format("Error occurred while ReceiveMessage. SQS Error Code: {}. SQS Error Message: {}",
                  wire::query_code_of(model, error), error.message));
}

}  // namespace

Result<void> apply_mapping_settings(const wire::Call& call, Mapping& mapping) {
  if (call.has("Enabled")) mapping.enabled = call.flag("Enabled");
  const auto number = [&call](std::string_view name, std::uint32_t& of) {
    if (const auto given = call.integer(name)) of = static_cast<std::uint32_t>(*given);
  };
  number("BatchSize", mapping.batch_size);
  number("MaximumBatchingWindowInSeconds", mapping.window_seconds);
  if (const json::Value* scaling = call.member("ScalingConfig")) {
    const json::Value* most = scaling->find("MaximumConcurrency");
    const bool given = most != nullptr && !most->is_null();
    mapping.max_concurrency = given ? static_cast<std::uint32_t>(most->as_integer().value_or(0)) : 0;
  }
  if (const json::Value* types = call.member("FunctionResponseTypes")) mapping.reports_failures = types->size() > 0;
  if (const json::Value* criteria = call.member("FilterCriteria")) TRY(read_filters(*criteria, mapping));
  return check_batching(mapping);
}

Task<Result<void>> check_source(Lambda& lambda, wire::Caller caller, std::string queue_arn, FunctionPtr function) {
  const auto queue = wire::Arn::parse(queue_arn);
  wire::Call call;
  call.caller = std::move(caller);
  const json::Value name = json::Value::string("VisibilityTimeout");
  call.input = json::ObjectBuilder(call.arena)
                   .add("QueueUrl", fmt::format("/{}/{}", queue->account, queue->resource))
                   .add("AttributeNames", json::make_array(call.arena, std::span(&name, 1)))
                   .build();
  const auto reply = co_await lambda.directory.call("sqs", "GetQueueAttributes", call);
  if (!reply) {
    const directory::Service* sqs = lambda.directory.find("sqs");
    co_return fail(sqs == nullptr ? reply.error() : source_error(sqs->model(), reply.error()));
  }
  const std::string_view text = reply->output.find("Attributes")->find("VisibilityTimeout")->as_string();
  std::uint32_t seconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (seconds >= function->timeout_seconds) co_return Result<void>();
  co_return fail(errors::invalid_parameter(
      fmt::format("Queue visibility timeout: {} seconds is less than Function timeout: {} seconds", seconds,
                  function->timeout_seconds)));
}

Result<Mapping> find_mapping(const Lambda& lambda, const wire::Call& call) {
  const Mappings::Known* known = lambda.mappings.find(call.text("UUID"));
  if (known == nullptr) return fail(errors::not_there());
  return known->mapping;
}

json::Value show_mapping(json::Arena& arena, const Lambda& lambda, const Mapping& mapping, std::string_view state) {
  json::ObjectBuilder shown(arena);
  shown.add("UUID", mapping.id)
      .add("BatchSize", static_cast<std::int64_t>(mapping.batch_size))
      .add("MaximumBatchingWindowInSeconds", static_cast<std::int64_t>(mapping.window_seconds))
      .add("EventSourceArn", mapping.source_arn)
      .add("FunctionArn", mapping.function_arn)
      .add("LastModified", wire::epoch_seconds(arena, mapping.modified.time_since_epoch().count()))
      .add("State", state)
      .add("StateTransitionReason", "USER_INITIATED")
      .add("EventSourceMappingArn", mapping.arn);
  const Mappings::Known* known = lambda.mappings.find(mapping.id);
  if (known != nullptr && known->poller != nullptr) shown.add("LastProcessingResult", known->poller->last_result());
  std::vector<json::Value> types;
  if (mapping.reports_failures) types.push_back(json::Value::string("ReportBatchItemFailures"));
  shown.add("FunctionResponseTypes", json::make_array(arena, types));
  if (mapping.max_concurrency > 0) {
    const auto most = static_cast<std::int64_t>(mapping.max_concurrency);
    shown.add("ScalingConfig", json::ObjectBuilder(arena).add("MaximumConcurrency", most).build());
  }
  std::vector<json::Value> filters;
  for (const std::string& filter : mapping.filters) {
    filters.push_back(json::ObjectBuilder(arena).add("Pattern", filter).build());
  }
  if (!filters.empty()) {
    shown.add("FilterCriteria", json::ObjectBuilder(arena).add("Filters", json::make_array(arena, filters)).build());
  }
  return shown.build();
}

wire::Reply reply_with_mapping(const Lambda& lambda, wire::Call& call, const Mapping& mapping, std::string_view state) {
  return reply_with(show_mapping(call.arena, lambda, mapping, state));
}

}  // namespace stepwell::lambda
