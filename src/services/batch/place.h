#pragma once
// Names of things of Batch: their place in the store, and their ARNs.
//   arn:aws:batch:<region>:<account>:compute-environment/<name> | job-queue/<name> | job-definition/<name>:<revision> |
//   job/<id>

#include "services/batch/job.h"
#include "store/tables.h"
#include "wire/call.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::batch {

enum class Kind : std::uint8_t { environment, queue, definition };
store::Table table_of(Kind kind);

struct Place {
  Kind kind = Kind::queue;
  std::string account, region, name;
  std::uint32_t revision = 0;  // of a definition

  std::string arn() const;
  auto operator<=>(const Place&) const = default;
};

std::string key_of(const Place& place);
std::optional<Place> read_place(Kind kind, std::string_view key);
// The keys of that account and region begin so.
std::string places_prefix(std::string_view account, std::string_view region);
// Those of all revisions of that definition.
std::string revisions_prefix(const Place& place);

// The place that a name or ARN means to that caller; nullopt: it is the ARN of something else. A definition that is
// named without its revision has revision 0.
std::optional<Place> read_place(Kind kind, const wire::Caller& caller, std::string_view name_or_arn);
// The kind that an ARN is of, and its place.
std::optional<Place> parse_place_arn(std::string_view arn);

std::string job_arn(std::string_view queue_arn, const JobId& id);
// The id in the ARN of a job.
std::optional<JobId> parse_job_arn(std::string_view arn);

// The cluster of ECS that tasks of a compute environment would run in, and the task that an attempt would be; tools
// show them and log streams are named after them. `environment_arn` may be of any thing of that account and region.
std::string cluster_arn(std::string_view account, std::string_view region, std::string_view environment);
std::string task_id(const JobId& id, std::uint32_t attempt);
std::string task_arn(std::string_view queue_arn, std::string_view environment, const JobId& id, std::uint32_t attempt);

}  // namespace stepwell::batch
