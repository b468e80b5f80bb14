// Whose turn it is, and where there is room.

#include "lang/json/documents.h"
#include "services/batch/conductor.h"

#include <algorithm>
#include <limits>
#include <map>

namespace stepwell::batch {
namespace {

constexpr std::uint64_t no_bound = std::numeric_limits<std::uint64_t>::max();

std::int64_t integer_of(const json::Value& object, std::string_view name, std::int64_t otherwise) {
  const json::Value* value = object.find(name);
  return value != nullptr && value->is_number() ? value->as_integer().value_or(otherwise) : otherwise;
}

// How much of the machine a compute environment may use.
std::uint64_t milli_cpus_of(const json::Value& environment) {
  if (text_of(environment, "state") != "ENABLED") return 0;
  const json::Value resources = object_of(environment, "computeResources");
  const json::Value* bound = resources.find("maxvCpus");
  if (bound == nullptr) bound = environment.find("unmanagedvCpus");
  if (bound == nullptr) return no_bound;
  return static_cast<std::uint64_t>(std::max<std::int64_t>(bound->as_integer().value_or(0), 0)) * 1000;
}

// Of the compute environment that its attempt runs in: it is of the account and region of its queue.
std::string environment_arn(const Job& job) {
  const auto queue = parse_place_arn(job.queue_arn);
  return Place{.kind = Kind::environment, .account = queue->account, .region = queue->region, .name = job.environment}
      .arn();
}

}  // namespace

struct Conductor::Queue {
  std::string arn;
  std::int64_t priority = 0;
  struct Environment {
    Place place;
    std::uint64_t milli_cpus = 0;
  };
  std::vector<Environment> environments;  // in their order
};

// Those that have jobs waiting, the first to be served first.
Result<std::vector<Conductor::Queue>> Conductor::queues() const {
  std::vector<Queue> queues;
  if (const auto any = ports_.ledger.has_rows(row_key(Row::ready).view()); !any || !*any) {
    return any ? Result<std::vector<Queue>>(queues) : fail(any.error());
  }
  Result<void> outcome;
  const auto visited = ports_.catalog.visit(
      Kind::queue, {}, {}, store::Direction::forward, [&](const Place& place, std::string_view text) {
        json::Arena arena;
        Queue queue{.arn = place.arn()};
        const auto waits = ports_.ledger.has_rows(ready_prefix(queue.arn));
        if (!waits) outcome = fail(waits.error());
        if (!waits || !*waits) return outcome.has_value();
        const json::Value document = read_document(arena, text);
        queue.priority = integer_of(document, "priority", 0);
        for (const json::Value& element : elements_of(document, "computeEnvironmentOrder")) {
          const auto environment = parse_place_arn(text_of(element, "computeEnvironment"));
          const auto found = environment ? ports_.catalog.find(arena, *environment) : std::nullopt;
          if (found && *found) queue.environments.push_back({*environment, milli_cpus_of(**found)});
        }
        queues.push_back(std::move(queue));
        return true;
      });
  TRY(visited);
  TRY(outcome);
  std::ranges::sort(queues, [](const Queue& a, const Queue& b) {
    return a.priority != b.priority ? a.priority > b.priority : a.arn < b.arn;
  });
  return queues;
}

Result<void> Conductor::serve(const Queue& queue, Change& change, std::vector<JobId>& begun, std::size_t room) {
  TRY_ASSIGN(const auto keys, ports_.ledger.rows(ready_prefix(queue.arn), {}, room - begun.size()));
  std::map<std::string, std::uint64_t> taken;  // by those that are about to begin
  for (const JobId& id : begun) {
    TRY_ASSIGN(const Job* const job, change.find(id));
    taken[environment_arn(*job)] += job->milli_cpus;
  }
  for (const std::string& key : keys) {
    const auto id = read_ready(key);
    TRY_ASSIGN(Job* const job, id ? change.find(*id) : Result<Job*>(nullptr));
    if (job == nullptr || job->status != Status::runnable) continue;
    const auto fits = [&](const Queue::Environment& environment) {
      const Place& place = environment.place;
      const std::uint64_t used =
          attempts_->milli_cpus_in(place.account, place.region, place.name) + taken[place.arn()] + job->milli_cpus;
      return used <= environment.milli_cpus;
    };
    const auto environment = std::ranges::find_if(queue.environments, fits);
    if (environment == queue.environments.end()) return {};
    job->environment = environment->place.name;
    ++job->attempt;
    job->started.reset();
    taken[environment->place.arn()] += job->milli_cpus;
    TRY(change.move(*job, Status::starting));
    begun.push_back(*id);
  }
  return {};
}

Task<Result<void>> Conductor::fill() {
  const auto lock = co_await changes_.lock();
  if (attempts_->size() >= limits_.running) co_return Result<void>();
  const std::size_t room = limits_.running - attempts_->size();
  CO_TRY_ASSIGN(const std::vector<Queue> waiting, queues());
  Change change(ports_.ledger, ports_.events, ports_.clock.now());
  std::vector<JobId> begun;
  for (const Queue& queue : waiting) {
    if (begun.size() < room) CO_TRY(serve(queue, change, begun, room));
  }
  if (begun.empty()) co_return Result<void>();
  std::vector<std::pair<Job, std::string>> starts;
  for (const JobId& id : begun) {
    CO_TRY_ASSIGN(const Job* const job, change.find(id));
    CO_TRY_ASSIGN(auto document, ports_.ledger.document(id.uuid));
    if (document) starts.emplace_back(*job, std::move(*document));
  }
  const std::string name = store_name_.empty() ? make_uuid(ports_.random) : store_name_;
  if (store_name_.empty()) change.batch().put(store::Table::job_index, row_key(Row::self).view(), name);
  CO_TRY(co_await commit(change));
  store_name_ = name;
  attempts_->name_store(name);
  for (auto& [job, document] : starts) attempts_->begin(std::move(job), std::move(document));
  co_return Result<void>();
}

// The jobs of a queue that is being deleted are terminated; it goes with the last one.
Task<Result<void>> Conductor::close_queues() {
  const auto lock = co_await changes_.lock();
  CO_TRY_ASSIGN(const auto closing, ports_.ledger.rows(row_key(Row::closing).view(), {}, limits_.piece));
  for (const std::string& key : closing) {
    store::KeyReader reader(key);
    reader.u8();
    const std::string arn = reader.text();
    Change change(ports_.ledger, ports_.events, ports_.clock.now());
    std::size_t left = 0;
    std::vector<JobId> stopped;
    for (const Status status :
         {Status::submitted, Status::pending, Status::runnable, Status::starting, Status::running}) {
      CO_TRY_ASSIGN(const auto keys, ports_.ledger.rows(list_prefix(arn, status), {}, limits_.piece));
      left += keys.size();
      for (const std::string& listed : keys) {
        CO_TRY_ASSIGN(Job* const job, change.find(read_listed(listed)->id));
        if (job == nullptr || job->ending != Ending::none) continue;
        CO_TRY(terminate(change, *job, "Job queue was deleted", stopped));
        again_ = true;
      }
    }
    if (left == 0) {
      if (const auto place = parse_place_arn(arn)) change.batch().erase(store::Table::job_queue, key_of(*place));
      change.batch().erase(store::Table::job_index, key);
    }
    CO_TRY(co_await commit(change));
    stop_attempts(stopped);
  }
  co_return Result<void>();
}

}  // namespace stepwell::batch
