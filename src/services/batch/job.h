#pragma once
// A job: what of it changes. What was submitted is its document, which stays as it is and which the children of an
// array share: a JSON object with AWS's own names for its members, as DescribeJobs shows them.

#include "base/time.h"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::batch {

// The order is part of the on-disk format.
enum class Status : std::uint8_t { submitted, pending, runnable, starting, running, succeeded, failed };
inline constexpr std::size_t status_count = 7;
std::string_view name_of(Status status);  // "SUBMITTED", …
std::optional<Status> status_of(std::string_view name);
inline bool has_ended(Status status) { return status == Status::succeeded || status == Status::failed; }
// A container is being started for it, or runs.
inline bool is_active(Status status) { return status == Status::starting || status == Status::running; }

// A job, or (with an index) a child of an array job: "<uuid>" or "<uuid>:3".
struct JobId {
  std::string uuid;
  std::optional<std::uint32_t> index = {};

  std::string text() const;
  JobId parent() const { return {.uuid = uuid}; }
  bool is_child() const { return index.has_value(); }
  auto operator<=>(const JobId&) const = default;
};
// nullopt: no job can have that id.
std::optional<JobId> parse_job_id(std::string_view text);

// An attempt that is over.
struct Attempt {
  std::optional<Timestamp> started;  // absent: its container has never run
  Timestamp stopped{};
  std::optional<std::int32_t> exit_code;
  std::string reason;         // what became of the container; mostly empty
  std::string status_reason;  // "Essential container in task exited"
};

// What somebody has asked for before the job ended by itself.
enum class Ending : std::uint8_t { none, cancelled, terminated };

struct Job {
  JobId id;
  std::string queue_arn;
  Status status = Status::submitted;
  std::string reason;  // statusReason
  Timestamp created{};
  std::optional<Timestamp> started;  // of the last attempt
  std::optional<Timestamp> stopped;  // of the job
  std::uint32_t attempt = 0;         // that has been begun last; 0: none yet
  std::vector<Attempt> attempts;     // those that are over
  std::string environment;           // name of the compute environment that the attempt runs in
  std::uint64_t place = 0;           // in its queue, with the time
  Timestamp runnable{};              // since when it is in the queue
  std::uint32_t milli_cpus = 0;      // that it takes
  Ending ending = Ending::none;
  std::string ending_reason;
  std::vector<std::string> unmet;  // ids of the jobs that it waits for

  // Of an array job.
  std::uint32_t size = 0;                            // 0: it is none
  std::uint32_t made = 0;                            // children that are there
  std::array<std::uint32_t, status_count> counts{};  // children by status
  Timestamp counted{};                               // when those changed last

  bool is_array() const { return size > 0; }
};

}  // namespace stepwell::batch
