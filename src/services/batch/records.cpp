#include "services/batch/records.h"

namespace stepwell::batch {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::uint8_t document_part = 0;
constexpr std::uint8_t job_part = 1;
constexpr std::uint32_t no_index = 0xFFFFFFFF;

std::uint64_t millis(Timestamp time) { return static_cast<std::uint64_t>(time.time_since_epoch().count()); }
Timestamp from_millis(std::uint64_t time) { return Timestamp{Duration{static_cast<std::int64_t>(time)}}; }

void write_time(store::ValueWriter& out, const std::optional<Timestamp>& time) { out.varint(time ? millis(*time) : 0); }
std::optional<Timestamp> read_time(store::ValueReader& in) {
  const std::uint64_t time = in.varint();
  return time == 0 ? std::nullopt : std::optional(from_millis(time));
}

std::uint32_t small(store::ValueReader& in) { return static_cast<std::uint32_t>(in.varint()); }

void write(store::ValueWriter& out, const Attempt& attempt) {
  write_time(out, attempt.started);
  out.varint(millis(attempt.stopped)).u8(attempt.exit_code ? 1 : 0).signed_varint(attempt.exit_code.value_or(0));
  out.text(attempt.reason).text(attempt.status_reason);
}

Attempt read_attempt(store::ValueReader& in) {
  Attempt attempt;
  attempt.started = read_time(in);
  attempt.stopped = from_millis(in.varint());
  const bool exited = in.u8() != 0;
  const auto exit_code = static_cast<std::int32_t>(in.signed_varint());
  if (exited) attempt.exit_code = exit_code;
  attempt.reason = in.text();
  attempt.status_reason = in.text();
  return attempt;
}

}  // namespace

std::string submission_prefix(std::string_view uuid) { return store::KeyWriter().text(uuid).take(); }
std::string document_key(std::string_view uuid) { return store::KeyWriter().text(uuid).u8(document_part).take(); }
std::string job_key(const JobId& id) {
  return store::KeyWriter().text(id.uuid).u8(job_part).u32(id.index.value_or(no_index)).take();
}

std::string encode(const Job& job) {
  std::string value;
  store::ValueWriter out(value);
  out.u8(version).text(job.queue_arn).u8(static_cast<std::uint8_t>(job.status)).text(job.reason);
  out.varint(millis(job.created));
  write_time(out, job.started);
  write_time(out, job.stopped);
  out.varint(job.attempt).varint(job.attempts.size());
  for (const Attempt& attempt : job.attempts) write(out, attempt);
  out.text(job.environment).varint(job.place).varint(millis(job.runnable)).varint(job.milli_cpus);
  out.u8(static_cast<std::uint8_t>(job.ending)).text(job.ending_reason).varint(job.unmet.size());
  for (const std::string& id : job.unmet) out.text(id);
  out.varint(job.size);
  if (!job.is_array()) return value;
  out.varint(job.made).varint(millis(job.counted));
  for (const std::uint32_t count : job.counts) out.varint(count);
  return value;
}

std::optional<Job> decode_job(const JobId& id, std::string_view value) {
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Job job;
  job.id = id;
  job.queue_arn = in.text();
  const std::uint8_t status = in.u8();
  if (status >= status_count) return std::nullopt;
  job.status = static_cast<Status>(status);
  job.reason = in.text();
  job.created = from_millis(in.varint());
  job.started = read_time(in);
  job.stopped = read_time(in);
  job.attempt = small(in);
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) job.attempts.push_back(read_attempt(in));
  job.environment = in.text();
  job.place = in.varint();
  job.runnable = from_millis(in.varint());
  job.milli_cpus = small(in);
  job.ending = static_cast<Ending>(in.u8());
  job.ending_reason = in.text();
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) job.unmet.emplace_back(in.text());
  job.size = small(in);
  if (job.is_array()) {
    job.made = small(in);
    job.counted = from_millis(in.varint());
    for (std::uint32_t& count : job.counts) count = small(in);
  }
  return in.ok() && in.at_end() ? std::optional(std::move(job)) : std::nullopt;
}

