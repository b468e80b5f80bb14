#pragma once
// What is kept of jobs, as keys and values.
//
// Table `job`: everything of one submission stands together, by its id: the document, the job, and the children of an
// array. Table `job_index`: what finds jobs, one kind of row beside the other.

#include "services/batch/job.h"
#include "store/codec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::batch {

std::string document_key(std::string_view uuid);
std::string job_key(const JobId& id);
std::string submission_prefix(std::string_view uuid);
std::string encode(const Job& job);
std::optional<Job> decode_job(const JobId& id, std::string_view value);

// Kinds of rows in job_index; numbers are for ever.
enum class Row : std::uint8_t {
  list = 1,     // queue ARN or id of the array; status; created, newest first; id: what ListJobs shows
  ready = 2,    // queue ARN; since when; place; id: RUNNABLE jobs, the next one first
  active = 3,   // id: an attempt is under way
  task = 4,     // id: something is to be done about that job (conductor.h)
  waiting = 5,  // id of a job; id of one that waits for it
  ended = 6,    // when; id: what is forgotten, in the order of the ends
  logged = 7,   // id: how far its container's output is in the log (value: attempt, time, lines of that time)
  self = 8,     // nothing: the name that containers of this store are labelled with
  closing = 9,  // queue ARN: it is being deleted
};
store::KeyWriter row_key(Row row);
void add(store::KeyWriter& key, const JobId& id);
JobId read_id(store::KeyReader& key);

std::string list_prefix(std::string_view owner, Status status);
std::string list_key(std::string_view owner, const Job& job);
struct Listed {
  Status status{};
  Timestamp created{};
  JobId id;
};
std::optional<Listed> read_listed(std::string_view key);
// Where a job stands: its queue, or the array that it is a child of.
std::string owner_of(const Job& job);

std::string ready_prefix(std::string_view queue_arn);
std::string ready_key(const Job& job);
std::optional<JobId> read_ready(std::string_view key);

std::string id_key(Row row, const JobId& id);  // active, task, logged
std::optional<JobId> read_id_key(std::string_view key);

std::string waiting_prefix(const JobId& awaited);
std::string waiting_key(const JobId& awaited, const JobId& waits);
std::optional<JobId> read_waiting(std::string_view key);  // the one that waits

std::string ended_key(Timestamp at, const JobId& id);
struct Ended {
  Timestamp at{};
  JobId id;
};
std::optional<Ended> read_ended(std::string_view key);

struct Logged {
  std::uint32_t attempt = 0;
  Timestamp time{};
  std::uint32_t lines = 0;  // of that time
};
std::string encode(const Logged& logged);
std::optional<Logged> decode_logged(std::string_view value);

}  // namespace stepwell::batch
