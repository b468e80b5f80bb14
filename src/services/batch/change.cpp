#include "services/batch/change.h"

#include "lang/json/print.h"
#include "services/batch/catalog.h"
#include "services/batch/description.h"

#include <fmt/format.h>

namespace stepwell::batch {
namespace {

using store::Table;

std::uint32_t& count_of(Job& array, Status status) { return array.counts[static_cast<std::size_t>(status)]; }

bool is_ready(const Job& job) { return job.status == Status::runnable && !job.is_array(); }

}  // namespace

Result<Job*> Change::find(const JobId& id) {
  if (const auto known = entries_.find(id); known != entries_.end()) return &known->second->job;
  TRY_ASSIGN(auto job, ledger_.find(id));
  if (!job) return nullptr;
  auto entry = std::make_unique<Entry>(Entry{.job = *job, .stored = *job});
  Job* found = &entry->job;
  entries_.emplace(id, std::move(entry));
  return found;
}

Result<json::Value> Change::document(std::string_view uuid) {
  if (const auto known = documents_.find(uuid); known != documents_.end()) return known->second;
  TRY_ASSIGN(const auto text, ledger_.document(uuid));
  if (!text) return fail(internal_error(fmt::format("What was submitted as job {} is gone.", uuid)));
  return documents_.emplace(uuid, read_document(arena_, *text)).first->second;
}

Result<Job*> Change::add(Job job, std::optional<json::Value> document) {
  if (document) {
    documents_.insert_or_assign(job.id.uuid, *document);
    batch_.put(Table::job, document_key(job.id.uuid), json::print(*document));
  }
  const JobId id = job.id;
  auto entry = std::make_unique<Entry>(Entry{.job = std::move(job), .stored = std::nullopt});
  Job* added = &entry->job;
  entries_.insert_or_assign(id, std::move(entry));
  TRY(count(*added, std::nullopt));
  TRY(tell(*added));
  return added;
}

Result<void> Change::count(const Job& child, std::optional<Status> before) {
  if (!child.id.is_child()) return {};
  TRY_ASSIGN(Job* const array, find(child.id.parent()));
  if (array == nullptr) return {};
  if (before) --count_of(*array, *before);
  ++count_of(*array, child.status);
  array->counted = now_;
  const std::uint32_t failed = count_of(*array, Status::failed);
  if (has_ended(array->status) || failed + count_of(*array, Status::succeeded) < array->size) return {};
  if (failed == 0) return end(*array, Status::succeeded, "");
  return end(*array, Status::failed, array->ending == Ending::none ? "Array Child Job failed" : array->ending_reason);
}

Result<void> Change::move(Job& job, Status status) {
  const Status before = job.status;
  job.status = status;
  if (status == Status::runnable) job.runnable = now_;
  TRY(tell(job));
  return count(job, before);
}

Result<void> Change::end(Job& job, Status status, std::string_view reason) {
  job.reason = reason;
  job.stopped = now_;
  job.unmet.clear();
  ended_.push_back(job.id);
  if (!job.id.is_child()) batch_.put(Table::job_index, ended_key(now_, job.id), {});
  TRY_ASSIGN(const bool awaited, ledger_.has_rows(waiting_prefix(job.id)));
  if (awaited) expect_work(job.id);
  return move(job, status);
}

Result<void> Change::give_up_unmade(Job& array) {
  const std::uint32_t unmade = array.size - array.made;
  if (unmade == 0) return {};
  array.made = array.size;
  array.counted = now_;
  count_of(array, Status::failed) += unmade;
  const bool all = count_of(array, Status::failed) + count_of(array, Status::succeeded) == array.size;
  return all && !has_ended(array.status) ? end(array, Status::failed, array.ending_reason) : Result<void>();
}

void Change::expect_work(const JobId& id) { batch_.put(Table::job_index, id_key(Row::task, id), {}); }
void Change::done_with(const JobId& id) { batch_.erase(Table::job_index, id_key(Row::task, id)); }

Result<void> Change::tell(const Job& job) {
  const auto [awaited, is_new] = awaited_.try_emplace(job.queue_arn);
  if (is_new) awaited->second = events_.are_awaited(job.queue_arn);
  if (!awaited->second) return {};
  TRY_ASSIGN(const json::Value submitted, document(job.id.uuid));
  told_[job.queue_arn].push_back(describe(arena_, job, submitted));
  return {};
}

void Change::write(const Entry& entry) {
  const Job& job = entry.job;
  std::string value = encode(job);
  if (entry.stored && value == encode(*entry.stored)) return;
  batch_.put(Table::job, job_key(job.id), value);
  const auto replace = [this](std::optional<std::string> before, std::optional<std::string> now) {
    if (before == now) return;
    if (before) batch_.erase(Table::job_index, *before);
    if (now) batch_.put(Table::job_index, *now, {});
  };
  const auto list = [](const Job& of) { return std::optional(list_key(owner_of(of), of)); };
  const auto ready = [](const Job& of) { return is_ready(of) ? std::optional(ready_key(of)) : std::nullopt; };
  const auto active = [](const Job& of) {
    return is_active(of.status) ? std::optional(id_key(Row::active, of.id)) : std::nullopt;
  };
  const std::optional<Job>& stored = entry.stored;
  replace(stored ? list(*stored) : std::nullopt, list(job));
  replace(stored ? ready(*stored) : std::nullopt, ready(job));
  replace(stored ? active(*stored) : std::nullopt, active(job));
  if (has_ended(job.status) && job.attempt > 0) batch_.erase(Table::job_index, id_key(Row::logged, job.id));
}

store::Batch Change::finish() {
  for (const auto& [id, entry] : entries_) write(*entry);
  for (const auto& [queue, details] : told_) events_.fold(queue, now_, arena_, details, batch_);
  return std::move(batch_);
}

}  // namespace stepwell::batch