store::KeyWriter row_key(Row row) {
  store::KeyWriter key;
  key.u8(static_cast<std::uint8_t>(row));
  return key;
}

void add(store::KeyWriter& key, const JobId& id) { key.text(id.uuid).u32(id.index.value_or(no_index)); }

JobId read_id(store::KeyReader& key) {
  JobId id{.uuid = key.text()};
  if (const std::uint32_t index = key.u32(); index != no_index) id.index = index;
  return id;
}

std::string owner_of(const Job& job) { return job.id.is_child() ? job.id.uuid : job.queue_arn; }

std::string list_prefix(std::string_view owner, Status status) {
  return row_key(Row::list).text(owner).u8(static_cast<std::uint8_t>(status)).take();
}

std::string list_key(std::string_view owner, const Job& job) {
  store::KeyWriter key = row_key(Row::list);
  key.text(owner).u8(static_cast<std::uint8_t>(job.status)).descending_u64(millis(job.created));
  add(key, job.id);
  return key.take();
}

std::optional<Listed> read_listed(std::string_view bytes) {
  store::KeyReader key(bytes);
  key.u8();
  key.text();
  Listed listed;
  listed.status = static_cast<Status>(key.u8());
  listed.created = from_millis(key.descending_u64());
  listed.id = read_id(key);
  return key.ok() && key.at_end() ? std::optional(std::move(listed)) : std::nullopt;
}

std::string ready_prefix(std::string_view queue_arn) { return row_key(Row::ready).text(queue_arn).take(); }

std::string ready_key(const Job& job) {
  store::KeyWriter key = row_key(Row::ready);
  key.text(job.queue_arn).u64(millis(job.runnable)).u64(job.place);
  add(key, job.id);
  return key.take();
}

std::optional<JobId> read_ready(std::string_view bytes) {
  store::KeyReader key(bytes);
  key.u8();
  key.text();
  key.u64();
  key.u64();
  JobId id = read_id(key);
  return key.ok() && key.at_end() ? std::optional(std::move(id)) : std::nullopt;
}

std::string id_key(Row row, const JobId& id) {
  store::KeyWriter key = row_key(row);
  add(key, id);
  return key.take();
}

std::optional<JobId> read_id_key(std::string_view bytes) {
  store::KeyReader key(bytes);
  key.u8();
  JobId id = read_id(key);
  return key.ok() && key.at_end() ? std::optional(std::move(id)) : std::nullopt;
}

std::string waiting_prefix(const JobId& awaited) { return id_key(Row::waiting, awaited); }

std::string waiting_key(const JobId& awaited, const JobId& waits) {
  store::KeyWriter key = row_key(Row::waiting);
  add(key, awaited);
  add(key, waits);
  return key.take();
}

std::optional<JobId> read_waiting(std::string_view bytes) {
  store::KeyReader key(bytes);
  key.u8();
  read_id(key);
  JobId id = read_id(key);
  return key.ok() && key.at_end() ? std::optional(std::move(id)) : std::nullopt;
}

std::string ended_key(Timestamp at, const JobId& id) {
  store::KeyWriter key = row_key(Row::ended);
  key.u64(millis(at));
  add(key, id);
  return key.take();
}

std::optional<Ended> read_ended(std::string_view bytes) {
  store::KeyReader key(bytes);
  key.u8();
  Ended ended{.at = from_millis(key.u64()), .id = read_id(key)};
  return key.ok() && key.at_end() ? std::optional(std::move(ended)) : std::nullopt;
}

std::string encode(const Logged& logged) {
  std::string value;
  store::ValueWriter(value).u8(version).varint(logged.attempt).varint(millis(logged.time)).varint(logged.lines);
  return value;
}

std::optional<Logged> decode_logged(std::string_view value) {
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Logged logged;
  logged.attempt = small(in);
  logged.time = from_millis(in.varint());
  logged.lines = small(in);
  return in.ok() && in.at_end() ? std::optional(logged) : std::nullopt;
}

}  // namespace stepwell::batch
