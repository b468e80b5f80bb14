#include "services/batch/submission.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/print.h"
#include "services/batch/container.h"
#include "services/batch/errors.h"
#include "services/batch/operations/support.h"
#include "services/batch/retry.h"

#include <algorithm>

namespace stepwell::batch {
namespace {

constexpr std::size_t most_dependencies = 20;
constexpr std::int64_t least_children = 2;
constexpr std::int64_t most_children = 10'000;
constexpr std::size_t most_bytes = 30'720;  // of a submission

struct Refusal {
  std::string_view member;
  std::string_view what;
};
constexpr auto refused = std::to_array<Refusal>({
    {"consumableResourcePropertiesOverride", "A consumable resource"},
    {"ecsPropertiesOverride", "A job of several containers"},
    {"eksPropertiesOverride", "A job on Amazon EKS"},
    {"nodeOverrides", "A multi-node parallel job"},
    {"shareIdentifier", "A share identifier, which belongs to a scheduling policy,"},
});

Result<void> check_dependencies(const Jobs& jobs, const wire::Call& call, std::int64_t size) {
  const auto dependencies = elements_of(call.input, "dependsOn");
  if (dependencies.size() > most_dependencies) {
    return fail(errors::refused("A job can depend upon a maximum of 20 jobs."));
  }
  for (const json::Value& dependency : dependencies) {
    const std::string_view type = text_of(dependency, "type");
    const std::string_view text = text_of(dependency, "jobId");
    if (!type.empty() && size == 0) {
      return fail(errors::refused("Dependency types are for array jobs only."));
    }
    if (type == "SEQUENTIAL") {
      if (!text.empty()) return fail(errors::refused("SEQUENTIAL dependencies must not specify a job ID."));
      continue;
    }
    const auto id = parse_job_id(text);
    TRY_ASSIGN(const auto other, id ? jobs.ledger.find(*id) : Result<std::optional<Job>>(std::nullopt));
    if (!other) return fail(errors::job_not_found(text));
    if (type == "N_TO_N" && other->size != size) {
      return fail(errors::refused("N_TO_N dependencies must be between array jobs of the same size."));
    }
  }
  return {};
}

Result<std::int64_t> read_size(const wire::Call& call) {
  const json::Value array = object_of(call.input, "arrayProperties");
  const json::Value* size = array.find("size");
  if (size == nullptr || size->is_null()) return 0;
  const std::int64_t number = size->as_integer().value_or(0);
  if (number < least_children || number > most_children) {
    return fail(errors::refused("Array size must be between 2 and 10000."));
  }
  return number;
}

// Parameters and the like: those of the call in place of those of the definition.
json::Value merge(json::Arena& arena, const json::Value& base, const json::Value& over) {
  return with(arena, base, over.members());
}

// The document of the job (job.h).
Result<json::Value> read_document(wire::Call& call, const Place& definition_place, const json::Value& definition) {
  json::Arena& arena = call.arena;
  const json::Value overrides = object_of(call.input, "containerOverrides");
  const json::Value parameters = merge(arena, object_of(definition, "parameters"), object_of(call.input, "parameters"));
  json::Value container = override_container(arena, object_of(definition, "containerProperties"), overrides);
  container = substitute_parameters(arena, container, parameters);
  TRY(check_container(container));
  const json::Value base = pick(
      arena, definition, {"platformCapabilities", "propagateTags", "retryStrategy", "schedulingPriority", "timeout"});
  const json::Value given =
      pick(arena, call.input, {"dependsOn", "jobName", "propagateTags", "retryStrategy", "tags", "timeout"});
  json::Value document = with(arena, merge(arena, base, given),
                              {{"container", container},
                               {"jobDefinition", json::make_string(arena, definition_place.arn())},
                               {"parameters", parameters}});
  if (const json::Value* priority = call.member("schedulingPriorityOverride")) {
    document = with(arena, document, {{"schedulingPriority", *priority}});
  }
  if (document.find("tags") == nullptr) document = with(arena, document, {{"tags", object_of(document, "tags")}});
  if (document.find("dependsOn") == nullptr) {
    document = with(arena, document, {{"dependsOn", json::make_array(arena, {})}});
  }
  TRY(check_retry_strategy(object_of(document, "retryStrategy")));
  TRY(check_timeout(object_of(document, "timeout")));
  if (json::print(document).size() > most_bytes) {
    return fail(errors::refused("The submission is larger than 30 KiB."));
  }
  return document;
}

Result<Place> find_enabled_queue(const Jobs& jobs, wire::Call& call) {
  TRY_ASSIGN(const Found queue, find_queue(jobs, call, call.text("jobQueue")));
  const bool open = text_of(queue.document, "state") == "ENABLED" && text_of(queue.document, "status") == "VALID";
  if (!open) return fail(errors::queue_disabled(call.text("jobQueue")));
  return queue.place;
}

Result<void> check_submission(const wire::Call& call) {
  for (const Refusal& refusal : refused) {
    if (call.has(refusal.member)) return fail(errors::not_implemented(refusal.what));
  }
  if (!is_name(call.text("jobName"))) return fail(errors::refused("Job name should match valid pattern"));
  return {};
}

}  // namespace

Result<wire::Reply> fold_submit_job(Jobs& jobs, wire::Call& call, store::Batch& batch) {
  TRY(check_submission(call));
  TRY_ASSIGN(const Place queue, find_enabled_queue(jobs, call));
  TRY_ASSIGN(const Found definition, find_active_definition(jobs, call, call.text("jobDefinition")));
  TRY_ASSIGN(const std::int64_t size, read_size(call));
  TRY(check_dependencies(jobs, call, size));
  TRY_ASSIGN(const json::Value document, read_document(call, definition.place, definition.document));
  TRY_ASSIGN(const Resources resources, resources_of(object_of(document, "container")));

  Change change(jobs.ledger, jobs.events, jobs.clock.now());
  Job job{.id = {.uuid = make_uuid(jobs.random)}, .queue_arn = queue.arn()};
  job.created = change.now();
  job.counted = change.now();
  job.milli_cpus = resources.milli_cpus;
  job.size = static_cast<std::uint32_t>(size);
  TRY_ASSIGN(Job* const added, change.add(std::move(job), document));
  if (added->is_array() || !elements_of(document, "dependsOn").empty()) {
    change.expect_work(added->id);
  } else {
    added->place = jobs.conductor->next_place();
    TRY(change.move(*added, Status::runnable));
  }
  const JobId id = added->id;
  store::Batch made = change.finish();
  made.then([weak = std::weak_ptr(jobs.conductor), &scheduler = jobs.scheduler](const Result<void>& durable) {
    if (!durable) return;
    scheduler.post([weak] {
      if (const auto conductor = weak.lock()) conductor->knock();
    });
  });
  batch.append(std::move(made));
  wire::Reply reply;
  reply.output = json::ObjectBuilder(call.arena)
                     .add("jobArn", job_arn(queue.arn(), id))
                     .add("jobName", call.text("jobName"))
                     .add("jobId", id.text())
                     .build();
  return reply;
}

}  // namespace stepwell::batch
