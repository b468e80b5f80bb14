// Tasks of Amazon ECS: all that one RunTask has started. The description of the task (of several: a list of them) is
// the output, or the cause of the failure when one could not start or an essential container has not ended with 0.

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/print.h"
#include "services/states/awaited/work.h"
#include "services/states/sdk/result.h"

#include <algorithm>

namespace stepwell::states {
namespace {

constexpr std::string_view service = "ecs";

// ARNs with spaces between.
std::string arn_of(const json::Value& submission) {
  std::string arns;
  for (const json::Value& task : elements_of(submission, "Tasks")) {
    if (!arns.empty()) arns += ' ';
    arns += text_of(task, "TaskArn");
  }
  return arns;
}

std::vector<std::string_view> split(std::string_view arns) {
  std::vector<std::string_view> all;
  while (!arns.empty()) {
    const std::size_t end = std::min(arns.find(' '), arns.size());
    all.push_back(arns.substr(0, end));
    arns.remove_prefix(std::min(end + 1, arns.size()));
  }
  return all;
}

// arn:aws:ecs:<region>:<account>:task/<cluster>/<id>
std::string_view cluster_of(std::string_view arn) {
  const std::size_t first = arn.find('/');
  const std::size_t last = arn.rfind('/');
  return first < last ? arn.substr(first + 1, last - first - 1) : std::string_view("default");
}

bool has_failed(const json::Value& container) {
  const json::Value* code = container.find("exitCode");
  return code == nullptr || code->as_integer() != 0;
}

// The containers of the task that are not essential, by their names.
Task<Result<std::vector<std::string>>> dispensable(WorkCall work, std::string definition) {
  wire::Call call;
  call.caller = work.caller;
  call.input = json::ObjectBuilder(call.arena).add("taskDefinition", definition).build();
  CO_TRY_ASSIGN(const wire::Reply reply,
                co_await work.directory.call(std::string(service), "DescribeTaskDefinition", call));
  std::vector<std::string> names;
  for (const json::Value& container : elements_of(object_of(reply.output, "taskDefinition"), "containerDefinitions")) {
    const json::Value* essential = container.find("essential");
    if (essential != nullptr && essential->is_boolean() && !essential->as_boolean()) {
      names.emplace_back(text_of(container, "name"));
    }
  }
  co_return names;
}

Task<Result<bool>> succeeded(WorkCall work, const json::Value& task) {
  if (text_of(task, "stopCode") == "TaskFailedToStart") co_return false;
  const auto containers = elements_of(task, "containers");
  if (std::ranges::none_of(containers, has_failed)) co_return true;
  if (containers.size() == 1) co_return false;
  CO_TRY_ASSIGN(const auto names, co_await dispensable(work, std::string(text_of(task, "taskDefinitionArn"))));
  co_return std::ranges::none_of(containers, [&](const json::Value& container) {
    return has_failed(container) && std::ranges::find(names, text_of(container, "name")) == names.end();
  });
}

TaskFailure gone(std::string_view arn) {
  return {"States.TaskFailed", fmt::format("The task {} does not exist any more.", arn)};
}

Task<Result<std::optional<TaskOutcome>>> look(WorkCall work) {
  const auto arns = split(work.arn);
  wire::Call call;
  call.caller = work.caller;
  std::vector<json::Value> texts;
  for (const std::string_view arn : arns) texts.push_back(json::make_string(call.arena, arn));
  call.input = json::ObjectBuilder(call.arena)
                   .add("cluster", cluster_of(arns.front()))
                   .add("tasks", json::make_array(call.arena, texts))
                   .build();
  CO_TRY_ASSIGN(const wire::Reply reply, co_await work.directory.call(std::string(service), "DescribeTasks", call));
  const auto tasks = elements_of(reply.output, "tasks");
  if (tasks.size() < arns.size()) co_return std::optional<TaskOutcome>(std::unexpected(gone(work.arn)));
  bool good = true;
  for (const json::Value& task : tasks) {
    if (text_of(task, "lastStatus") != "STOPPED") co_return std::nullopt;
    CO_TRY_ASSIGN(const bool one, co_await succeeded(work, task));
    good &= one;
  }
  const wire::Shape& shape = *call.operation->output->member("tasks")->shape->element;
  std::vector<json::Value> shown;
  for (const json::Value& task : tasks) {
    shown.push_back(sdk::result(call.arena, shape, task, sdk::Dates::epoch_milliseconds));
  }
  std::string text = json::print(shown.size() == 1 ? shown.front() : json::make_array(call.arena, shown));
  if (good) co_return std::optional<TaskOutcome>(std::move(text));
  co_return std::optional<TaskOutcome>(std::unexpected(TaskFailure{"States.TaskFailed", std::move(text)}));
}

Task<Result<void>> stop(WorkCall work, std::string cause) {
  for (const std::string_view arn : split(work.arn)) {
    wire::Call call;
    call.caller = work.caller;
    call.input =
        json::ObjectBuilder(call.arena).add("cluster", cluster_of(arn)).add("task", arn).add("reason", cause).build();
    CO_TRY(co_await work.directory.call(std::string(service), "StopTask", call));
  }
  co_return Result<void>();
}

}  // namespace

const WorkKind ecs_task{.service = service, .arn_of = arn_of, .look = look, .stop = stop};

}  // namespace stepwell::states
