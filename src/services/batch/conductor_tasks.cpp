// What is to be done about single jobs, a piece at a time (rows `task`).

#include "lang/json/documents.h"
#include "services/batch/conductor.h"

namespace stepwell::batch {
namespace {

constexpr std::size_t tasks_at_once = 16;
constexpr std::string_view dependency_failed = "Dependent Job failed";

std::string_view type_of(const json::Value& dependency) { return text_of(dependency, "type"); }

}  // namespace

// Whether anything was done.
Task<Result<bool>> Conductor::do_tasks() {
  const auto lock = co_await changes_.lock();
  CO_TRY_ASSIGN(const auto keys, ports_.ledger.rows(row_key(Row::task).view(), {}, tasks_at_once));
  for (const std::string& key : keys) {
    const auto id = read_id_key(key);
    if (!id) co_return fail(internal_error("A record of AWS Batch cannot be read."));
    Change change(ports_.ledger, ports_.events, ports_.clock.now());
    std::vector<JobId> stopped;
    CO_TRY(work(change, *id, stopped));
    CO_TRY(co_await commit(change));
    stop_attempts(stopped);
  }
  co_return !keys.empty();
}

Result<void> Conductor::work(Change& change, const JobId& id, std::vector<JobId>& stopped) {
  TRY_ASSIGN(Job* const job, change.find(id));
  if (job == nullptr) {
    change.done_with(id);
    return {};
  }
  if (has_ended(job->status)) return tell_dependents(change, *job);
  if (job->ending != Ending::none && job->is_array()) return end_children(change, *job, stopped);
  if (job->status == Status::submitted) return look_at_dependencies(change, *job);
  if (job->is_array() && job->unmet.empty() && job->made < job->size) return make_children(change, *job);
  change.done_with(id);
  return {};
}

Result<void> Conductor::look_at_dependencies(Change& change, Job& job) {
  TRY_ASSIGN(const json::Value document, change.document(job.id.uuid));
  for (const json::Value& dependency : elements_of(document, "dependsOn")) {
    if (!type_of(dependency).empty()) continue;  // what its children wait for
    const std::string_view text = text_of(dependency, "jobId");
    const auto id = parse_job_id(text);
    TRY_ASSIGN(const Job* const other, id ? change.find(*id) : Result<Job*>(nullptr));
    if (other == nullptr || other->status == Status::failed) return end_unmade(change, job, dependency_failed);
    if (other->status == Status::succeeded) continue;
    job.unmet.emplace_back(text);
    change.batch().put(store::Table::job_index, waiting_key(*id, job.id), {});
  }
  if (job.unmet.empty() && !job.is_array()) {
    job.place = next_place();
    change.done_with(job.id);
    return change.move(job, Status::runnable);
  }
  if (!job.is_array()) change.done_with(job.id);
  return change.move(job, Status::pending);
}

// A job that has never had children, and will have none.
Result<void> Conductor::end_unmade(Change& change, Job& job, std::string_view reason) {
  if (job.is_array()) {
    job.made = job.size;
    job.counts[static_cast<std::size_t>(Status::failed)] = job.size;
  }
  return change.end(job, Status::failed, reason);
}

Result<void> Conductor::make_children(Change& change, Job& array) {
  TRY_ASSIGN(const json::Value document, change.document(array.id.uuid));
  for (std::size_t made = 0; made < limits_.piece && array.made < array.size; ++made) {
    const std::uint32_t index = array.made++;
    TRY(make_child(change, array, document, index));
  }
  if (array.made == array.size && !has_ended(array.status)) change.done_with(array.id);
  return {};
}

Result<void> Conductor::make_child(Change& change, Job& array, const json::Value& document, std::uint32_t index) {
  Job child{.id = {.uuid = array.id.uuid, .index = index}, .queue_arn = array.queue_arn};
  child.created = change.now();
  child.runnable = change.now();
  child.place = next_place();
  child.milli_cpus = array.milli_cpus;
  bool failed = false;
  const auto wait_for = [&](const JobId& id) -> Result<void> {
    TRY_ASSIGN(const Job* const other, change.find(id));
    TRY_ASSIGN(const Job* const parent, change.find(id.parent()));
    const bool never = other == nullptr && (parent == nullptr || parent->made > *id.index);
    failed = failed || never || (other != nullptr && other->status == Status::failed);
    if (never || (other != nullptr && has_ended(other->status))) return {};
    child.unmet.push_back(id.text());
    change.batch().put(store::Table::job_index, waiting_key(id, child.id), {});
    return {};
  };
  for (const json::Value& dependency : elements_of(document, "dependsOn")) {
    if (type_of(dependency) == "SEQUENTIAL" && index > 0) {
      TRY(wait_for({.uuid = array.id.uuid, .index = index - 1}));
    } else if (type_of(dependency) == "N_TO_N") {
      const auto other = parse_job_id(text_of(dependency, "jobId"));
      if (other) TRY(wait_for({.uuid = other->uuid, .index = index}));
    }
  }
  child.status = failed || !child.unmet.empty() ? Status::pending : Status::runnable;
  TRY_ASSIGN(Job* const made, change.add(std::move(child)));
  return failed ? change.end(*made, Status::failed, dependency_failed) : Result<void>();
}

// Those that do not run end at once; those that do, when their containers have stopped.
Result<void> Conductor::end_children(Change& change, Job& array, std::vector<JobId>& stopped) {
  TRY(change.give_up_unmade(array));
  std::size_t ended = 0;
  for (const Status status : {Status::pending, Status::runnable}) {
    TRY_ASSIGN(const auto keys, ports_.ledger.rows(list_prefix(array.id.uuid, status), {}, limits_.piece - ended));
    for (const std::string& key : keys) {
      TRY_ASSIGN(Job* const child, change.find(read_listed(key)->id));
      if (child == nullptr || has_ended(child->status)) continue;
      child->ending = array.ending;
      child->ending_reason = array.ending_reason;
      TRY(change.end(*child, Status::failed, array.ending_reason));
      ++ended;
    }
    if (ended >= limits_.piece) return {};
  }
  if (array.ending == Ending::terminated) {
    for (const Status status : {Status::starting, Status::running}) {
      TRY_ASSIGN(const auto keys, ports_.ledger.rows(list_prefix(array.id.uuid, status), {}, array.size));
      for (const std::string& key : keys) {
        TRY_ASSIGN(Job* const child, change.find(read_listed(key)->id));
        if (child == nullptr || !is_active(child->status)) continue;
        child->ending = Ending::terminated;
        child->ending_reason = array.ending_reason;
        stopped.push_back(child->id);
      }
    }
  }
  if (!has_ended(array.status)) change.done_with(array.id);
  return {};
}

Result<void> Conductor::end_early(Change& change, Job& job, Ending ending, std::string_view reason) {
  job.ending = ending;
  job.ending_reason = reason;
  if (job.is_array()) {
    change.expect_work(job.id);
    return {};
  }
  return is_active(job.status) ? Result<void>() : change.end(job, Status::failed, reason);
}

Result<void> Conductor::terminate(Change& change, Job& job, std::string_view reason, std::vector<JobId>& stopped) {
  if (has_ended(job.status) || job.ending == Ending::terminated) return {};
  if (is_active(job.status)) stopped.push_back(job.id);
  return end_early(change, job, Ending::terminated, reason);
}

Result<void> Conductor::cancel(Change& change, Job& job, std::string_view reason) {
  if (has_ended(job.status) || is_active(job.status) || job.ending != Ending::none) return {};
  return end_early(change, job, Ending::cancelled, reason);
}

void Conductor::stop_attempts(const std::vector<JobId>& ids) {
  if (attempts_ == nullptr) return;  // what is taken up later is stopped then
  for (const JobId& id : ids) attempts_->stop(id);
}

Result<void> Conductor::tell_dependents(Change& change, const Job& job) {
  TRY_ASSIGN(const auto keys, ports_.ledger.rows(waiting_prefix(job.id), {}, limits_.piece));
  for (const std::string& key : keys) {
    change.batch().erase(store::Table::job_index, key);
    const auto id = read_waiting(key);
    TRY_ASSIGN(Job* const waits, id ? change.find(*id) : Result<Job*>(nullptr));
    if (waits == nullptr || has_ended(waits->status)) continue;
    if (job.status == Status::failed) {
      TRY(end_unmade(change, *waits, dependency_failed));
      continue;
    }
    std::erase(waits->unmet, job.id.text());
    if (!waits->unmet.empty()) continue;
    if (waits->is_array()) {
      change.expect_work(waits->id);
    } else {
      waits->place = next_place();
      TRY(change.move(*waits, Status::runnable));
    }
  }
  if (keys.size() < limits_.piece) change.done_with(job.id);
  return {};
}

}  // namespace stepwell::batch
