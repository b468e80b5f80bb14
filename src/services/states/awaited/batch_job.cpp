// A job of AWS Batch. Its description is the task's output, or the cause of its failure.

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/print.h"
#include "services/states/awaited/work.h"
#include "services/states/sdk/result.h"

namespace stepwell::states {
namespace {

constexpr std::string_view service = "batch";

std::string arn_of(const json::Value& submission) { return std::string(text_of(submission, "JobArn")); }

// arn:aws:batch:<region>:<account>:job/<id>
std::string_view id_of(std::string_view arn) { return arn.substr(arn.rfind('/') + 1); }

TaskFailure gone(std::string_view arn) {
  return {"States.TaskFailed", fmt::format("The job {} does not exist any more.", arn)};
}

Task<Result<std::optional<TaskOutcome>>> look(WorkCall work) {
  wire::Call call;
  call.caller = work.caller;
  const json::Value id = json::make_string(call.arena, id_of(work.arn));
  call.input = json::ObjectBuilder(call.arena).add("jobs", json::make_array(call.arena, {&id, 1})).build();
  CO_TRY_ASSIGN(const wire::Reply reply, co_await work.directory.call(std::string(service), "DescribeJobs", call));
  const auto jobs = elements_of(reply.output, "jobs");
  if (jobs.empty()) co_return std::optional<TaskOutcome>(std::unexpected(gone(work.arn)));
  const std::string_view status = text_of(jobs.front(), "status");
  if (status != "SUCCEEDED" && status != "FAILED") co_return std::nullopt;
  const wire::Shape& shape = *call.operation->output->member("jobs")->shape->element;
  std::string description = json::print(sdk::result(call.arena, shape, jobs.front(), sdk::Dates::epoch_milliseconds));
  if (status == "SUCCEEDED") co_return std::optional<TaskOutcome>(std::move(description));
  co_return std::optional<TaskOutcome>(std::unexpected(TaskFailure{"States.TaskFailed", std::move(description)}));
}

Task<Result<void>> stop(WorkCall work, std::string cause) {
  wire::Call call;
  call.caller = work.caller;
  call.input = json::ObjectBuilder(call.arena).add("jobId", id_of(work.arn)).add("reason", cause).build();
  CO_TRY(co_await work.directory.call(std::string(service), "TerminateJob", call));
  co_return Result<void>();
}

}  // namespace

const WorkKind batch_job{.service = service, .arn_of = arn_of, .look = look, .stop = stop};

}  // namespace stepwell::states
