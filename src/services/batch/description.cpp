#include "services/batch/description.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "services/batch/place.h"

#include <fmt/format.h>

namespace stepwell::batch {
namespace {

constexpr std::string_view usual_group = "/aws/batch/job";

json::Value millis(json::Arena& arena, Timestamp time) {
  return json::Value::integer(arena, time.time_since_epoch().count());
}
json::Value millis(json::Arena& arena, const std::optional<Timestamp>& time) {
  return time ? millis(arena, *time) : json::Value();
}
json::Value text_or_nothing(json::Arena& arena, std::string_view text) {
  return text.empty() ? json::Value() : json::make_string(arena, text);
}
json::Value exit_code_of(json::Arena& arena, const Attempt* attempt) {
  return attempt == nullptr || !attempt->exit_code ? json::Value() : json::Value::integer(arena, *attempt->exit_code);
}

const Attempt* last_ended(const Job& job) {
  const bool over = !job.attempts.empty() && job.attempts.size() == job.attempt;
  return over ? &job.attempts.back() : nullptr;
}

json::Value log_options(const json::Value& document) {
  return object_of(object_of(object_of(document, "container"), "logConfiguration"), "options");
}

// The name in arn:aws:batch:<region>:<account>:job-definition/<name>:<revision>
std::string_view definition_name(const json::Value& document) {
  std::string_view name = text_of(document, "jobDefinition");
  name = name.substr(name.rfind('/') + 1);
  return name.substr(0, name.rfind(':'));
}

json::Value show_attempt(json::Arena& arena, const Job& job, const json::Value& document, std::size_t index) {
  const Attempt& attempt = job.attempts[index];
  const auto number = static_cast<std::uint32_t>(index + 1);
  const json::Value nothing = json::ObjectBuilder(arena).build();
  const json::Value container =
      with(arena, nothing,
           {{"taskArn", json::make_string(arena, task_arn(job.queue_arn, job.environment, job.id, number))},
            {"exitCode", exit_code_of(arena, &attempt)},
            {"reason", text_or_nothing(arena, attempt.reason)},
            {"logStreamName",
             attempt.started ? json::make_string(arena, log_stream(document, job.id, number)) : json::Value()},
            {"networkInterfaces", json::make_array(arena, {})}});
  return with(arena, nothing,
              {{"container", container},
               {"startedAt", millis(arena, attempt.started)},
               {"stoppedAt", millis(arena, attempt.stopped)},
               {"statusReason", text_or_nothing(arena, attempt.status_reason)}});
}

json::Value show_container(json::Arena& arena, const Job& job, const json::Value& document) {
  const Attempt* over = last_ended(job);
  const bool has_log = job.attempt > 0 && (job.status == Status::running || (over != nullptr && over->started));
  const bool has_task = job.attempt > 0;
  return with(
      arena, object_of(document, "container"),
      {{"exitCode", exit_code_of(arena, over)},
       {"reason", over == nullptr ? json::Value() : text_or_nothing(arena, over->reason)},
       {"taskArn", has_task ? json::make_string(arena, task_arn(job.queue_arn, job.environment, job.id, job.attempt))
                            : json::Value()},
       {"logStreamName", has_log ? json::make_string(arena, log_stream(document, job.id, job.attempt)) : json::Value()},
       {"networkInterfaces", json::make_array(arena, {})}});
}

json::Value show_array(json::Arena& arena, const Job& job) {
  json::ObjectBuilder array(arena);
  if (job.id.index) return array.add("index", static_cast<std::int64_t>(*job.id.index)).build();
  json::ObjectBuilder summary(arena);
  for (std::size_t i = 0; i < status_count; ++i) {
    summary.add(name_of(static_cast<Status>(i)), static_cast<std::int64_t>(job.counts[i]));
  }
  return array.add("statusSummary", summary.build())
      .add("statusSummaryLastUpdatedAt", millis(arena, job.counted))
      .add("size", static_cast<std::int64_t>(job.size))
      .build();
}

}  // namespace

std::string log_group(const json::Value& document) {
  const std::string_view group = text_of(log_options(document), "awslogs-group");
  return std::string(group.empty() ? usual_group : group);
}

std::string log_stream(const json::Value& document, const JobId& id, std::uint32_t attempt) {
  const std::string_view prefix = text_of(log_options(document), "awslogs-stream-prefix");
  return fmt::format("{}/default/{}", prefix.empty() ? definition_name(document) : prefix, task_id(id, attempt));
}

json::Value describe(json::Arena& arena, const Job& job, const json::Value& document) {
  std::vector<json::Value> attempts;
  for (std::size_t i = 0; i < job.attempts.size(); ++i) attempts.push_back(show_attempt(arena, job, document, i));
  const bool in_array = job.is_array() || job.id.is_child();
  json::Value shown = with(arena, document,
                           {{"jobArn", json::make_string(arena, job_arn(job.queue_arn, job.id))},
                            {"jobId", json::make_string(arena, job.id.text())},
                            {"jobQueue", json::make_string(arena, job.queue_arn)},
                            {"status", json::Value::string(name_of(job.status))},
                            {"statusReason", text_or_nothing(arena, job.reason)},
                            {"attempts", json::make_array(arena, attempts)},
                            {"createdAt", millis(arena, job.created)},
                            {"startedAt", millis(arena, job.started)},
                            {"stoppedAt", millis(arena, job.stopped)},
                            {"container", show_container(arena, job, document)},
                            {"arrayProperties", in_array ? show_array(arena, job) : json::Value()},
                            {"isCancelled", json::Value::boolean(job.ending == Ending::cancelled)},
                            {"isTerminated", json::Value::boolean(job.ending == Ending::terminated)}});
  // What an array waits for is not what its children do.
  if (job.id.is_child()) shown = with(arena, shown, {{"dependsOn", json::make_array(arena, {})}});
  return shown;
}

json::Value summarize(json::Arena& arena, const Job& job, const json::Value& document) {
  const Attempt* over = last_ended(job);
  const json::Value container =
      with(arena, json::ObjectBuilder(arena).build(),
           {{"exitCode", exit_code_of(arena, over)},
            {"reason", over == nullptr ? json::Value() : text_or_nothing(arena, over->reason)}});
  const bool in_array = job.is_array() || job.id.is_child();
  return with(arena, pick(arena, document, {"jobDefinition", "jobName", "shareIdentifier"}),
              {{"jobArn", json::make_string(arena, job_arn(job.queue_arn, job.id))},
               {"jobId", json::make_string(arena, job.id.text())},
               {"createdAt", millis(arena, job.created)},
               {"status", json::Value::string(name_of(job.status))},
               {"statusReason", text_or_nothing(arena, job.reason)},
               {"startedAt", millis(arena, job.started)},
               {"stoppedAt", millis(arena, job.stopped)},
               {"container", container},
               {"arrayProperties", in_array ? show_array(arena, job) : json::Value()}});
}

}  // namespace stepwell::batch
