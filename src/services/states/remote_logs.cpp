#include "services/states/remote_logs.h"

#include "lang/json/build.h"

#include <fmt/format.h>

namespace stepwell::states {
namespace {

Task<Result<void>> create_stream(directory::Directory& directory, const wire::Call& put) {
  wire::Call create;
  create.caller = put.caller;
  create.input = json::ObjectBuilder(create.arena)
                     .add("logGroupName", put.text("logGroupName"))
                     .add("logStreamName", put.text("logStreamName"))
                     .build();
  const auto created = co_await directory.call("logs", "CreateLogStream", create);
  if (!created && created.error().code != "ResourceAlreadyExistsException") co_return fail(created.error());
  co_return Result<void>();
}

Task<Result<void>> put_events(directory::Directory& directory, std::unique_ptr<wire::Call> call) {
  auto reply = co_await directory.call("logs", "PutLogEvents", *call);
  if (!reply && reply.error().code == "ResourceNotFoundException") {
    if (auto created = co_await create_stream(directory, *call); !created) co_return created;
    reply = co_await directory.call("logs", "PutLogEvents", *call);
  }
  if (!reply) co_return fail(reply.error());
  co_return Result<void>();
}

}  // namespace

void RemoteLogs::send(std::unique_ptr<wire::Call> call) {
  const std::string group(call->text("logGroupName"));
  const auto complain = [log = log_, group](std::string_view why) {
    log->warning(fmt::format("Log events of executions do not reach {}: {}", group, why));
  };
  if (*running_ == max_running) return complain(fmt::format("{} calls are under way already", max_running));
  ++*running_;
  start(put_events(*directory_, std::move(call)),
        [complain, running = running_](const std::optional<Result<void>>& result, const std::exception_ptr&) {
          --*running;
          if (result && !*result) complain(result->error().message);
        });
}

}  // namespace stepwell::states
