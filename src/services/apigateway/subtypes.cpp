#include "services/apigateway/subtypes.h"

#include <algorithm>
#include <array>

namespace stepwell::apigateway {
namespace {

using Parameter = SubtypeParameter;

constexpr auto put_events = std::to_array<Parameter>({{"Detail", "Detail", true},
                                                      {"DetailType", "DetailType", true},
                                                      {"EventBusName", "EventBusName"},
                                                      {"Region", ""},
                                                      {"Resources", "Resources"},
                                                      {"Source", "Source", true},
                                                      {"Time", "Time"},
                                                      {"TraceHeader", "TraceHeader"}});
constexpr auto delete_message = std::to_array<Parameter>(
    {{"QueueUrl", "QueueUrl", true}, {"ReceiptHandle", "ReceiptHandle", true}, {"Region", ""}});
constexpr auto purge_queue = std::to_array<Parameter>({{"QueueUrl", "QueueUrl", true}, {"Region", ""}});
constexpr auto receive_message = std::to_array<Parameter>({{"AttributeNames", "AttributeNames"},
                                                           {"MaxNumberOfMessages", "MaxNumberOfMessages"},
                                                           {"MessageAttributeNames", "MessageAttributeNames"},
                                                           {"QueueUrl", "QueueUrl", true},
                                                           {"ReceiveRequestAttemptId", "ReceiveRequestAttemptId"},
                                                           {"Region", ""},
                                                           {"VisibilityTimeout", "VisibilityTimeout"},
                                                           {"WaitTimeSeconds", "WaitTimeSeconds"}});
constexpr auto send_message = std::to_array<Parameter>({{"DelaySeconds", "DelaySeconds"},
                                                        {"MessageAttributes", "MessageAttributes"},
                                                        {"MessageBody", "MessageBody", true},
                                                        {"MessageDeduplicationId", "MessageDeduplicationId"},
                                                        {"MessageGroupId", "MessageGroupId"},
                                                        {"MessageSystemAttributes", "MessageSystemAttributes"},
                                                        {"QueueUrl", "QueueUrl", true},
                                                        {"Region", ""}});
constexpr auto start_execution = std::to_array<Parameter>(
    {{"Input", "input"}, {"Name", "name"}, {"Region", ""}, {"StateMachineArn", "stateMachineArn", true}});
constexpr auto start_sync_execution = std::to_array<Parameter>({{"Input", "input"},
                                                                {"Name", "name"},
                                                                {"Region", ""},
                                                                {"StateMachineArn", "stateMachineArn", true},
                                                                {"TraceHeader", "traceHeader"}});
constexpr auto stop_execution = std::to_array<Parameter>(
    {{"Cause", "cause"}, {"Error", "error"}, {"ExecutionArn", "executionArn", true}, {"Region", ""}});

constexpr auto subtypes = std::to_array<Subtype>({
    {"AppConfig-GetConfiguration", "", "", {}},
    {"EventBridge-PutEvents", "events", "PutEvents", put_events},
    {"Kinesis-PutRecord", "", "", {}},
    {"SQS-DeleteMessage", "sqs", "DeleteMessage", delete_message},
    {"SQS-PurgeQueue", "sqs", "PurgeQueue", purge_queue},
    {"SQS-ReceiveMessage", "sqs", "ReceiveMessage", receive_message},
    {"SQS-SendMessage", "sqs", "SendMessage", send_message},
    {"StepFunctions-StartExecution", "states", "StartExecution", start_execution},
    {"StepFunctions-StartSyncExecution", "states", "StartSyncExecution", start_sync_execution},
    {"StepFunctions-StopExecution", "states", "StopExecution", stop_execution},
});

}  // namespace

const SubtypeParameter* Subtype::parameter(std::string_view parameter_name) const {
  const auto found = std::ranges::find(parameters, parameter_name, &SubtypeParameter::name);
  return found == parameters.end() ? nullptr : &*found;
}

const Subtype* find_subtype(std::string_view name) {
  const auto found = std::ranges::find(subtypes, name, &Subtype::name);
  return found == subtypes.end() ? nullptr : &*found;
}

}  // namespace stepwell::apigateway
